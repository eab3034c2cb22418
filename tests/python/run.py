#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The package for Python.

usage: run.py BUILD

BUILD is the folder that user space was built in.
"""

import pathlib
import subprocess
import sys

import abi
import example
import hostile
import leaks
import live
import offline
import signals

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position


def check_typed(tap, package):
    """By mypy, if it is installed."""
    name = "the types are consistent"
    try:
        done = subprocess.run(["mypy", "--strict", "--no-incremental", "--cache-dir=/dev/null",
                               package], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        tap.skip(name, "there is no mypy")
        return
    tap.result(name, complaint(done))


def complaint(done):
    """What a program says that has failed, which may be nothing."""
    return done.returncode and (done.stdout + done.stderr or f"exit status {done.returncode}")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    tap = Tap()
    print("TAP version 13")
    check_typed(tap, build / "python/vdev")
    tap.result("a failure without a word is one", "" if complaint(
        subprocess.run(["false"], capture_output=True, text=True, check=False)) else "it is not")
    abi.check(tap)
    offline.check(tap, build / "vdevctl")
    live.check_all(tap, build / "test/replayed")
    signals.check(tap, build / "test/replayed")
    hostile.check(tap)
    leaks.check(tap)
    example.check(tap, build / "test/replayed")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
