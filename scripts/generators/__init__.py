# SPDX-License-Identifier: GPL-2.0
"""What is written from the specification, a module for each file; and the names that all use."""

COLUMNS = 96


def const(*parts):
    """The name of a constant."""
    return "_".join(parts).upper().replace("-", "_")


def word(name):
    """A name of the specification in C."""
    return name.replace("-", "_")


def enums(spec):
    """All that has words: enumerations and flags."""
    return [item for item in spec["definitions"] if item["type"] != "const"]


def attr_prefix(spec, item):
    """How the constants of a set's attributes begin."""
    family = spec["name"]
    return const(family, "a") if item["name"] == family else const(family, "a", item["name"])


def nested_first(roots, nests):
    """The names of sets, each behind those that are nested in it."""
    done = []

    def add(name):
        if name in done:
            return
        for inner in nests(name):
            add(inner)
        done.append(name)

    for name in roots:
        add(name)
    return done


def fold(head, parts, separator, tail, end=""):
    """One after the other, folded below where the first begins; each line but the last has an end."""
    begin = len(head) + 8
    lines, line = [], "\t" + head
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        piece = part + (tail if last else separator)
        if index and len((line + piece + end).expandtabs(8)) + 1 > COLUMNS:
            lines.append(line + end)
            line = "\t" * (begin // 8) + " " * (begin % 8) + piece
        else:
            line += (" " if index else "") + piece
    return "\n".join([*lines, line])
