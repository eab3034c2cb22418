# SPDX-License-Identifier: GPL-2.0
"""Every constant of two C headers must have the same value in both.

Usage: values.py CC THEIRS OURS

THEIRS is what the kernel's own generator makes of the specification, OURS the
header of this project. Both are compiled, and asked for each VDEV_ name.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

NAME = re.compile(r"\b_{0,2}VDEV_[A-Z0-9_]+\b")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def names(header):
    text = COMMENT.sub("", pathlib.Path(header).read_text(encoding="utf-8"))
    return set(NAME.findall(text))


def values(compiler, header, wanted):
    """Name and value of each, as a program that includes the header sees it."""
    lines = [f'#include "{pathlib.Path(header).resolve()}"', "#include <stdio.h>",
             "#define SHOW(x) _Generic((x), char *: show_string, default: show_number)"
             "(#x, (void *)(unsigned long)(x))",
             "static void show_number(const char *n, void *v)"
             '{ printf("%s %ld\\n", n, (long)v); }',
             "static void show_string(const char *n, void *v)"
             '{ printf("%s %s\\n", n, (char *)v); }',
             "int main(void) {", *(f"\tSHOW({name});" for name in sorted(wanted)), "}"]
    with tempfile.TemporaryDirectory() as folder:
        source, program = f"{folder}/values.c", f"{folder}/values"
        pathlib.Path(source).write_text("\n".join(lines), encoding="utf-8")
        subprocess.run([compiler, "-w", "-o", program, source], check=True)
        out = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    return dict(line.split(" ", 1) for line in out.splitlines())


def main():
    compiler, theirs, ours = sys.argv[1:]
    # What only one generator writes: guards, and an end marker of each enum.
    in_theirs, in_ours = names(theirs), names(ours)
    missing = {name for name in in_theirs - in_ours if not name.startswith("__")}
    their_values = values(compiler, theirs, in_theirs & in_ours)
    our_values = values(compiler, ours, in_theirs & in_ours)
    different = {name for name in their_values if their_values[name] != our_values[name]}
    print(f"# {len(their_values)} constants compared")
    for name in sorted(missing):
        print(f"# {name} is missing in {ours}")
    for name in sorted(different):
        print(f"# {name}: {their_values[name]} in theirs, {our_values[name]} in ours")
    extra = {name for name in in_ours - in_theirs if not name.startswith("__")}
    for name in sorted(extra):
        print(f"# {name} is not in the specification")
    return 1 if missing or different or extra or not their_values else 0


if __name__ == "__main__":
    sys.exit(main())
