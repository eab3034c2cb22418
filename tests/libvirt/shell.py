# SPDX-License-Identifier: GPL-2.0
"""A virsh that takes one command after another: to start one takes seconds where processors
are emulated."""

import os
import select
import shlex
import subprocess
import time


class Shell:
    """It is connected to one daemon, and gone with it."""

    def __init__(self, uri, patience):
        self.patience, self.number = patience, 0
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(["virsh", "-q", "-c", uri], bufsize=0,
                                        env={**os.environ, "TERM": "dumb"},
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)

    def run(self, *words):
        """What a command prints, and what is wrong, which is nothing if it succeeds."""
        self.number += 1
        end = f"echo --err end-{self.number}"
        line = f"{shlex.join(words)}\n{end}\n"
        self.process.stdin.write(line.encode())
        wrong_end = f"error: end-{self.number}\n"
        printed, wrong = self.read(f"{end}\n".encode(), wrong_end.encode())
        # Lines that it reads it prints, too, after a prompt.
        printed = printed.decode().partition("\n")[2].partition(f"virsh # {end}\n")[0]
        return printed.strip(), wrong.decode().removesuffix(wrong_end).strip()

    def read(self, *ends):
        """What arrives at both, until there is an end of each."""
        deadline = time.monotonic() + self.patience
        files, texts = (self.process.stdout, self.process.stderr), [b"", b""]
        while any(end not in text for end, text in zip(ends, texts)):
            left = deadline - time.monotonic()
            assert left > 0, f"virsh does not answer: {texts}"
            for file in select.select(files, [], [], left)[0]:
                data = os.read(file.fileno(), 1 << 16)
                assert data, f"virsh ended: {texts}"
                texts[files.index(file)] += data
        return texts

    def end(self):
        self.process.kill()
        self.process.communicate()
