#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Links within pages of HTML that lead nowhere.

usage: links.py FOLDER

The exit status is 1 if there are any.
"""

import html.parser
import pathlib
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    """What can be linked to in a page, and what it links to."""

    def __init__(self, path):
        super().__init__()
        self.anchors, self.links = {""}, []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)
            elif name in ("href", "src"):
                self.links.append(value)


def broken(folder):
    pages = {path: Page(path) for path in folder.rglob("*.html")}
    if not pages:
        yield f"{folder}: no pages"
    for path, page in pages.items():
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() \
                if parts.path else path
            anchor = urllib.parse.unquote(parts.fragment)
            if not target.is_file() or (target in pages and anchor not in pages[target].anchors):
                yield f"{path.relative_to(folder)}: {link}"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = list(broken(pathlib.Path(sys.argv[1]).resolve()))
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
