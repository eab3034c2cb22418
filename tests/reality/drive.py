#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: drive.py NAME FEATURES CONFIG STORAGE

A block device of a program (VDUSE) that serves its first queue until the end of the input.
What it offers it means: whatever goes beyond a limit fails, as with hardware."""

import collections
import contextlib
import fcntl
import mmap
import os
import select
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# pylint: disable=wrong-import-position
from realdev import vduse
from reality import block

IOTLB_GET_FD = 0xc0208110
VQ_GET_INFO = 0xc0308115
VQ_SETUP_KICKFD = 0x40088116
GET_VQ_STATE, SET_STATUS = 0, 1
DRIVER_OK = 4
ENTRY = struct.Struct("=QQQB7x")
INFO = struct.Struct("=IIQQQH6xB7x")
DESC = struct.Struct("=QIHH")
NEXT = 1
READ_ONLY = 1

Queue = collections.namedtuple("Queue", "size desc avail used")


class Memory:
    """The memory of the driver, as far as it was asked for."""

    def __init__(self, fd):
        self.fd, self.regions = fd, {}

    def find(self, address):
        """The region of an address, and where it is in that."""
        for start, region in self.regions.items():
            if start <= address < start + len(region):
                return region, address - start
        entry = bytearray(ENTRY.pack(0, address, address, 0))
        fd = fcntl.ioctl(self.fd, IOTLB_GET_FD, entry)
        offset, start, last, access = ENTRY.unpack(entry)
        prot = mmap.PROT_READ | (0 if access == READ_ONLY else mmap.PROT_WRITE)
        self.regions[start] = mmap.mmap(fd, last + 1 - start, prot=prot, offset=offset)
        os.close(fd)
        return self.find(address)

    def read(self, address, size):
        region, at = self.find(address)
        return region[at:at + size]

    def write(self, address, data):
        region, at = self.find(address)
        region[at:at + len(data)] = data

    def number(self, address):
        return struct.unpack("=H", self.read(address, 2))[0]


class Drive(vduse.Device):
    """The device, its queue, and the file that it keeps its data in."""

    def __init__(self, name, features, config, storage):
        self.features, self.fields = features, block.unpack(config)
        queues = self.fields["num-queues"] if block.has(features, "MQ") else 1
        super().__init__(name, block.ID, features, config, queues)
        self.storage = os.open(storage, os.O_RDWR)
        self.kick = os.eventfd(0, os.EFD_NONBLOCK)
        self.memory, self.queue, self.taken = None, None, 0

    def reply(self, kind, body):
        if kind == GET_VQ_STATE:
            return body[:4] + struct.pack("=H", self.taken)
        if kind == SET_STATUS and body[0] & DRIVER_OK:
            self.start()
        elif kind == SET_STATUS and not body[0]:
            self.queue = None
        return b""

    def start(self):
        info = bytearray(INFO.size)
        fcntl.ioctl(self.fd, VQ_GET_INFO, info)
        _, size, desc, avail, used, self.taken, ready = INFO.unpack(info)
        assert ready
        self.memory, self.queue = Memory(self.fd), Queue(size, desc, avail, used)
        fcntl.ioctl(self.fd, VQ_SETUP_KICKFD, struct.pack("=Ii", 0, self.kick))

    def serve(self):
        """Do what is to be done."""
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self.kick)
        while self.queue and self.taken != self.memory.number(self.queue.avail + 2):
            slot = self.taken % self.queue.size
            head = self.memory.number(self.queue.avail + 4 + 2 * slot)
            self.perform(self.chain(head))
            self.taken = (self.taken + 1) & 0xffff
            self.memory.write(self.queue.used + 4 + 8 * slot, struct.pack("=II", head, 1))
            self.memory.write(self.queue.used + 2, struct.pack("=H", self.taken))

    def chain(self, index):
        """Address and size of each part of a request."""
        parts, flags = [], NEXT
        while flags & NEXT:
            entry = self.memory.read(self.queue.desc + DESC.size * index, DESC.size)
            address, size, flags, index = DESC.unpack(entry)
            parts.append((address, size))
        return parts

    def perform(self, parts):
        (head, _), *parts, (status, _) = parts
        kind, sector = struct.unpack("=I4xQ", self.memory.read(head, 16))
        if kind in (block.IN, block.OUT):
            result = self.transfer(kind, sector, parts)
        elif kind == block.DISCARD:
            result = self.clear("DISCARD", "max-discard", parts)
        elif kind == block.WRITE_ZEROES:
            result = self.clear("WRITE_ZEROES", "max-write-zeroes", parts)
        else:
            result = block.OK if kind == block.FLUSH and block.has(self.features, "FLUSH") \
                else block.UNSUPPORTED
        self.memory.write(status, bytes([result]))

    def fits(self, sector, size):
        """Is it on the device, and in whole blocks?"""
        unit = self.fields["block-size"] if block.has(self.features, "BLK_SIZE") else block.SECTOR
        return (sector * block.SECTOR % unit == 0 and size % unit == 0 and
                sector * block.SECTOR + size <= self.fields["capacity"] * block.SECTOR)

    def transfer(self, kind, sector, parts):
        limits = [(len(parts), "SEG_MAX", "seg-max"),
                  (max(size for _, size in parts), "SIZE_MAX", "size-max")]
        if not self.fits(sector, sum(size for _, size in parts)) or \
           any(block.has(self.features, bit) and number > self.fields[name]
               for number, bit, name in limits) or \
           kind == block.OUT and block.has(self.features, "RO"):
            return block.IOERR
        at = sector * block.SECTOR
        for address, size in parts:
            if kind == block.IN:
                self.memory.write(address, os.pread(self.storage, size, at))
            else:
                os.pwrite(self.storage, self.memory.read(address, size), at)
            at += size
        return block.OK

    def clear(self, bit, limit, parts):
        """Discard, or write zeroes: the ranges that the parts list."""
        if not block.has(self.features, bit):
            return block.UNSUPPORTED
        data = b"".join(self.memory.read(*part) for part in parts)
        ranges = list(block.RANGE.iter_unpack(data))
        if block.has(self.features, "RO") or len(ranges) > self.fields[f"{limit}-seg"] or \
           not all(count <= self.fields[f"{limit}-sectors"] and
                   self.fits(sector, count * block.SECTOR) for sector, count, _ in ranges):
            return block.IOERR
        for sector, count, _ in ranges:
            os.pwrite(self.storage, bytes(count * block.SECTOR), sector * block.SECTOR)
        return block.OK


def main(name, features, config, storage):
    drive = Drive(name, int(features), bytes.fromhex(config), storage)
    print("ready", flush=True)
    while sys.stdin not in (found := select.select([drive.fd, drive.kick, sys.stdin], [], [])[0]):
        if drive.fd in found:
            drive.answer()
        drive.serve()
    drive.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
