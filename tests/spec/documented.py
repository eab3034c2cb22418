# SPDX-License-Identifier: GPL-2.0
"""Whatever the specification names is explained where users look for it.

Usage: documented.py SPEC UAPI-RST UAPI-HEADER

The page must name every operation and mode, and every attribute of a request;
it includes the kernel-doc of the header, which must explain every constant.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "kselftest/lib"))

from spec import Spec  # pylint: disable=wrong-import-position

INCLUDES_HEADER = re.compile(r"^\.\. kernel-doc:: uapi/linux/vdev\.h$", re.MULTILINE)


def constants(spec):
    """The C name of every attribute, enum entry and command; a subset has none of its own."""
    for name, entries in spec.sets.items():
        if name in spec.subsets:
            continue
        middle = "VDEV_A" if name == "vdev" else f"VDEV_A_{name}"
        yield from (f"{middle}_{entry}" for entry in entries)
    for name, enum in spec.enums.items():
        for entry in enum["entries"]:
            yield f"VDEV_{name}_{entry['name'] if isinstance(entry, dict) else entry}"
    yield from (f"VDEV_CMD_{name}" for name in spec.commands)


def main():
    spec = Spec(sys.argv[1])
    page = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
    header = pathlib.Path(sys.argv[3]).read_text(encoding="utf-8")
    gaps, seen = [], 0
    for name, op in spec.ops.items():
        for mode in ("do", "dump"):
            seen += 1
            if mode in op and f"``{name}`` ({mode})" not in page:
                gaps.append(f"the page does not name {name} ({mode})")
        for attr in spec.requested(name):
            seen += 1
            if f"``{attr}``" not in page:
                gaps.append(f"the page does not name {attr}, of {name}")
    if not INCLUDES_HEADER.search(page):
        gaps.append("the page does not include the kernel-doc of the header")
    for const in constants(spec):
        seen += 1
        const = const.upper().replace("-", "_")
        if not re.search(rf"^ \* @{const}: \S", header, re.MULTILINE):
            gaps.append(f"the header does not explain {const}")
    print(f"# {seen} names looked up")
    for line in gaps:
        print(f"# {line}")
    return 1 if gaps or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
