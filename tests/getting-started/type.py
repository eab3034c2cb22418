#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Type in what pages show, and compare what is printed with what they show.

usage: type.py build|guest FOLDER UPDATED PAGE...

build does what is done on the machine that modules are built on (build$), in FOLDER/PAGE, which the
rest then finds there: that of an administrator (#) and of a user without rights ($). A page that
differs is written into the folder UPDATED, with what was printed. The output is TAP.
"""

import os
import pathlib
import shutil
import sys

import pages
from shell import Shell

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position

NOBODY = 65534
AS_USER = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
PREFIXES = {"build": {"build$": []}, "guest": {"#": [], "$": AS_USER}}


def write_files(folder, steps):
    folder.mkdir(parents=True, exist_ok=True)
    for step in steps:
        if isinstance(step, pages.File):
            (folder / step.name).write_text(step.text, encoding="utf-8")


def own(folder):
    """The folder, as the user's."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def shells_for(where, folder):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    return {who: Shell(folder, prefix, environment) for who, prefix in PREFIXES[where].items()}


def type_in(tap, page, steps, shells):
    """Returns what differs: the lines of the page, and what was printed."""
    for step in steps:
        if not isinstance(step, pages.Command) or step.who not in shells:
            continue
        printed = shells[step.who].run(step.text)
        same = pages.pattern(step.expected).fullmatch(printed)
        tap.result(f"{page.stem}: {step.who} {step.text.splitlines()[0]}",
                   "" if same else "{}expected:\n{}".format(printed, "\n".join(step.expected)))
        if not same:
            yield step.lines, printed.splitlines()


def updated(text, changes):
    lines = text.split("\n")
    for (begin, end), printed in reversed(changes):
        lines[begin:end] = [f"    {line}".rstrip() for line in printed]
    return "\n".join(lines)


def do_page(tap, where, folder, page, results):
    text = page.read_text(encoding="utf-8")
    steps = list(pages.steps(text))
    if where == "build":
        write_files(folder, steps)
    else:
        own(folder)
    shells = shells_for(where, folder)
    changes = list(type_in(tap, page, steps, shells))
    for shell in shells.values():
        shell.close()
    if changes:
        (results / page.name).write_text(updated(text, changes), encoding="utf-8")


def main():
    if len(sys.argv) < 5 or sys.argv[1] not in PREFIXES:
        sys.exit(__doc__)
    where, top, results = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    tap = Tap()
    for name in sys.argv[4:]:
        page = pathlib.Path(name)
        folder = top / page.stem
        if where == "guest":
            shutil.copytree(folder, f"/tmp/{page.stem}")
            folder = pathlib.Path(f"/tmp/{page.stem}")
        do_page(tap, where, folder, page, results)
    sys.exit(tap.end())


if __name__ == "__main__":
    main()
