# SPDX-License-Identifier: GPL-2.0
"""Many virtual functions, and many changes of them: they are made and destroyed, bound and
unbound, opened, and removed with their bus, while a subscriber applies every event to what it
knows, and others read."""

import contextlib
import os
import random
import threading
import time

from ktap import equal

from . import pci, variant, vf, vfio
from .calm import DEBUG
from .guest import Program, load_module, poll_every, shown, wait, write

# What is searched for is found by a debug kernel.
SECONDS = 40 if DEBUG else 15
# So many functions of each controller there are at once; one can have 127.
MANY = 24 if DEBUG else 127
# So many functions there are at a time, most of the time.
FEW = 6


class Reader:
    """Reads all that is reported, again and again."""

    def __init__(self, defer):
        self.end, self.failure, self.reads = threading.Event(), None, 0
        self.thread = threading.Thread(target=self.read)
        self.thread.start()
        defer(self.stop)

    def read(self):
        try:
            while not self.end.is_set():
                shown("dev")
                shown("type")
                self.reads += 1
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure

    def stop(self):
        self.end.set()
        self.thread.join()
        if self.failure:
            raise self.failure


def drivers(defer):
    """Load all drivers that take any function; their names."""
    for name in pci.DRIVERS:
        load_module(name)
    for name in (variant.NAME, variant.OFF):
        variant.with_driver(defer, name)
    return [*pci.DRIVERS, variant.NAME, variant.OFF]


def remove_bus(pf):
    """Remove the port of a physical function, as if it were pulled; put it back."""
    if DEBUG:
        # With its virtual functions the kernel would never free it: each holds a reference
        # that is only given back when they are removed one by one, and kmemleak finds it.
        vf.make(0, pf)
    port = os.path.dirname(os.path.realpath(f"{vf.DEVICES}/{pf}"))
    write(f"{port}/remove", "1")
    equal("removed", os.path.exists(f"{vf.DEVICES}/{pf}"), False)
    write(f"{vf.BUS}/rescan", "1")
    wait("the controller is back", lambda: vf.driver_of(pf))


class Churn:
    """One physical function, and what is done with its virtual ones."""

    def __init__(self, pf, names):
        self.pf, self.names, self.functions = pf, names, []
        self.done = {}

    def make(self):
        self.functions = vf.make(random.randint(1, FEW), self.pf)

    def bind(self):
        driver = random.choice(self.names)
        for address in random.choices(self.functions, k=3):
            vf.bind(address, driver)

    def probe_fails(self):
        name = random.choice([variant.NAME, variant.OFF])
        parameter = f"/sys/module/{name}/parameters/fail_probe"
        write(parameter, "1")
        equal("probe fails", vf.takes(name, random.choice(self.functions)), False)
        write(parameter, "0")

    def unbind(self):
        vf.unbind(random.choice(self.functions))

    def open(self):
        address = random.choice(self.functions)
        vf.bind(address, random.choice(self.names))
        with contextlib.ExitStack() as stack:
            device = vfio.Device(stack.callback, address, "pci")
            with contextlib.suppress(OSError):
                device.save()

    def reload(self):
        pci.unload_and_load()

    def remove_bus(self):
        remove_bus(self.pf)
        self.make()

    def steps(self):
        """Each step once, and then any for a time, the quick ones more often."""
        often = {self.make: 4, self.bind: 8, self.probe_fails: 2, self.unbind: 4, self.open: 2,
                 self.reload: 1, self.remove_bus: 1}
        yield from random.sample(list(often), len(often))
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            yield random.choices(list(often), often.values())[0]

    def run(self):
        for step in self.steps():
            step()
            self.done[step.__name__] = self.done.get(step.__name__, 0) + 1


def follow(defer):
    follower = Program.script(defer, "follower.py")
    equal("follower", follower.line(), "follows")
    return follower


def ended(follower):
    """What the subscriber found at the end."""
    events, losses = map(int, follower.end().split())
    equal("losses", losses, 0)
    return events


def churned(defer):
    """Functions that come, go, are bound, opened and removed with their bus are reported by
    events that make sense, whoever reads meanwhile"""
    pci.with_bridge(defer)
    poll_every(defer, 20)
    churn = Churn(vf.controllers()[0], drivers(defer))
    defer(lambda: vf.make(0, churn.pf))
    follower, reader = follow(defer), Reader(defer)
    churn.make()
    churn.run()
    vf.make(0, churn.pf)
    reader.stop()
    events = ended(follower)
    print(f"# {churn.done}: {events} events, {reader.reads} dumps beside them")
    equal("left", (pci.reported(), pci.types()), ({}, []))


def as_many_as_can_be(defer):
    """All functions that two controllers can have at once are reported, each with its events"""
    pci.with_bridge(defer)
    load_module("vfio-pci")
    follower = follow(defer)
    functions = []
    for pf in vf.controllers():
        defer(vf.make, 0, pf)
        functions += vf.make(MANY, pf)
    begin = time.monotonic()
    for address in functions:
        vf.bind(address, "vfio-pci")
    took = time.monotonic() - begin
    equal("reported", sorted(pci.reported()), sorted(functions))
    equal("limits", [one["capacity"]["limit"] for one in pci.types()], [127] * 2)
    begin = time.monotonic()
    for pf in vf.controllers():
        vf.make(0, pf)
    print(f"# {len(functions)} functions bound in {took:.1f} s, "
          f"gone in {time.monotonic() - begin:.1f} s, {ended(follower)} events")
    equal("left", (pci.reported(), pci.types()), ({}, []))


CASES = [churned, as_many_as_can_be]
