# SPDX-License-Identifier: GPL-2.0
"""VFIO's own interface for migration: what the driver of a device offers, and the state of
a device, taken from its driver and given to another one. A mediated device needs no IOMMU
for that."""

import contextlib
import errno
import fcntl
import os
import struct

from ktap import equal

from .guest import named

VFIO_SET_IOMMU = 0x3b66
VFIO_GROUP_SET_CONTAINER = 0x3b68
VFIO_GROUP_GET_DEVICE_FD = 0x3b6a
VFIO_DEVICE_RESET = 0x3b6f
VFIO_DEVICE_GET_PCI_HOT_RESET_INFO = 0x3b70
VFIO_DEVICE_FEATURE = 0x3b75
TYPE1 = 1
GET, SET, PROBE = 1 << 16, 1 << 17, 1 << 18
MIGRATION, MIG_DEVICE_STATE, DMA_LOGGING_START = 1, 2, 6
# The flags of MIGRATION, by what vdev calls them.
FLAGS = {"stop-copy": 1, "p2p": 2, "pre-copy": 4}
STOP, STOP_COPY, RESUMING = 1, 3, 4
CHUNK = 1 << 16


class Device:
    """A device that a program has opened, as a virtual machine would."""

    def __init__(self, defer, name, bus="mdev"):
        group = os.path.basename(os.readlink(f"/sys/bus/{bus}/devices/{name}/iommu_group"))
        self.container = self.open(defer, "/dev/vfio/vfio")
        self.group = self.open(defer, f"/dev/vfio/{group}")
        fcntl.ioctl(self.group, VFIO_GROUP_SET_CONTAINER, struct.pack("i", self.container))
        fcntl.ioctl(self.container, VFIO_SET_IOMMU, TYPE1)
        # What is returned is the descriptor only if the argument can be changed.
        self.fd = fcntl.ioctl(self.group, VFIO_GROUP_GET_DEVICE_FD,
                              bytearray(name.encode() + b"\0"))
        defer(os.close, self.fd)

    @staticmethod
    def open(defer, path):
        fd = os.open(path, os.O_RDWR)
        defer(os.close, fd)
        return fd

    def feature(self, flags, size):
        """What VFIO_DEVICE_FEATURE fills in; None if the device has no such feature."""
        feature = bytearray(struct.pack("II", 8 + size, flags)) + bytearray(size)
        try:
            fcntl.ioctl(self.fd, VFIO_DEVICE_FEATURE, feature)
        except OSError as error:
            if error.errno != errno.ENOTTY:
                raise
            return None
        return bytes(feature[8:])

    def capabilities(self):
        """What the driver offers for a migration, as vdevctl names it."""
        offered = self.feature(GET | MIGRATION, 8)
        if offered is None:
            return []
        flags, = struct.unpack("Q", offered)
        names = [name for name, flag in FLAGS.items() if flags & flag]
        if self.feature(PROBE | SET | DMA_LOGGING_START, 0) is not None:
            names.append("dirty-tracking")
        return names

    def reset_set(self):
        """The addresses of the PCI devices that are reset with it."""
        buffer = bytearray(struct.pack("III", 1024, 0, 0)).ljust(1024, b"\0")
        fcntl.ioctl(self.fd, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, buffer)
        count, = struct.unpack_from("I", buffer, 8)
        found = (struct.unpack_from("IHBB", buffer, 12 + 8 * number) for number in range(count))
        return sorted(f"{domain:04x}:{bus:02x}:{devfn >> 3:02x}.{devfn & 7}"
                      for _, domain, bus, devfn in found)

    def enter(self, state):
        """Go to a state; the descriptor of what moves there, -1 if nothing does."""
        feature = bytearray(struct.pack("IIIi", 16, SET | MIG_DEVICE_STATE, state, -1))
        fcntl.ioctl(self.fd, VFIO_DEVICE_FEATURE, feature)
        return struct.unpack("IIIi", feature)[3]

    def save(self):
        """The state of the device."""
        fd = self.enter(STOP_COPY)
        with os.fdopen(fd, "rb", buffering=0) as stream:
            state = b"".join(iter(lambda: stream.read(CHUNK), b""))
        self.enter(STOP)
        return state

    def load(self, state):
        """Load it; the errno with which the driver rejects, 0 if it does not."""
        fd = self.enter(RESUMING)
        try:
            os.write(fd, state)
            self.enter(STOP)
        except OSError as error:
            # It waits for the rest of a state that will not come.
            fcntl.ioctl(self.fd, VFIO_DEVICE_RESET)
            return error.errno
        finally:
            os.close(fd)
        return 0


def capabilities(name, bus="mdev"):
    """What the driver of a device offers for its migration; nobody has it open."""
    with contextlib.ExitStack() as stack:
        return Device(stack.callback, name, bus).capabilities()


def compare(one):
    """What is reported of the migration of a device that is bound, against what a program
    that opens it is offered."""
    offered = capabilities(one["name"], one["bus"])
    equal("capabilities", one.get("capabilities", []), offered)
    equal("migration", one["migration"], "undeclared" if offered else "unsupported")
    blocker = named(one.get("blockers"), "no-vfio-migration")
    equal("blocker", blocker and blocker["flags"], None if offered else ["permanent"])
