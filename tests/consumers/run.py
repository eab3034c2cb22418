#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: run.py REPLAY REPLAY-PLAIN ROOT: what is written for other software, which is in ROOT."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

# pylint: disable=wrong-import-position
import nfd
import nova
import output
import pages
from program import Program
from tap import Tap

def main():
    program, root = Program(*sys.argv[1:3]), sys.argv[3]
    tap = Tap()
    print("TAP version 13")
    output.run(tap, program)
    nova.run(tap, program, root)
    nfd.run(tap, program, root)
    pages.run(tap, program)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
