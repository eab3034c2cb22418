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


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def result(self, name, problem):
        self.count += 1
        self.failed += bool(problem)
        for line in str(problem or "").splitlines()[:20]:
            print(f"# {line[:500]}")
        print(f"{'not ok' if problem else 'ok'} {self.count} - {name}", flush=True)

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def check_typed(tap, package):
    """By mypy, if it is installed."""
    try:
        done = subprocess.run(["mypy", "--strict", "--no-incremental", "--cache-dir=/dev/null",
                               package], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        print("# there is no mypy")
        return
    tap.result("the types are consistent", done.returncode and (done.stdout or done.stderr))


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    tap = Tap()
    print("TAP version 13")
    check_typed(tap, build / "python/vdev")
    abi.check(tap)
    offline.check(tap, build / "vdevctl")
    live.check_all(tap, build / "test/replayed")
    hostile.check(tap)
    leaks.check(tap)
    example.check(tap, build / "test/replayed")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
