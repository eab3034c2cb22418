# SPDX-License-Identifier: GPL-2.0
"""The state of a mediated device, taken from its driver and given to another one,
by VFIO's own interface for migration. A mediated device needs no IOMMU for that."""

import fcntl
import os
import struct

VFIO_SET_IOMMU = 0x3b66
VFIO_GROUP_SET_CONTAINER = 0x3b68
VFIO_GROUP_GET_DEVICE_FD = 0x3b6a
VFIO_DEVICE_RESET = 0x3b6f
VFIO_DEVICE_FEATURE = 0x3b75
TYPE1 = 1
SET, MIG_DEVICE_STATE = 1 << 17, 2
STOP, STOP_COPY, RESUMING = 1, 3, 4
CHUNK = 1 << 16


class Device:
    """A mediated device that a program has opened, as a virtual machine would."""

    def __init__(self, defer, name):
        group = os.path.basename(os.readlink(f"/sys/bus/mdev/devices/{name}/iommu_group"))
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
