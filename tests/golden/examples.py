# SPDX-License-Identifier: GPL-2.0
"""Examples of vdevctl(8): each command has one, and does what is printed there. Messages under
DIAGNOSTICS are those of the tool.

A line "$ COMMAND" or "# COMMAND" of a literal block under EXAMPLES is run by a shell in a copy
of files/. Behind it stands what it prints. A comment before the block, ".. replies: CASE [FOLDER]",
names the golden case whose replies the kernel gives, and the folder.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "Documentation/man/vdevctl.8.rst"
BLOCK = re.compile(r"(?:^ *\.\. replies: (\S+)(?: (\S+))?\n\n)?(?:^.*::\n\n)"
                   r"((?:^(?: {4,}.*)?\n)+)", re.M)
# With all that belongs to it, and what it prints.
COMMAND = re.compile(r"[$#] ((?:[^\n]*\\\n)*[^\n]*\n(?:(?<=<<EOF\n).*?\nEOF\n)?)(.*)", re.S)
EXIT_USAGE, LIMIT = 5, 60


def blocks(page):
    """The replies, the folder and the lines of each."""
    section = page.split("\nEXAMPLES\n", 1)[1].split("\nSEE ALSO\n")[0]
    for case, folder, text in BLOCK.findall(section):
        yield case, folder, textwrap.dedent(text).rstrip("\n") + "\n"


def examples(text):
    """Each command, which can be of several lines, and what it prints."""
    for part in re.split(r"^(?=[$#] )", text, flags=re.M)[1:]:
        command, output = COMMAND.match(part).groups()
        yield command, re.sub(r"\n+$", "\n", output)


def run(replay, case, folder, command):
    """The exit status of vdevctl, and all that the command prints."""
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        shutil.copytree(HERE / "files", top / "files", symlinks=True)
        (top / "vdevctl").write_text(f'#!/bin/sh\n{replay} "$@"\necho $? >>{top}/status\n'
                                     f"exit $(tail -n 1 {top}/status)\n")
        (top / "vdevctl").chmod(0o755)
        env = dict(os.environ, PATH=f"{top}:{os.environ['PATH']}", COLUMNS="", NO_COLOR="1")
        if case:
            env["VDEV_REPLAY"] = str(HERE / f"cases/{case}.wire")
        done = subprocess.run(["sh", "-c", command], cwd=top / "files" / folder, env=env,
                              check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, timeout=LIMIT, text=True)
        return (top / "status").read_text().split(), done.stdout


def problem_of(replay, case, folder, command, expected):
    status, output = run(replay, case, folder, command)
    if not status or str(EXIT_USAGE) in status:
        return f"exit status {status}: {output}"
    return "" if output == expected else f"it prints:\n{output}"


def commands(replay):
    """Those that help has, without what they take."""
    text = subprocess.run([replay, "help"], check=True, capture_output=True, text=True).stdout
    lines = text.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    return [re.match(r"  ([a-z ]+?)(?: [^a-z]|$)", line).group(1)
            for line in lines if not line.startswith("   ")]


def check_examples(tap, replay):
    page = PAGE.read_text()
    used = []
    for case, folder, text in blocks(page):
        for command, expected in examples(text):
            used.append(command)
            tap.result(f"example: {command.strip()}",
                       problem_of(replay, case, folder, command, expected))
    plain = [re.sub(r" -+\w+", "", command) for command in used]
    for name in commands(replay):
        tap.result(f"vdevctl(8) has an example of {name}",
                   "" if any(f"vdevctl {name}" in command for command in plain) else "it has none")


def messages(page):
    """Each as a pattern: names in italics stand for anything."""
    section = page.split("\nDIAGNOSTICS\n", 1)[1].split("\nENVIRONMENT\n")[0]
    for term in re.findall(r"^([*].*)\n  ", section, re.M):
        parts = re.split(r"(?<![*])[*]([A-Z]+)[*](?![*])", term)
        yield term, ".+".join(re.escape(re.sub(r"\\ |\*\*", "", part)) for part in parts[::2])


def said():
    """All that the tool is known to print, and what its source has, a string each line."""
    printed = [path.read_text(errors="replace") for path in sorted((HERE / "cases").iterdir())
               if path.suffix in (".err", ".warn")]
    source = [re.sub(r'"\s*"', "", re.sub(r'"\s*[A-Z_]+\s*"', "%s", path.read_text()))
              for folder in ("lib", "tool")
              for path in sorted((HERE.parents[1] / "userspace" / folder).rglob("*.c"))]
    return "\n".join(printed + source)


def check_diagnostics(tap):
    text = said()
    terms = list(messages(PAGE.read_text()))
    tap.result("vdevctl(8) has diagnostics", "" if len(terms) > 5 else str(terms))
    for term, pattern in terms:
        tap.result(f"it is printed: {term}", "" if re.search(pattern, text) else pattern)
