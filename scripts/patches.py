#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Write this tree as a series of patches for a kernel tree.

usage: patches.py TREE FOLDER [ARGUMENT...]

TREE is the source of a kernel from 6.12 on. The series and its cover letter are written to
FOLDER, which has no patches yet, in the form that "git am" reads. They are for that version of
the kernel: there are no tests of versions in them. Arguments are given to "git format-patch",
such as --subject-prefix or --to. Who sends it is who git knows as the author here. The same
commit, tree and author give the same bytes.
"""

import sys

from intree import Unfit, series


def main():
    if len(sys.argv) < 3 or sys.argv[1].startswith("-"):
        sys.exit(__doc__.split("\n\n", 1)[1].rstrip())
    try:
        for file in series.write(sys.argv[1], sys.argv[2], sys.argv[3:]):
            print(file)
    except Unfit as why:
        sys.exit(f"patches.py: {why}")


if __name__ == "__main__":
    main()
