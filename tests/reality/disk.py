# SPDX-License-Identifier: GPL-2.0
"""Block devices. QEMU moves none that is behind vhost-vdpa, so a program is both the VMM
and the driver: it suspends the source, reads where its queue is, and goes on at the target
with what it has read of the source."""

import contextlib
import ctypes
import fcntl
import mmap
import os
import struct
import time

from realdev import vhost
from realdev.guest import Program, random_name, run
from realdev.vdpa import node_of

from .pairs import AS_BEFORE, BROKEN, REFUSED, Outcome, hold, judge
from .vm import Machine, Refused

GROUP = "vdpa-blk"
GET_BACKEND_FEATURES = 0x8008af26
SET_BACKEND_FEATURES = 0x4008af25
SUSPEND = 0xaf7d
BACKEND_MSG, BACKEND_SUSPEND = 1 << 1, 1 << 4
MSG_V2, UPDATE, READ_WRITE = 2, 2, 3
PAGES = 8
IN, OUT, FLUSH = 0, 1, 4
SECTOR = 512
PATIENCE = 5
RO_BIT = 1 << 5
# Those that the simulator offers and a driver need not accept.
OPTIONAL = {"SIZE_MAX": 1 << 1, "SEG_MAX": 1 << 2, "BLK_SIZE": 1 << 6, "FLUSH": 1 << 9,
            "TOPOLOGY": 1 << 10, "MQ": 1 << 12, "DISCARD": 1 << 13, "WRITE_ZEROES": 1 << 14,
            "ANY_LAYOUT": 1 << 27}
LEAST = 1 << 32 | 1 << 33


class Disk(vhost.User):
    """A block device in use, with one queue of which one request at a time is under way."""

    def __init__(self, node, taken=0):
        super().__init__(node)
        self.ring = mmap.mmap(-1, PAGES * mmap.PAGESIZE)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self.ring))
        self.offers = self.read(GET_BACKEND_FEATURES, "=Q") & (BACKEND_MSG | BACKEND_SUSPEND)
        self.write(SET_BACKEND_FEATURES, "=Q", self.offers)
        # Wherever the queue is, that many requests have been used.
        self.taken = taken
        self.kick = os.eventfd(0)

    def map(self):
        message = struct.pack("=IIQQQBB", MSG_V2, 0, self.address, PAGES * mmap.PAGESIZE,
                              self.address, READ_WRITE, UPDATE)
        os.write(self.fd, message.ljust(72, b"\0"))

    def start(self, accepted):
        """Start it with these features, its queue where it was."""
        self.map()
        self.status(vhost.ACKNOWLEDGE)
        self.status(vhost.DRIVER)
        self.write(vhost.SET_FEATURES, "=Q", accepted)
        self.status(vhost.FEATURES_OK)
        for offset in (mmap.PAGESIZE, 2 * mmap.PAGESIZE):
            struct.pack_into("=HH", self.ring, offset, 0, self.taken)
        self.set_queue(0)
        self.status(vhost.DRIVER_OK)

    def set_queue(self, index):
        """Where it is has to be told before it is enabled."""
        parts = (self.address + part * mmap.PAGESIZE for part in (0, 2, 1))
        self.write(vhost.SET_VRING_NUM, "=II", index, vhost.QUEUE_SIZE)
        self.write(vhost.SET_VRING_BASE, "=II", index, self.taken)
        self.write(vhost.SET_VRING_ADDR, "=IIQQQQ", index, 0, *parts, 0)
        self.write(vhost.SET_VRING_KICK, "=Ii", index, self.kick)
        self.write(vhost.SET_VRING_ENABLE, "=II", index, 1)

    def config(self, size=60):
        answer = bytearray(struct.pack("=II", 0, size) + bytes(size))
        fcntl.ioctl(self.fd, vhost.GET_CONFIG, answer)
        return bytes(answer[8:])

    def offered(self):
        return self.read(vhost.GET_FEATURES, "=Q")

    def request(self, kind, sector, data):
        """The status that the device gives a request, and what is in the buffer then."""
        head, buffer, status = (4 + part for part in range(3))
        self.ring[head * mmap.PAGESIZE:head * mmap.PAGESIZE + 16] = \
            struct.pack("=IIQ", kind, 0, sector)
        self.ring[buffer * mmap.PAGESIZE:buffer * mmap.PAGESIZE + len(data)] = data
        self.ring[status * mmap.PAGESIZE] = 0xff
        parts = [(head, 16, 0), (buffer, len(data), 0 if kind == OUT else 2), (status, 1, 2)]
        parts = [part for part in parts if part[1]]
        for index, (page, size, flags) in enumerate(parts):
            last = index == len(parts) - 1
            struct.pack_into("=QIHH", self.ring, 16 * index,
                             self.address + page * mmap.PAGESIZE, size,
                             flags | (0 if last else 1), 0 if last else index + 1)
        self.push()
        start = buffer * mmap.PAGESIZE
        return self.ring[status * mmap.PAGESIZE], self.ring[start:start + len(data)]

    def push(self):
        avail, used = mmap.PAGESIZE, 2 * mmap.PAGESIZE
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

    def close(self):
        self.reset()
        os.close(self.kick)
        super().close()


