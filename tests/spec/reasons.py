# SPDX-License-Identifier: GPL-2.0
"""Every reason that the core can give for a rejection occurs in a test.

Usage: reasons.py TOP

Looks for the format strings in the core's sources, with anything in place of
each conversion, in the selftests and in the unit tests of the core.
"""

import pathlib
import re
import sys

CALL = re.compile(r'(?:vdev_reject\(|NL_SET_ERR_MSG(?:_ATTR)?\(|\.reject_message =)'
                  r'[^;"]*?((?:"[^"]*"\s*)+)')
CONVERSION = re.compile(r"%#?[a-z*.0-9]*[a-z]")
# What no test can bring about: it takes two thousand million endpoints.
OUT_OF_REACH = {"no number is free"}


def reasons(folder):
    """Where each format string is."""
    for path in sorted(folder.rglob("*.c")):
        for match in CALL.finditer(path.read_text(encoding="utf-8")):
            yield path.name, "".join(re.findall(r'"([^"]*)"', match.group(1)))


def pattern(reason):
    parts = [re.escape(part) for part in CONVERSION.split(reason)]
    return re.compile(r"[^\"\n]+".join(parts))


def main():
    top = pathlib.Path(sys.argv[1])
    tests = [path for folder in ("tests/kselftest", "kernel/tests") for suffix in ("sh", "c", "py")
             for path in (top / folder).glob(f"*.{suffix}")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    found = list(reasons(top / "kernel"))
    untested = [(name, reason) for name, reason in found
                if reason not in OUT_OF_REACH and not pattern(reason).search(text)]
    print(f"# {len(found)} reasons looked for")
    for name, reason in untested:
        print(f"# {name}: \"{reason}\" occurs in no test")
    return 1 if untested or len(found) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
