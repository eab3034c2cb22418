# SPDX-License-Identifier: GPL-2.0
"""A tracepoint of vdev, seen by one test alone."""

import os
import random
import subprocess

import ktap

TRACING = "/sys/kernel/tracing"


class Tracepoint:
    """What a tracepoint reports from now on; the case is skipped where there is none."""

    def __init__(self, defer, event):
        if not os.path.isdir(f"{TRACING}/events"):
            subprocess.run(["mount", "-t", "tracefs", "tracefs", TRACING], check=False)
        if not os.path.isdir(f"{TRACING}/events/vdev/{event}"):
            raise ktap.Skip("this kernel has no tracepoints")
        self.folder = f"{TRACING}/instances/vdev{os.getpid()}x{random.randrange(1 << 40):x}"
        self.event = event
        os.mkdir(self.folder)
        defer(os.rmdir, self.folder)
        self._write(f"events/vdev/{event}/enable", "1")
        defer(self._write, f"events/vdev/{event}/enable", "0")

    def _write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="ascii") as file:
            file.write(text)

    def clear(self):
        self._write("trace", "")

    def seen(self):
        """The fields of each line, by their names."""
        with open(f"{self.folder}/trace", encoding="ascii") as file:
            lines = [line.partition(f" {self.event}: ")[2] for line in file]
        return [dict(word.split("=") for word in line.split()) for line in lines if line]
