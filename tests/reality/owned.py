# SPDX-License-Identifier: GPL-2.0
"""Devices that a program owns through VFIO: serial ports and displays of the mdev samples;
virtual functions, and mediated devices, with drivers of these tests, which check what they
load."""

import contextlib
import functools
import os
import uuid

from realdev import pci, pool, variant, vf, vfio
from realdev.guest import load, run, write

RUNNING = 2
# The scratch register of each serial port; a device of mtty-N has N, each in a region.
SCRATCH = 7
PORTS = {"mtty-1": 1, "mtty-2": 2, "mdpy-vga": 0}


class Mediated:
    """A device of a type; it is removed with the stack."""

    def __init__(self, stack, kind):
        self.kind, self.name, self.device = kind, str(uuid.uuid4()), None
        parent = kind.split("-", maxsplit=1)[0]
        write(f"/sys/class/mdev_bus/{parent}/mdev_supported_types/{kind}/create", self.name)
        stack.callback(write, f"/sys/bus/mdev/devices/{self.name}/remove", "1")
        self.handle = f"mdev/{self.name}"

    def open(self, stack):
        self.device = vfio.Device(stack.callback, self.name)

    def registers(self):
        return [(port << 40) + SCRATCH for port in range(PORTS[self.kind])]

    def change(self):
        """Put it into a state of its own, and return what shows that."""
        for at in self.registers():
            os.pwrite(self.device.fd, os.urandom(1), at)
        return self.seen()

    def seen(self):
        return [os.pread(self.device.fd, 1, at) for at in self.registers()]

    @staticmethod
    def said():
        """What its driver says of a state that it rejects: nothing."""
        return ""


@functools.cache
def addresses():
    """Two virtual functions, and the driver for them, as long as the guest runs."""
    stack = contextlib.ExitStack()
    found = pci.functions(stack.callback, 2)
    variant.with_driver(stack.callback)
    return found, variant.Log(stack.callback), stack


class Checked:
    """A device whose driver says what it rejects of a state. It has been in a state of its
    own since it was made, which is the last number of what is saved of it."""

    def __init__(self, bus, name, log, payload):
        self.bus, self.name, self.log, self.payload = bus, name, log, payload
        self.handle, self.device = f"{bus}/{name}", None

    def open(self, stack):
        self.log.rejected()
        self.device = vfio.Device(stack.callback, self.name, self.bus)

    def change(self):
        """There is nothing to change."""
        return self.seen()

    def seen(self):
        """What its driver saves of what is in it."""
        seen = self.payload(self.device.save())
        self.device.enter(RUNNING)
        return seen

    def said(self):
        return " ".join(self.log.rejected())


class Function(Checked):
    """The first or the second virtual function, with these settings."""

    def __init__(self, stack, number, settings, driver=variant.NAME):
        found, log, _ = addresses()
        super().__init__("pci", found[number], log, variant.payload)
        if driver == variant.NAME:
            variant.bind(self.name, **settings)
        else:
            vf.bind(self.name, driver)
        stack.callback(vf.unbind, self.name)


@functools.cache
def pools():
    """The pools of two hosts, of which each has one of the older and one of the newer
    release, as long as the guest runs."""
    stack = contextlib.ExitStack()
    pool.with_driver(stack.callback, units="16,16,16,16", create="6,12,6,12",
                     accept="6,14,6,14", resplit="N,Y,N,Y")
    return variant.Log(stack.callback), stack


class Pooled(Checked):
    """A device of a type of a pool of the first or the second host, with these settings."""

    HOSTS = ({pool.OLD: "pool0", pool.NEW: "pool1"}, {pool.OLD: "pool2", pool.NEW: "pool3"})

    def __init__(self, stack, number, what):
        log, _ = pools()
        parent, kind, settings = what
        parent = self.HOSTS[number][parent]
        name = pool.create(stack.callback, parent, kind, **settings)
        super().__init__("mdev", name, log, pool.payload)
        self.type_handle = pool.type_handle(parent, kind)


def set_driver(stack, name, value, otherwise):
    """A parameter of the driver, for devices that are bound from now on."""
    addresses()
    path = f"/sys/module/{variant.NAME}/parameters/{name}"
    write(path, value)
    stack.callback(write, path, otherwise)


def without_p2p(stack):
    """Devices stop at once, so that no other device may still write to them."""
    set_driver(stack, "p2p", "0", "1")


def with_tracking(stack):
    """Their driver reports what devices have written to memory."""
    set_driver(stack, "track", "1", "0")


def load_bridge():
    load("vfio")
    run("modprobe", "vfio-pci")
