# SPDX-License-Identifier: GPL-2.0
"""A program that uses a vdpa device through vhost, as QEMU does.

    vhost.py open NODE      opens the device, and closes it at the end of the input
    vhost.py churn NODE     sets it up and resets it until the end of the input, and
                            prints how often it did
"""

import ctypes
import fcntl
import mmap
import os
import select
import struct
import sys

SET_OWNER = 0xaf01
GET_FEATURES = 0x8008af00
SET_FEATURES = 0x4008af00
SET_VRING_NUM = 0x4008af10
SET_VRING_ADDR = 0x4028af11
SET_VRING_BASE = 0x4008af12
GET_VRING_BASE = 0xc008af12
SET_VRING_KICK = 0x4008af20
SET_VRING_CALL = 0x4008af21
GET_DEVICE_ID = 0x8004af70
GET_STATUS = 0x8001af71
SET_STATUS = 0x4001af72
GET_CONFIG = 0x8008af73
SET_VRING_ENABLE = 0x4008af75
GET_VRING_NUM = 0x8002af76
GET_VQS_COUNT = 0x8004af80

ACKNOWLEDGE, DRIVER, DRIVER_OK, FEATURES_OK = 1, 2, 4, 8
ACCESS_PLATFORM = 1 << 33
QUEUE_SIZE = 16


class User:
    """A device that is in use; reset() and close() end that."""

    def __init__(self, node):
        self.fd = os.open(node, os.O_RDWR)
        fcntl.ioctl(self.fd, SET_OWNER)
        self.ring = mmap.mmap(-1, 4 * mmap.PAGESIZE)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self.ring))

    def close(self):
        os.close(self.fd)

    def read(self, request, form, *prefix):
        """Ask for a structure; its last value."""
        answer = bytearray(struct.pack(form, *prefix, *[0] * (len(form) - 1 - len(prefix))))
        fcntl.ioctl(self.fd, request, answer)
        return struct.unpack(form, answer)[-1]

    def write(self, request, form, *values):
        fcntl.ioctl(self.fd, request, struct.pack(form, *values))

    def status(self, bits):
        """Add bits to the status."""
        self.write(SET_STATUS, "=B", self.read(GET_STATUS, "=B") | bits)

    def negotiate(self, wanted=~0):
        """Accept what is wanted of what is offered; what that is."""
        self.status(ACKNOWLEDGE)
        self.status(DRIVER)
        features = self.read(GET_FEATURES, "=Q") & wanted
        self.write(SET_FEATURES, "=Q", features)
        self.status(FEATURES_OK)
        return features

    def set_queue(self, index):
        parts = (self.address + part * mmap.PAGESIZE for part in (0, 2, 1))
        self.write(SET_VRING_NUM, "=II", index, QUEUE_SIZE)
        self.write(SET_VRING_BASE, "=II", index, 0)
        self.write(SET_VRING_ADDR, "=IIQQQQ", index, 0, *parts, 0)
        self.write(SET_VRING_CALL, "=Ii", index, -1)
        self.write(SET_VRING_ENABLE, "=II", index, 1)

    def set_up(self, wanted=~0):
        """All that a driver does until the device runs; the features."""
        features = self.negotiate(wanted)
        assert self.read(GET_VRING_NUM, "=H") >= QUEUE_SIZE
        for index in range(self.read(GET_VQS_COUNT, "=I")):
            self.set_queue(index)
        self.status(DRIVER_OK)
        return features

    def pause(self):
        """What is asked of a device that runs, before its state moves."""
        for index in range(self.read(GET_VQS_COUNT, "=I")):
            self.read(GET_VRING_BASE, "=II", index)

    def reset(self):
        self.write(SET_STATUS, "=B", 0)


def ended(seconds=0):
    """Is the standard input at its end, now or within a time?"""
    return bool(select.select([sys.stdin], [], [], seconds)[0])


def run_open(node):
    print("opening", flush=True)
    user = User(node)
    print("open", flush=True)
    sys.stdin.read()
    user.close()


def run_churn(node):
    """A device is set up and taken down most of the time, and runs for the rest."""
    times = 0
    user = User(node)
    print("open", flush=True)
    while not ended():
        user.set_up()
        times += 1
        if ended(0.1 * (times % 4)):
            break
        user.pause()
        user.reset()
    user.close()
    print(times, flush=True)


if __name__ == "__main__":
    {"open": run_open, "churn": run_churn}[sys.argv[1]](sys.argv[2])
