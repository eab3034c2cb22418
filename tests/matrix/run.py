#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The page of a matrix, as a browser without a network shows it.

usage: run.py VDEVCTL

Hosts with names that would be markup, a script or another direction of writing are judged. A
second page holds the first one in a frame, looks at it, and writes down what it has seen.
"""

import base64
import hashlib
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position

FILES = pathlib.Path(__file__).resolve().parents[1] / "golden/files"
LOOK = pathlib.Path(__file__).with_name("look.html")
# Seconds; a browser on a busy machine takes many.
LIMIT = 120
HOSTILE = ["source", "<script>alert(1)", "\"><img src=x onerror=alert(1)>",
           "' onmouseover='alert(1)", "&lt;b&gt;", "\u202egpj.exe", "\u05d0\u05d1\u05d2",
           "\x1b[31mred\x07", "a\nb", "a-name-without-blanks-that-is-as-long-as-one-can-be" * 3,
           "\u6f22\u5b57"]
# With that many columns cells have letters.
DENSE = 24
VERDICTS = range(1, 6)
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer",
            "h1", "h2", "h3", "p", "ul", "li", "div", "table", "caption", "thead", "tbody", "tr",
            "th", "td", "span", "a", "b", "i", "small", "strong", "code", "bdi", "meter"}


class Parser(html.parser.HTMLParser):
    """What is on a page that could load or run something, or lead elsewhere."""

    def __init__(self, text):
        super().__init__()
        self.problems, self.ids, self.links, self.style, self.policy = [], [], [], "", ""
        self.scopes, self.headers, self.inside = 0, 0, ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        given = dict(attrs)
        if tag not in ELEMENTS:
            self.problems.append(f"an element {tag}")
        for name, value in attrs:
            if name in ("src", "style", "srcset", "action", "ping") or name.startswith("on"):
                self.problems.append(f"{tag} has {name}={value}")
        if "href" in given:
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        self.headers += tag == "th"
        self.scopes += tag == "th" and given.get("scope") in ("row", "col")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "style":
            self.style += data


def make_page(tool, files, *words):
    done = subprocess.run([tool, "matrix", "--html", *words, *files], capture_output=True,
                          check=False, timeout=LIMIT)
    if done.returncode not in (0, 2, 3) or done.stderr:
        raise SystemExit(f"exit status {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def make_hosts(folder):
    """One with devices of which none, and some with devices of which some can move."""
    kinds = [json.loads((FILES / f"{name}.json").read_text())
             for name in ("source", "better", "worse", "undeclared", "blocked", "machine",
                          "hostile")]
    several = dict(kinds[0], endpoints=[dict(kinds[0]["endpoints"][0], handle="vdpa/a"),
                                        dict(kinds[1]["endpoints"][0], handle="vdpa/b")])
    files = []
    for number, name in enumerate(HOSTILE):
        files.append(folder / f"{name}.json")
        files[-1].write_text(json.dumps([*kinds, several][number % (len(kinds) + 1)]))
    return files


def check_static(tap, what, page):
    parser = Parser(page)
    digest = base64.b64encode(hashlib.sha256(parser.style.encode()).digest()).decode()
    tap.result(f"{what}: nothing is loaded or run", "\n".join(parser.problems))
    tap.result(f"{what}: the policy allows its own style alone",
               "" if parser.policy == f"default-src 'none'; style-src 'sha256-{digest}'; "
               "base-uri 'none'; form-action 'none'" else
               f"{parser.policy}\nthe style has sha256-{digest}")
    tap.result(f"{what}: links lead to parts of the page",
               [link for link in parser.links if link[:1] != "#" or link[1:] not in parser.ids])
    tap.result(f"{what}: each part has a name of its own",
               len(parser.ids) - len(set(parser.ids)))
    tap.result(f"{what}: headers say what they are of", parser.headers - parser.scopes)
    tap.result(f"{what}: nothing turns or controls the text",
               re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page))


class Browser:
    def __init__(self, folder):
        self.folder = folder

    def look(self, page, scheme, width, chosen=""):
        """What look.html has seen of the page, and what the browser complained about."""
        (self.folder / "page.html").write_text(page)
        (self.folder / "look.html").write_text(
            LOOK.read_text().replace("@WIDTH@", str(width)).replace("@CHOSEN@", chosen))
        netlog = self.folder / "netlog"
        done = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-background-networking", "--disable-component-update",
             "--disable-default-apps", "--disable-sync", "--no-first-run", "--no-pings",
             "--host-resolver-rules=MAP * ~NOTFOUND", "--allow-file-access-from-files",
             f"--user-data-dir={self.folder}/profile", f"--log-net-log={netlog}",
             "--enable-logging=stderr", "--window-size=1280,900", "--virtual-time-budget=10000",
             f"--blink-settings=preferredColorScheme={int(scheme == 'light')}",
             "--dump-dom", f"file://{self.folder}/look.html"],
            capture_output=True, check=False, timeout=LIMIT)
        seen = re.search(r'<pre id="seen">(.*?)</pre>', done.stdout.decode(), re.S)
        messages = [line for line in done.stderr.decode(errors="replace").splitlines()
                    if "CONSOLE" in line]
        if not seen or not seen[1]:
            return None, [f"exit status {done.returncode}", *messages,
                          *done.stderr.decode(errors="replace").splitlines()[-5:]]
        # What the browser asks for by itself has no page that it comes from.
        asked = {url for origin, url in re.findall(r'"initiator":"([^"]*)".*?"url":"([^"]*)"',
                                                   netlog.read_text(errors="replace"))
                 if origin != "not an origin"}
        return json.loads(html.unescape(seen[1])), messages + sorted(asked)


def check_seen(tap, browser, what, page, number):
    backgrounds = set()
    for scheme, width in (("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280)):
        name = f"{what}, {scheme}, {width} pixels"
        seen, complaints = browser.look(page, scheme, width)
        tap.result(f"{name}: the browser complains about nothing, and asks for nothing",
                   "\n".join(complaints))
        if not seen:
            continue
        backgrounds.add(seen["background"])
        tap.result(f"{name}: a cell for each pair",
                   "" if seen["cells"] == number * number and seen["rows"] == number else
                   f"{seen['rows']} rows, {seen['cells']} cells")
        tap.result(f"{name}: each cell has words or letters", seen["empty"])
        tap.result(f"{name}: nothing but the table is wider than the page",
                   "" if seen["scroll"] <= width else f"{seen['scroll']}: {seen['wide']}")
        tap.result(f"{name}: there is contrast enough",
                   [one for one in seen["contrasts"] if one["ratio"] < 4.5])
        tap.result(f"{name}: nothing is chosen", seen["shown"])
    tap.result(f"{what}: light and dark differ", "" if len(backgrounds) == 2 else backgrounds)


def check_chosen(tap, browser, what, page):
    """What is found is shown when a cell is chosen, by a link that the keyboard reaches."""
    link = re.search(r"href=#(p[0-9]+-[0-9]+)", page)[1]
    for width in (360, 1280):
        seen, complaints = browser.look(page, "light", width, link)
        name = f"{what}, {width} pixels: a cell is chosen"
        tap.result(f"{name}: the browser complains about nothing", "\n".join(complaints))
        if not seen:
            continue
        tap.result(f"{name}: its findings alone are shown",
                   "" if seen["shown"] == [link] else seen["shown"])
        tap.result(f"{name}: within the page",
                   "" if seen["within"] and seen["scroll"] <= width else seen)
        tap.result(f"{name}: there is contrast enough",
                   [one for one in seen["contrasts"] if one["ratio"] < 4.5])


def check_control(tap, browser, page):
    """What the browser would complain about is seen."""
    image = page.replace("<h1>", "<img src=https://example.com/a.png><h1>")
    tap.result("an image from elsewhere is seen",
               "" if browser.look(image, "light", 360)[1] else "it is not")
    image = re.sub("<meta http-equiv=[^>]*>", "", image)
    tap.result("a request is seen that no policy holds back",
               "" if any("example.com" in one for one in browser.look(image, "light", 360)[1])
               else "it is not")
    wide = page.replace("<h1>", "<h1>" + "a" * 200)
    seen, _ = browser.look(wide, "light", 360)
    tap.result("a page that is too wide is seen", "" if seen["scroll"] > 360 else seen)


def main():
    tool = pathlib.Path(sys.argv[1]).resolve()
    tap = Tap()
    print("TAP version 13")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = make_hosts(folder)
        browser = Browser(folder)
        for what, hosts in (("few hosts", files), ("many hosts", (files * 3)[:DENSE])):
            page = make_page(tool, hosts)
            check_static(tap, what, page)
            check_seen(tap, browser, what, page, len(hosts))
            check_chosen(tap, browser, what, page)
        check_control(tap, browser, make_page(tool, files))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
