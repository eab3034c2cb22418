# SPDX-License-Identifier: GPL-2.0
"""A block device in use, through vhost: this program is both the VMM and the driver. What
the driver has read at the start stays what it knows."""

import ctypes
import dataclasses
import fcntl
import mmap
import os
import struct
import time

from realdev import vhost

from . import block
from .vm import Refused

GET_BACKEND_FEATURES = 0x8008af26
SET_BACKEND_FEATURES = 0x4008af25
SUSPEND = 0xaf7d
BACKEND_MSG, BACKEND_SUSPEND = 1 << 1, 1 << 4
MSG_V2, UPDATE, READ_WRITE = 2, 2, 3
# Three of the queue, one for the head of a request, one for its status, and its data.
AVAIL, USED, HEAD, STATUS, DATA, PAGES = 1, 2, 3, 4, 5, 37
MOST_DATA = (PAGES - DATA) * mmap.PAGESIZE
# A request has a head and a status, too.
MOST_SEGMENTS = vhost.QUEUE_SIZE - 2
DESC_NEXT, DESC_WRITE = 1, 2
PATIENCE = 60


@dataclasses.dataclass
class Known:
    """What a driver knows of its device: the features that were offered, those that it has
    accepted, and the fields of the configuration."""
    offered: int
    accepted: int
    fields: dict

    def field(self, name, bit, without=None):
        """A field, or what a driver assumes that has not accepted the feature."""
        return self.fields[name] if block.has(self.accepted, bit) else without


class Disk(vhost.User):
    """The device, with one queue of which one request at a time is under way. Wherever the
    queue is, so many requests have been used."""

    def __init__(self, node, taken=0):
        super().__init__(node)
        self.ring = mmap.mmap(-1, PAGES * mmap.PAGESIZE)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self.ring))
        self.offers = self.read(GET_BACKEND_FEATURES, "=Q") & (BACKEND_MSG | BACKEND_SUSPEND)
        self.write(SET_BACKEND_FEATURES, "=Q", self.offers)
        self.taken = taken
        self.kick = os.eventfd(0)

    def map(self):
        message = struct.pack("=IIQQQBB", MSG_V2, 0, self.address, PAGES * mmap.PAGESIZE,
                              self.address, READ_WRITE, UPDATE)
        os.write(self.fd, message.ljust(72, b"\0"))

    def known(self, refused_bits):
        """What a driver knows that does not accept some features."""
        offered = self.read(vhost.GET_FEATURES, "=Q")
        return Known(offered, offered & ~refused_bits, block.unpack(self.config()))

    def start(self, known):
        """Start it for a driver, its queue where it was. As QEMU does, what was accepted is
        compared with what is offered."""
        lacking = known.accepted & ~self.read(vhost.GET_FEATURES, "=Q")
        if lacking:
            raise Refused(f"features {lacking:#x} are not offered")
        self.map()
        self.status(vhost.ACKNOWLEDGE)
        self.status(vhost.DRIVER)
        self.write(vhost.SET_FEATURES, "=Q", known.accepted)
        self.status(vhost.FEATURES_OK)
        for page in (AVAIL, USED):
            struct.pack_into("=HH", self.ring, page * mmap.PAGESIZE, 0, self.taken)
        for index in range(known.field("num-queues", "MQ", 1)):
            self.set_queue(index)
        self.status(vhost.DRIVER_OK)

    def set_queue(self, index):
        """Its addresses are set before it is enabled. Only the first one is used."""
        parts = (self.address + page * mmap.PAGESIZE for page in (0, USED, AVAIL))
        self.write(vhost.SET_VRING_NUM, "=II", index, vhost.QUEUE_SIZE)
        self.write(vhost.SET_VRING_BASE, "=II", index, self.taken)
        self.write(vhost.SET_VRING_ADDR, "=IIQQQQ", index, 0, *parts, 0)
        if index == 0:
            self.write(vhost.SET_VRING_KICK, "=Ii", index, self.kick)
        self.write(vhost.SET_VRING_ENABLE, "=II", index, 1)

    def config(self, size=block.LAYOUT.size):
        answer = bytearray(struct.pack("=II", 0, size) + bytes(size))
        fcntl.ioctl(self.fd, vhost.GET_CONFIG, answer)
        return bytes(answer[8:])

    def request(self, kind, sector, data, segments=1):
        """The status that the device gives a request, and what is in the buffer then. The
        data is in so many segments."""
        self.put(HEAD, struct.pack("=IIQ", kind, 0, sector))
        self.put(DATA, data)
        self.put(STATUS, b"\xff")
        start, size = DATA * mmap.PAGESIZE, len(data) // segments
        flags = DESC_WRITE if kind == block.IN else 0
        parts = [(HEAD * mmap.PAGESIZE, 16, 0)]
        parts += [(start + size * part, size, flags) for part in range(segments) if size]
        parts += [(STATUS * mmap.PAGESIZE, 1, DESC_WRITE)]
        for index, (at, length, flags) in enumerate(parts):
            last = index == len(parts) - 1
            struct.pack_into("=QIHH", self.ring, 16 * index, self.address + at, length,
                             flags | (0 if last else DESC_NEXT), 0 if last else index + 1)
        self.push()
        return self.ring[STATUS * mmap.PAGESIZE], self.ring[start:start + len(data)]

    def put(self, page, data):
        self.ring[page * mmap.PAGESIZE:page * mmap.PAGESIZE + len(data)] = data

    def push(self):
        avail, used = AVAIL * mmap.PAGESIZE, USED * mmap.PAGESIZE
        struct.pack_into("=H", self.ring, avail + 4 + 2 * (self.taken % vhost.QUEUE_SIZE), 0)
        self.taken = (self.taken + 1) & 0xffff
        struct.pack_into("=H", self.ring, avail + 2, self.taken)
        os.eventfd_write(self.kick, 1)
        deadline = time.monotonic() + PATIENCE
        while struct.unpack_from("=H", self.ring, used + 2)[0] != self.taken:
            assert time.monotonic() < deadline, "a request that is never used"
            time.sleep(0.002)

    def suspend(self):
        """Stop it; where its queue is. Refused if it cannot be stopped."""
        if not self.offers & BACKEND_SUSPEND:
            raise Refused("the device cannot be suspended")
        fcntl.ioctl(self.fd, SUSPEND)
        return self.read(vhost.GET_VRING_BASE, "=II", 0)

    def stop_idle(self):
        """Stop it without that. The driver knows that all of its requests have been used."""
        self.reset()
        return self.taken

    def close(self):
        self.reset()
        os.close(self.kick)
        super().close()


