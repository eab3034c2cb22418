# SPDX-License-Identifier: GPL-2.0
"""The table of versions that meet, and the test of its rows.

Usage: rows.py UAPI.RST GUEST.SH

Each row of the table is a case of the test and the reverse: "CASE: RESULT".
"""

import pathlib
import re
import sys

ROW = re.compile(r"^   \* - (.*(?:\n       .*)*)\n     - (.*(?:\n       .*)*)$", re.MULTILINE)
CASE = re.compile(r'^\s*test_case "([^"]*)"', re.MULTILINE)
# The test names the commit, the table does not.
COMMIT = re.compile(r" \$version")


def flat(text):
    return " ".join(text.replace("``", "").split())


def main():
    page, test = (pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    table = page[page.index("list-table:: Versions that meet"):]
    rows = {f"{flat(case)}: {flat(result)}" for case, result in ROW.findall(table)}
    rows.discard("Case: What happens")
    cases = {COMMIT.sub("", flat(case)) for case in CASE.findall(test)}
    for row in sorted(rows - cases):
        print(f"# no test: {row}")
    for case in sorted(cases - rows):
        print(f"# no row: {case}")
    return 0 if rows and rows == cases else 1


if __name__ == "__main__":
    sys.exit(main())
