# SPDX-License-Identifier: GPL-2.0
"""The vdpa device with select registers (tests/modules/select_device.c), and
what it says of who asked it."""

import os

from ktap import Skip

from .guest import TEST_MODULES, Program, read, run, write

MODULE = "vdev_test_select"
NAME = "vdev_select"
HANDLE = f"vdpa/{NAME}"
COUNTS = f"/sys/kernel/debug/{MODULE}/counts"
# Operations that write a select register and are asked for by readers of facts.
UNSAFE = ("get_vq_num_max", "get_device_features", "get_driver_features", "get_vq_ready",
          "get_vq_state")


def load(defer, **options):
    """Load it; it goes when the case ends."""
    module = f"{TEST_MODULES}/{MODULE}.ko"
    if not os.path.exists(module):
        raise Skip("tests/modules/ is not built")
    run("insmod", module, *(f"{key}={value}" for key, value in options.items()))
    defer(run, "rmmod", MODULE)


def user(defer, what, node):
    """Have a program use it through vhost; see vhost.py."""
    program = Program.script(defer, "vhost.py", what, node)
    while program.line() != "open":
        pass
    return program


def hold(defer):
    """Have it not answer a worker of vdev until the case ends or what is returned is called."""
    path = f"/sys/module/{MODULE}/parameters/hold"
    write(path, "1")

    def end():
        write(path, "0")
    defer(end)
    return end


def clear():
    write(COUNTS, "0")


class Counts:
    """What it has counted since it was loaded, or cleared."""

    def __init__(self):
        self.values = dict(line.split(" ", 1) for line in read(COUNTS).splitlines())

    def __str__(self):
        return ", ".join(f"{name} {value}" for name, value in self.values.items())

    def number(self, name):
        return int(self.values.get(name, 0))

    def calls(self, operation, caller="vdev"):
        """Calls by one who asks; all parts of vdev are "vdev"."""
        start = f"calls/{operation}/{caller}"
        return sum(int(value) for name, value in self.values.items() if name.startswith(start))

    def unsafe(self, caller="vdev"):
        """Calls by vdev that write a select register."""
        return {operation: self.calls(operation, caller) for operation in UNSAFE
                if self.calls(operation, caller)}

    def by(self, caller):
        """All calls by one who asks."""
        return {name: int(value) for name, value in self.values.items()
                if name.startswith("calls/") and name.endswith(f"/{caller}")}
