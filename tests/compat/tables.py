# SPDX-License-Identifier: GPL-2.0
"""The tables of a page: those that have a name, as rows of header and cell."""

import re

RULER = re.compile(r"^ +=+( +=+)*$")


def columns(ruler):
    """Where the columns of a ruler begin; each goes up to the next one."""
    starts = [match.start() for match in re.finditer("=+", ruler)]
    return list(zip(starts, [*starts[1:], None]))


def cells(line, spans):
    return [line[start:end].strip() for start, end in spans]


def rows(lines):
    """The rows of the simple table that the lines hold; it has one header."""
    rulers = [index for index, line in enumerate(lines) if RULER.match(line)]
    if len(rulers) != 3 or rulers[1] != rulers[0] + 2:
        raise ValueError("not one table with a header of one line")
    first, second, last = rulers
    spans = columns(lines[first])
    header = cells(lines[first + 1], spans)
    table = [cells(line, spans) for line in lines[second + 1:last]]
    if not table or not all(all(row) for row in [header, *table]):
        raise ValueError("a table without rows, or a row with an empty cell")
    return [list(zip(header, row)) for row in table]


def read(page):
    """The tables by name."""
    found = {}
    lines = page.splitlines()
    starts = [index for index, line in enumerate(lines) if line.startswith(".. table::")]
    for start in starts:
        end = start + 1
        while end < len(lines) and (not lines[end] or lines[end].startswith(" ")):
            end += 1
        block = lines[start:end]
        name = re.fullmatch(r" +:name: (\S+)", block[1])
        if not name or name[1] in found:
            raise ValueError(f"line {start + 1}: a table without a name of its own")
        try:
            found[name[1]] = rows(block)
        except ValueError as error:
            raise ValueError(f"line {start + 1}: {error}") from error
    return found