def cleared(known, name):
    """The ranges of the largest request to discard, or to write zeroes, in the second half of
    the device; None if the driver sends none."""
    bit, limit = name.upper().replace("-", "_"), f"max-{name}"
    sectors, ranges = (known.field(f"{limit}-{what}", bit) for what in ("sectors", "seg"))
    if not sectors:
        return None
    half = known.fields["capacity"] // 2
    ranges = min(ranges, 16)
    sectors = min(sectors, half // ranges)
    return b"".join(block.RANGE.pack(half + sectors * number, sectors, 0)
                    for number in range(ranges))


def broken(disk, known, data):
    """What a driver finds broken that knows the device so, and the data at its beginning."""
    unit = known.field("block-size", "BLK_SIZE", block.SECTOR)
    capacity, second = known.fields["capacity"], unit // block.SECTOR
    segments = min(known.field("seg-max", "SEG_MAX", MOST_SEGMENTS), MOST_SEGMENTS)
    largest = min(known.field("size-max", "SIZE_MAX", MOST_DATA), MOST_DATA)
    now = block.unpack(disk.config())

    def fails(kind, sector, data=b"", segments=1):
        return disk.request(kind, sector, data, segments)[0] != block.OK
    tests = {"data": disk.request(block.IN, 0, bytes(len(data))) != (block.OK, data),
             "size": now["capacity"] != capacity or
                     fails(block.IN, capacity - second, bytes(unit)),
             "block-size": block.has(known.accepted, "BLK_SIZE") and now["block-size"] != unit,
             "limits": fails(block.IN, 0, bytes(segments * unit), segments) or
                       fails(block.IN, 0, bytes(largest))}
    if not block.has(known.offered, "RO"):
        tests["read-only"] = fails(block.OUT, second, bytes(unit))
        for name, kind in (("discard", block.DISCARD), ("write-zeroes", block.WRITE_ZEROES)):
            ranges = cleared(known, name)
            tests[name] = ranges is not None and fails(kind, 0, ranges)
    tests["flush"] = block.has(known.accepted, "FLUSH") and fails(block.FLUSH, 0)
    return [what for what, found in tests.items() if found]
