# SPDX-License-Identifier: GPL-2.0
"""What a page shows to be typed in: files, commands and what they print.

A code block with a caption is a file of that name. In a console block a line that begins with a
prompt is a command, with the lines behind "> " that continue it; what follows is printed. "..."
stands for anything within a line; alone on a line, for any lines.
"""

import dataclasses
import re
import textwrap

BLOCK = re.compile(r"^\.\. code-block:: (?P<language>\S+)\n(?P<options>(?: {4}:\S+: .*\n)*)\n"
                   r"(?P<text>(?:(?: {4}.*)?\n)+)", re.M)
CAPTION = re.compile(r":caption: (\S+)")
PROMPT = re.compile(r"(?P<who>\$|#|build\$) (?P<command>.*)")
CONTINUED = "> "


@dataclasses.dataclass
class File:
    name: str
    text: str


@dataclasses.dataclass
class Command:
    who: str
    text: str
    expected: list
    # The lines of the page that have what is expected: from, to.
    lines: list


def commands(block, first):
    """The commands of a console block that begins in that line of the page."""
    command = None
    for number, line in enumerate(block.rstrip("\n").split("\n"), first):
        line = line[4:]
        prompt = PROMPT.fullmatch(line)
        if prompt:
            if command:
                yield command
            command = Command(prompt["who"], prompt["command"], [], [number + 1, number + 1])
        elif not command:
            raise ValueError(f"line {number + 1}: no command before this")
        elif line.startswith(CONTINUED) and not command.expected:
            command.text += "\n" + line[len(CONTINUED):]
            command.lines = [number + 1, number + 1]
        else:
            command.expected.append(line)
            command.lines[1] = number + 1
    if command:
        yield command


def steps(text):
    """What a page has to be done, in order."""
    for block in BLOCK.finditer(text):
        caption = CAPTION.search(block["options"])
        if caption:
            yield File(caption[1], textwrap.dedent(block["text"]).strip("\n") + "\n")
        elif block["language"] == "console":
            yield from commands(block["text"], text.count("\n", 0, block.start("text")))


def pattern(expected):
    """A regular expression of what may be printed."""
    parts = []
    for line in expected:
        if line == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*?".join(map(re.escape, line.split("..."))) + r"\n")
    return re.compile("".join(parts))
