# SPDX-License-Identifier: GPL-2.0
"""vdevctl with recorded replies, as the tests beside this file run it."""

import os
import pathlib
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
CASES = TOP / "tests/golden/cases"
FILES = TOP / "tests/golden/files"
LIMIT = 120


class Program:
    """@checked is the one with the sanitizers, @plain the one without."""

    def __init__(self, checked, plain):
        self.checked, self.plain = (os.path.abspath(path) for path in (checked, plain))

    @staticmethod
    def env(case=None):
        env = {**os.environ, "LC_ALL": "C.UTF-8", "VDEV_REQUESTS": os.devnull,
               "ASAN_OPTIONS": "exitcode=98"}
        if case:
            env["VDEV_REPLAY"] = str(CASES / f"{case}.wire")
        return env

    def run(self, *words, case=None, **options):
        """A command; what it prints is bytes."""
        return subprocess.run([options.pop("program", self.checked), *map(str, words)],
                              env=self.env(case), check=False, timeout=LIMIT,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, **options)


def folder():
    return tempfile.TemporaryDirectory(prefix="vdev-consumers-")


def differs(actual, expected):
    """A problem for Tap.result(), unless both are the same."""
    return None if actual == expected else f"{actual!r}, not {expected!r}"
