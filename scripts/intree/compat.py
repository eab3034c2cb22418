# SPDX-License-Identifier: GPL-2.0
"""C for one version of the kernel: without compat.h, and without tests of versions.

unifdef decides the conditions. Each name that is left of compat.h is replaced by what it means,
where it is used: a macro by its text, a function by its one expression.
"""

import dataclasses
import re
import subprocess

from intree import Unfit

# Older kernels differ in more, which no name of compat.h could be replaced by.
OLDEST = (6, 12)
# What every kernel from then on has.
PRESENT = ("__KERNEL__", "IOMMU_DIRTY_NO_CLEAR", "VFIO_MIGRATION_PRE_COPY")
NAME = re.compile(r"\b(?:vdev_compat|VDEV_COMPAT)_\w+")
VERSION = re.compile(r"\bKERNEL_VERSION\((\d+), (\d+), (\d+)\)")
MACRO = re.compile(r"^#define (VDEV_COMPAT_\w+)(?:\(([^)]*)\))?[ \t]*(.*)$", re.MULTILINE)
FUNCTION = re.compile(r"^static inline ([^;{}]*?)\b(vdev_compat_\w+)\(([^{}]*)\)\n\{\n([^{}]*)\}\n",
                      re.MULTILINE)
LONGEST_LINE = 100
# From then on memory for an object is asked for by the object, and GFP_KERNEL goes without saying.
OBJECTS = (7, 0)
SIZED = re.compile(r"\b(kv?[mz]alloc)\(sizeof\(([^()]+)\),\s*(\w+)\)")
EXPRESSION = re.compile(r"\t(?:return )?([^;]+);\n")


@dataclasses.dataclass
class Meaning:
    """What stands for a name: params is None unless it is called."""
    params: list[str] | None
    text: str


def decide(text, version):
    """The text without the conditions that are decided by the version."""
    numbered = VERSION.sub(lambda m: str((int(m[1]) << 16) + (int(m[2]) << 8) + int(m[3])), text)
    known = [f"-DLINUX_VERSION_CODE={(version[0] << 16) + (version[1] << 8)}"]
    known += [f"-D{name}" for name in PRESENT]
    try:
        done = subprocess.run(["unifdef", *known], input=numbered, stdout=subprocess.PIPE,
                              encoding="utf-8", check=False)
    except FileNotFoundError:
        raise Unfit("the program unifdef is not installed") from None
    if done.returncode > 1:
        raise Unfit("unifdef failed")
    return done.stdout


def split_arguments(text):
    """The arguments of a call, or parameters, as they are written."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return parts + [text[start:]]


def parameter_name(declaration):
    """The name in the declaration of a parameter, which may be a pointer to a function."""
    pointer = re.search(r"\(\*(\w+)\)\(", declaration)
    return pointer[1] if pointer else re.findall(r"\w+", declaration)[-1]


def meanings(header):
    """All names that compat.h, of which conditions are decided, defines."""
    found = {}
    for name, params, text in MACRO.findall(header.replace("\\\n", " ")):
        listed = [param.strip() for param in params.split(",")] if params else None
        found[name] = Meaning(listed, text.strip())
    for _, name, params, body in FUNCTION.findall(header):
        only = EXPRESSION.fullmatch(body)
        if not only:
            raise Unfit(f"compat.h: {name}() is more than one expression")
        found[name] = Meaning([parameter_name(param) for param in split_arguments(params)],
                              " ".join(only[1].split()))
    for name in set(NAME.findall(header)) - set(found):
        raise Unfit(f"compat.h: {name} is neither a macro nor a function of one expression")
    return found


def closing(text, opening):
    """Where the parenthesis at OPENING is closed."""
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    raise Unfit("a parenthesis is not closed")


def shifted(text, columns):
    """The text with all lines but the first moved by so many columns."""
    lines = text.split("\n")
    for at, line in enumerate(lines[1:], 1):
        body = line.lstrip()
        width = len(line[:len(line) - len(body)].expandtabs(8)) + columns
        lines[at] = "\t" * (width // 8) + " " * (width % 8) + body
    return "\n".join(lines)


def called(name, meaning, arguments):
    """The expression that a call means. Arguments keep the lines that they are on."""
    if len(arguments) != len(meaning.params):
        raise Unfit(f"{name} has {len(meaning.params)} parameters, not {len(arguments)}")
    given = dict(zip(meaning.params, arguments))
    text = re.sub(r"\b(?:" + "|".join(given) + r")\b",
                  lambda m: given[m[0]] if "\n" in given[m[0]] else given[m[0]].strip(),
                  meaning.text)
    text = re.sub(r"[ \t]+\n", "\n", text)
    return shifted(text, meaning.text.find("(") - len(name))


def wrapped(before, call, after):
    """The call between these parts of its line, on two lines if it is too long for one."""
    def width(part):
        return len((before + part).expandtabs(8))

    if "\n" in call or width(call + after) <= LONGEST_LINE:
        return call
    ends = [match.end() for match in re.finditer(", ", call)]
    fit = [end for end in ends if width(call[:end - 1]) <= LONGEST_LINE]
    if not fit:
        return call
    column = width(call[:call.find("(") + 1])
    return call[:fit[-1] - 1] + "\n" + "\t" * (column // 8) + " " * (column % 8) + call[fit[-1]:]


def replace_one(text, match, known):
    """The text with one name replaced, and where to look for the next."""
    name = match[0]
    meaning = known.get(name)
    if not meaning:
        raise Unfit(f"compat.h does not define {name}")
    end = match.end()
    if meaning.params is None:
        new = meaning.text
    elif text[end:end + 1] == "(":
        close = closing(text, end)
        new = called(name, meaning, split_arguments(text[end + 1:close]))
        end = close + 1
        new = wrapped(text[text.rfind("\n", 0, match.start()) + 1:match.start()], new,
                      text[end:text.find("\n", end)])
    else:
        raise Unfit(f"{name} is not called")
    return text[:match.start()] + new + text[end:]


def inline(text, known):
    """The text without names of compat.h, its include, and lines that nothing is left of."""
    while match := NAME.search(text):
        before = text
        try:
            text = replace_one(text, match, known)
        except Unfit as why:
            line = text.count("\n", 0, match.start()) + 1
            raise Unfit(f"line {line}: {why}") from None
        start = before.rfind("\n", 0, match.start()) + 1
        if not text[start:text.find("\n", start)].strip():
            text = text[:start] + text[text.find("\n", start) + 1:]
    return re.sub(r"\n\n+", "\n\n", re.sub(r'^#include "compat\.h"\n', "", text, flags=re.MULTILINE))


def by_object(text):
    """The text with memory for objects asked for as newer kernels have it."""
    return SIZED.sub(lambda m: f"{m[1]}_obj({m[2]}" +
                     (")" if m[3] == "GFP_KERNEL" else f", {m[3]})"), text)


class Compat:
    """What compat.h is to one version."""

    def __init__(self, header, version):
        if version < OLDEST:
            raise Unfit(f"kernel {version[0]}.{version[1]} is older than {OLDEST[0]}.{OLDEST[1]}")
        self.version = version
        self.known = meanings(decide(header, version))

    def apply(self, text):
        """A file of C as it is in the kernel tree."""
        text = re.sub(r"^MODULE_VERSION\(.*\);\n", "", text, flags=re.MULTILINE)
        if any(name in text for name in PRESENT):
            text = decide(text, self.version)
        text = inline(text, self.known)
        return by_object(text) if self.version >= OBJECTS else text
