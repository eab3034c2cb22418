# SPDX-License-Identifier: GPL-2.0
"""The examples of Documentation/python.rst run, and print what stands there."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "Documentation/python.rst"
FILES = ROOT / "tests/golden/files"
# The comment before an example names the recorded replies, or -; the one before what it prints
# says so.
EXAMPLE = re.compile(r"^\.\. replies: (\S+)\n\n\.\. code-block:: python\n\n((?:(?: {4}[^\n]*)?\n)+)"
                     r".*?^\.\. prints\n\n::\n\n((?:(?: {4}[^\n]*)?\n)+)", re.M | re.S)
# The replay asks to stop when there is no more to read: what was read is printed before.
PREFACE = "import signal; signal.signal(signal.SIGTERM, lambda *_: signal.alarm(1))\n"


def run(replayed, case, program):
    env = dict(os.environ)
    if case != "-":
        env.update(LD_LIBRARY_PATH=str(replayed),
                   VDEV_REPLAY=str(ROOT / f"tests/golden/cases/{case}.wire"))
    done = subprocess.run([sys.executable, "-u", "-c", PREFACE + program], cwd=FILES, env=env,
                          text=True, capture_output=True, check=False, timeout=60)
    return done.stdout + ("" if done.returncode in (0, -signal.SIGALRM) else done.stderr)


def check(tap, replayed):
    examples = EXAMPLE.findall(PAGE.read_text())
    tap.result("the page has examples", "" if len(examples) == 4 else len(examples))
    for number, (case, program, expected) in enumerate(examples, 1):
        output = run(replayed, case, textwrap.dedent(program))
        expected = textwrap.dedent(expected).strip("\n") + "\n"
        tap.result(f"example {number} prints what the page says",
                   "" if output == expected else f"{output}expected:\n{expected}")
