# SPDX-License-Identifier: GPL-2.0
"""Manual pages as pages of the book, and references to them.

The head of a manual page, which is made for rst2man, becomes a title and a sentence. The role
manpage is a link to a page of ours, and a name in italics for all others.
"""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

# Title, subtitle and section.
HEAD = re.compile(r"=+\n(?P<name>[\w-]+)\n=+\n\n-+\n(?P<does>[^\n]+)\n-+\n\n"
                  r":Manual section: (?P<section>\d)\n:Manual group: [^\n]+\n")
FOLDER = "man/"
REFERENCE = re.compile(r"(?P<name>[\w.-]+)\((?P<section>\d)\)")


def with_title(found):
    title = f"{found['name']}({found['section']})"
    ruler = "=" * len(title)
    return f"{ruler}\n{title}\n{ruler}\n\n*{found['does']}*\n"


def read_page(_app, name, source):
    if name.startswith(FOLDER):
        source[0], count = HEAD.subn(with_title, source[0])
        if count != 1:
            raise ValueError(f"{name} has no head of a manual page")


class ManPage(SphinxRole):
    def run(self):
        found = REFERENCE.fullmatch(self.text)
        page = found and f"{FOLDER}{found['name']}.{found['section']}"
        if page not in self.env.found_docs:
            return [nodes.emphasis(self.rawtext, self.text, classes=["manpage"])], []
        link = addnodes.pending_xref(self.rawtext, refdomain="std", reftype="doc",
                                     refdoc=self.env.docname, reftarget=f"/{page}",
                                     refexplicit=True, refwarn=True)
        link += nodes.inline(self.rawtext, self.text, classes=["manpage"])
        return [link], []


def setup(app):
    app.connect("source-read", read_page)
    app.add_role("manpage", ManPage(), override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
