#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: run.py REPLAY REPLAY-PLAIN: what is written for other software."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

# pylint: disable=wrong-import-position
import output
from program import Program
from tap import Tap

TESTS = (output,)


def main():
    program = Program(*sys.argv[1:])
    tap = Tap()
    print("TAP version 13")
    for test in TESTS:
        test.run(tap, program)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
