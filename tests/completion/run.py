#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Completion in real shells.

usage: run.py REPLAY [SHELL...]

REPLAY is vdevctl with recorded replies. A command line is typed, and TAB; then it is what is
listed here, whichever the shell is.
"""

import os
import pathlib
import shlex
import sys
import tempfile

import yaml

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden"
sys.path.insert(0, str(GOLDEN))
sys.path.append(str(GOLDEN.parent))

# pylint: disable=wrong-import-position
import terminal  # noqa: E402
import wire  # noqa: E402
from tap import Tap  # noqa: E402

FILES = ("a.json", "two words.json", "it's.json", "notes", "bad.conf", "guest.xml",
         "hosts x/h.json", "hosts x/notes", ".hidden")
# What the kernel replies: cases of the golden tests, one after another.
DEV, NAMES, TYPE, PROFILE = "vdpa-net", "shell-names", "types", "profile-show"
PARENT = "parent"

# What is typed before TAB, what it becomes, and the replies. A blank at the end says that the
# word is complete. Words are compared as the shell reads them.
BECOMES = [
    ("an object", "vdevctl mon", "vdevctl monitor ", ()),
    ("a command", "vdevctl dev sh", "vdevctl dev show ", ()),
    ("a command behind options",
     "vdevctl -j --pretty type exp", "vdevctl -j --pretty type export ", ()),
    ("a command of help", "vdevctl help type ce", "vdevctl help type ceilings ", ()),
    ("an option of all", "vdevctl --det", "vdevctl --details ", ()),
    ("an option of a command", "vdevctl type export --tok", "vdevctl type export --token ", ()),
    ("an option behind all else",
     "vdevctl dev show vdpa/vdpa0 --max", "vdevctl dev show vdpa/vdpa0 --max-age ", ()),
    ("when to use colours", "vdevctl -c ne", "vdevctl -c never ", ()),
    ("a choice behind =", "vdevctl --color=al", "vdevctl --color=always ", ()),
    ("a file of commands", "vdevctl -j -b not", "vdevctl -j -b notes ", ()),
    ("a file behind =", "vdevctl --batch=not", "vdevctl --batch=notes ", ()),
    ("a command behind a choice", "vdevctl -c never dev sh", "vdevctl -c never dev show ", ()),
    ("a condition", "vdevctl dev show mig", "vdevctl dev show migratable ", ()),
    ("a condition behind another",
     "vdevctl dev show bus vdpa mig", "vdevctl dev show bus vdpa migratable ", ()),
    ("a bus", "vdevctl dev show bus v", "vdevctl dev show bus vdpa ", (DEV,)),
    ("a bus of types", "vdevctl type show bus m", "vdevctl type show bus mdev ", (TYPE,)),
    ("a bus of a parent",
     "vdevctl dev show parent-bus p", "vdevctl dev show parent-bus pci ", (DEV,)),
    ("a parent", "vdevctl dev show parent p", "vdevctl dev show parent pci/0000:65:00.2 ", (DEV,)),
    ("a model",
     "vdevctl find a.json model m",
     "vdevctl find a.json model mellanox.com/vdpa-net ", (DEV, TYPE)),
    ("an interface",
     "vdevctl dev list device-api v", "vdevctl dev list device-api vdpa-net ", (DEV,)),
    ("a type", "vdevctl type show type n", "vdevctl type show type never ", (TYPE,)),
    ("a kind", "vdevctl find a.json kind d", "vdevctl find a.json kind device ", ()),
    ("a verdict", "vdevctl find a.json at-least c", "vdevctl find a.json at-least compatible ", ()),
    ("a driver",
     "vdevctl dev set pci/0000:01:00.1 driver no",
     "vdevctl dev set pci/0000:01:00.1 driver none ", ()),
    ("a word of a synopsis",
     "vdevctl type set a/b/c max", "vdevctl type set a/b/c max-version ", ()),
    ("the second value",
     "vdevctl dev add x feature MTU of", "vdevctl dev add x feature MTU off ", (PARENT,)),
    ("what several columns have in common", "vdevctl dev list --columns handle,ca",
     "vdevctl dev list --columns handle,capa", ()),
    ("a column",
     "vdevctl dev list --columns handle,mig", "vdevctl dev list --columns handle,migratable ", ()),
    ("the value of --x=",
     "vdevctl dev list --columns=ver", "vdevctl dev list --columns=version ", ()),
    ("a bus of handles", "vdevctl dev show vd", "vdevctl dev show vdpa/", (DEV,)),
    ("a handle", "vdevctl dev show vdpa/", "vdevctl dev show vdpa/vdpa0 ", (DEV,)),
    ("a handle with colons",
     "vdevctl type show pci/0000:00:03", "vdevctl type show pci/0000:00:03.0/never ", (TYPE,)),
    ("a handle of a check",
     "vdevctl check a.json vdpa/", "vdevctl check a.json vdpa/vdpa0 ", (DEV, TYPE)),
    ("a handle of stats", "vdevctl stats show vdpa/v", "vdevctl stats show vdpa/vdpa0 ", (DEV,)),
    ("a handle in a document",
     "vdevctl record show source.json#v", "vdevctl record show source.json#vdpa/vdpa0 ", ()),
    ("a name with a brace", "vdevctl dev show sim/a", r"vdevctl dev show sim/a\{b,c\} ", (NAMES,)),
    ("a name with a quote", "vdevctl dev show sim/i", r"vdevctl dev show sim/it\'s ", (NAMES,)),
    ("a name that is typed with escapes",
     r"vdevctl dev show sim/it\'", r"vdevctl dev show sim/it\'s ", (NAMES,)),
    ("a name that would run",
     "vdevctl dev show 'sim/$(t", r"vdevctl dev show sim/\$\(touch\$\{IFS\}ran\) ", (NAMES,)),
    ("a source of a device", "vdevctl dev add x like a.", "vdevctl dev add x like a.json ", ()),
    ("a profile", "vdevctl profile del mo", "vdevctl profile del most ", (PROFILE,)),
    ("a document", "vdevctl check a.", "vdevctl check a.json ", ()),
    ("a document with a blank", "vdevctl check two", r"vdevctl check two\ words.json ", ()),
    ("a document behind an escaped blank",
     r"vdevctl check two\ w", r"vdevctl check two\ words.json ", ()),
    ("a document in quotes", 'vdevctl check "two w', 'vdevctl check "two words.json" ', ()),
    ("a document after one with a blank",
     r"vdevctl check two\ words.json a.", r"vdevctl check two\ words.json a.json ", ()),
    ("no other file", "vdevctl check not", "vdevctl check not", ()),
    ("any file by its path", "vdevctl check ./not", "vdevctl check ./notes ", ()),
    ("any file behind file:", "vdevctl check file:not", "vdevctl check file:notes ", ()),
    ("a prefix", "vdevctl check fil", "vdevctl check file:", ()),
    ("a prefix of a token", "vdevctl check tok", "vdevctl check token:", ()),
    ("a folder", "vdevctl check ho", r"vdevctl check hosts\ x/", ()),
    ("a document in a folder", r"vdevctl check hosts\ x/", r"vdevctl check hosts\ x/h.json ", ()),
    ("a file in the home", "vdevctl check ~/al", "vdevctl check ~/alone.json ", ()),
    ("a file of ceilings", "vdevctl type load b", "vdevctl type load bad.conf ", ()),
    ("a file of commands", "vdevctl -b not", "vdevctl -b notes ", ()),
    ("a host", "vdevctl matrix a.", "vdevctl matrix a.json ", (DEV, TYPE)),
    ("this host", "vdevctl matrix a.json loc", "vdevctl matrix a.json localhost ", (DEV, TYPE)),
    ("a domain", "vdevctl libvirt annotate g", "vdevctl libvirt annotate guest.xml ", ()),
    ("a file of another host", "vdevctl find a.json in a", "vdevctl find a.json in a.json ", ()),
]

# What is typed, and some of what is offered then.
OFFERS = [
    ("objects",
     "vdevctl ",
     "dev parent type record check suggest find monitor baseline matrix libvirt profile stats metrics help", ()),
    ("commands", "vdevctl dev ", "show list export add set del help", ()),
    ("conditions",
     "vdevctl monitor ", "bus parent type model device-api migratable since kind", ()),
    ("options",
     "vdevctl check --",
     "--offline --both --explain --raw --expect --max-age --group --json --details", ()),
    ("handles",
     "vdevctl type show pci/", "pci/0000:00:02.0/i915-GVTg_V5_4 pci/0000:00:03.0/never", (TYPE,)),
    ("verdicts",
     "vdevctl find a.json at-least ",
     "identical compatible undeclared incompatible not-migratable", ()),
    ("kinds", "vdevctl monitor kind ", "device type", ()),
]


class Host:
    """A folder with files, and a vdevctl whose kernel replies what a case wants."""

    def __init__(self, folder, replay):
        self.folder = pathlib.Path(folder)
        self.spec = wire.Spec()
        self.replies = self.folder / "replies"
        self.work = self.folder / "work"
        for name in FILES:
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
        (self.work / "source.json").write_bytes((GOLDEN / "files/source.json").read_bytes())
        home = self.folder / "home"
        home.mkdir()
        (home / "alone.json").write_text("")
        tool = self.folder / "bin/vdevctl"
        tool.parent.mkdir()
        tool.write_text(f'#!/bin/sh\nVDEV_REPLAY={self.replies} exec {replay} "$@"\n')
        tool.chmod(0o755)
        self.environment = {"PATH": f"{tool.parent}:{os.environ['PATH']}", "HOME": str(home),
                            "LC_ALL": "C.UTF-8", "TERM": "xterm"}

    def reply(self, cases):
        exchanges = [exchange for case in cases for exchange in
                     yaml.safe_load((GOLDEN / f"cases/{case}.yaml").read_text())["exchanges"]]
        lines = wire.replay_lines(self.spec, {"exchanges": exchanges or [[{"done": {}}]]})
        self.replies.write_text("\n".join(lines) + "\n")


def words(line):
    try:
        return shlex.split(line.strip()) + ([""] if line.endswith(" ") else [])
    except ValueError as error:
        return f"{line!r}: {error}"


def is_offered(word, printed):
    """fish leaves out what all words have at their begin."""
    return any(word == part or (part.startswith("\u2026") and word.endswith(part[1:]))
               for part in printed.split())


def check_shell(tap, shell, host):
    term = terminal.Terminal(shell, host.work, host.environment)
    try:
        for name, typed, expected, cases in BECOMES:
            host.reply(cases)
            line, printed = term.complete(typed)
            problem = "" if words(line) == words(expected) else \
                f"{line!r}, expected {expected!r}\n{printed!r}"
            tap.result(f"{shell} completes {name}", problem)
        for name, typed, expected, cases in OFFERS:
            host.reply(cases)
            line, printed = term.complete(typed)
            missing = [word for word in expected.split() if not is_offered(word, printed)]
            tap.result(f"{shell} offers {name}", f"not {missing}: {printed!r}" if missing else "")
        tap.result(f"{shell} runs nothing of a name",
                   "it did" if (host.work / "ran").exists() else "")
    except TimeoutError as error:
        tap.result(f"{shell} answers", str(error))
    finally:
        term.close()


def main():
    replay, *shells = sys.argv[1:]
    tap = Tap()
    print("TAP version 13")
    for shell in shells or terminal.STARTS:
        with tempfile.TemporaryDirectory() as folder:
            check_shell(tap, shell, Host(folder, os.path.abspath(replay)))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