def seen_by(disk, accepted, capacity, data):
    """What a driver finds broken that has read the capacity and written the data."""
    found = []
    if disk.request(IN, 0, bytes(SECTOR)) != (0, data):
        found.append("data")
    if disk.request(OUT, 1, data)[0]:
        found.append("read-only")
    if disk.request(OUT, capacity - 1, data)[0] or \
       struct.unpack_from("<Q", disk.config())[0] != capacity:
        found.append("size")
    if accepted & OPTIONAL["FLUSH"] and disk.request(FLUSH, 0, b"")[0]:
        found.append("features")
    return found


def move(source, target, refused_bits):
    """Move a driver that does not accept some features."""
    with contextlib.ExitStack() as stack:
        disk = Disk(node_of(source))
        stack.callback(disk.close)
        accepted = disk.offered() & ~refused_bits
        disk.start(accepted)
        capacity, = struct.unpack_from("<Q", disk.config())
        data = os.urandom(SECTOR)
        try:
            if disk.offers & BACKEND_SUSPEND:
                assert disk.request(OUT, 0, data)[0] == 0
            taken = disk.suspend()
            moved = Disk(node_of(target), taken)
            stack.callback(moved.close)
            moved.start(accepted)
        except Refused as error:
            return Outcome(REFUSED, words=str(error))
        except OSError as error:
            return Outcome(REFUSED, words=f"vhost: {error.strerror}")
        found = seen_by(moved, accepted, capacity, data)
        return Outcome(BROKEN if found else AS_BEFORE, found)


def create(stack, program=None):
    """A device of the simulator, or of a program with so many sectors, read-only or not."""
    name = random_name("d")
    if program:
        sectors, features = program
        server = Program.script(stack.callback, "vduse.py", name, "2", str(LEAST | features),
                                struct.pack("<Q", sectors).ljust(60, b"\0").hex())
        assert server.line() == "ready"
        stack.callback(server.end)
    run("vdpa", "dev", "add", "name", name, "mgmtdev", "vduse" if program else "vdpasim_blk")
    stack.callback(run, "vdpa", "dev", "del", name)
    return name


def hold_pair(text, source=None, target=None, refused_bits=0):
    with contextlib.ExitStack() as stack:
        names = [create(stack, one) for one in (source, target)]
        verdict = judge(*(f"vdpa/{name}" for name in names))
        return hold(GROUP, text, verdict, move(*names, refused_bits))


def with_qemu():
    """What QEMU says when it is to move a machine that has such a device."""
    with contextlib.ExitStack() as stack:
        names = [create(stack) for _ in range(2)]
        verdict = judge(*(f"vdpa/{name}" for name in names))
        machine = Machine("-device", f"vhost-vdpa-device-pci,vhostdev={node_of(names[0])}")
        stack.callback(machine.close)
        try:
            machine.migrate("unix:/run/nobody")
            outcome = Outcome(AS_BEFORE)
        except Refused as error:
            outcome = Outcome(REFUSED, words=str(error))
        return hold(GROUP, "simulated, moved by QEMU", verdict, outcome)


def refusing(names):
    bits = sum(OPTIONAL[name] for name in names)
    text = f", driver rejects {' '.join(names)}" if names else ""
    return lambda: hold_pair(f"simulated{text}", refused_bits=bits)


def programs():
    small, large, locked = (2048, 0), (4096, 0), (2048, RO_BIT)
    for text, source, target in (("2048 sectors of a program -> the same", small, small),
                                 ("2048 -> 4096 sectors of a program", small, large),
                                 ("4096 -> 2048 sectors of a program", large, small),
                                 ("writable -> read-only, of a program", small, locked),
                                 ("read-only -> writable, of a program", locked, small)):
        yield lambda text=text, source=source, target=target: hold_pair(text, source, target)


def listed():
    yield with_qemu
    for names in ([], *([name] for name in OPTIONAL)):
        yield refusing(names)
    yield from programs()


def short():
    yield with_qemu
    for names in ([], ["FLUSH"], ["BLK_SIZE", "TOPOLOGY"], ["DISCARD", "WRITE_ZEROES"], ["MQ"]):
        yield refusing(names)
    yield from programs()


def drawn(rng, count):
    for _ in range(count):
        yield refusing(rng.sample(list(OPTIONAL), rng.randrange(2, len(OPTIONAL))))


def cases(pairs):
    for pair in pairs:
        yield lambda pair=pair: [pair()]
