# SPDX-License-Identifier: GPL-2.0
"""Block devices of the simulator and of a program. QEMU moves none that is behind
vhost-vdpa, so disk.py does: it stops the source, and goes on at the target with what its
driver knows of the source."""

import contextlib
import dataclasses
import os
import sys

from realdev.guest import TOP, Program, random_name, run
from realdev.vdpa import node_of

from . import block
from .disk import Disk, broken
from .pairs import AS_BEFORE, BROKEN, REFUSED, Outcome, Verdict, case, hold, judge
from .vm import Machine, Refused

GROUP = "vdpa-blk"
# Those that the simulator offers and a driver need not accept.
OPTIONAL = [name for name in block.BITS if name != "RO"]
ALL = block.LEAST | sum(block.BITS[name] for name in OPTIONAL)
FIELDS = {"capacity": 16384, "size-max": 8192, "seg-max": 8, "block-size": 512, "num-queues": 2,
          "max-discard-sectors": 256, "max-discard-seg": 4,
          "max-write-zeroes-sectors": 256, "max-write-zeroes-seg": 4}
# What a field may be instead, less and more.
OTHERS = {"capacity": (8192, 32768), "size-max": (4096, 16384), "seg-max": (4, 12),
          "block-size": (1024, 4096), "num-queues": (1, 4),
          "max-discard-sectors": (64, 512), "max-discard-seg": (2, 8),
          "max-write-zeroes-sectors": (64, 512), "max-write-zeroes-seg": (2, 8)}


class Simulated:
    """A device of the simulator: they are all alike, and share their data."""

    @staticmethod
    def create(_stack, name, _storage):
        run("vdpa", "dev", "add", "name", name, "mgmtdev", "vdpasim_blk")

    @staticmethod
    def text():
        return "simulated"


@dataclasses.dataclass(frozen=True)
class Drive:
    """A device of a program, and how it differs from one that has everything."""
    differs: tuple = ()
    lacks: frozenset = frozenset()
    read_only: bool = False

    def create(self, stack, name, storage):
        features = ALL & ~sum(block.BITS[bit] for bit in self.lacks)
        features |= block.BITS["RO"] if self.read_only else 0
        config = block.pack({**FIELDS, **dict(self.differs)})
        program = Program(stack.callback, sys.executable, f"{TOP}/tests/reality/drive.py", name,
                          str(features), config.hex(), storage)
        assert program.line() == "ready"
        stack.callback(program.end)
        run("vdpa", "dev", "add", "name", name, "mgmtdev", "vduse")

    def text(self):
        words = [f"{name} {value}" for name, value in self.differs]
        words += [f"without {' '.join(sorted(self.lacks))}"] if self.lacks else []
        words += ["read-only"] if self.read_only else []
        return f"a program's{', ' if words else ''}{', '.join(words)}"


def create(stack, kind, storage):
    name = random_name("d")
    kind.create(stack, name, storage)
    stack.callback(run, "vdpa", "dev", "del", name)
    return name


def use(stack, name, taken=0):
    disk = Disk(node_of(name), taken)
    stack.callback(disk.close)
    return disk


def move(names, refused_bits, idle):
    """Move a driver that does not accept some features. If it is idle, its device is stopped
    even if it cannot be suspended."""
    with contextlib.ExitStack() as stack:
        source = use(stack, names[0])
        known = source.known(refused_bits)
        source.start(known)
        size = known.field("block-size", "BLK_SIZE", block.SECTOR)
        data = os.urandom(size)
        if block.has(known.offered, "RO"):
            data = source.request(block.IN, 0, bytes(size))[1]
        else:
            assert source.request(block.OUT, 0, data)[0] == block.OK
        found = broken(source, known, data)
        assert not found, f"before it is moved: {found}"
        try:
            target = use(stack, names[1], source.stop_idle() if idle else source.suspend())
            target.start(known)
        except Refused as error:
            return Outcome(REFUSED, words=str(error))
        except OSError as error:
            return Outcome(REFUSED, words=f"vhost: {error.strerror}")
        found = broken(target, known, data)
        return Outcome(BROKEN if found else AS_BEFORE, found)


def is_of_suspending(finding):
    return finding.get("name") == "no-suspend" or finding["field"] == "migration"


def if_idle(verdict):
    """The verdict but for what is said of suspending the device."""
    failures = [one for one in verdict.failures if not is_of_suspending(one)]
    return Verdict("incompatible" if failures else "compatible", failures)


@contextlib.contextmanager
def storage_file():
    path = f"/run/{random_name('storage')}"
    with open(path, "wb") as file:
        file.truncate(max(OTHERS["capacity"]) * block.SECTOR)
    try:
        yield path
    finally:
        os.unlink(path)


def hold_pair(source, target, refused=(), idle=False):
    text = f"{source.text()} -> {target.text()}"
    text += f", driver rejects {' '.join(refused)}" if refused else ""
    text += ", stopped while idle" if idle else ""
    with contextlib.ExitStack() as stack:
        storage = stack.enter_context(storage_file())
        names = [create(stack, one, storage) for one in (source, target)]
        verdict = judge(*(f"vdpa/{name}" for name in names))
        outcome = move(names, sum(block.BITS[name] for name in refused), idle)
    return hold(GROUP, text, if_idle(verdict) if idle else verdict, outcome)


def with_qemu():
    """What QEMU says when it is to move a machine that has such a device."""
    with contextlib.ExitStack() as stack:
        names = [create(stack, Simulated, None) for _ in range(2)]
        verdict = judge(*(f"vdpa/{name}" for name in names))
        machine = Machine("-device", f"vhost-vdpa-device-pci,vhostdev={node_of(names[0])}")
        stack.callback(machine.close)
        try:
            machine.migrate("unix:/run/nobody")
            outcome = Outcome(AS_BEFORE)
        except Refused as error:
            outcome = Outcome(REFUSED, words=str(error))
        return hold(GROUP, "simulated, moved by QEMU", verdict, outcome)


def refusing(*names):
    return case(hold_pair, Simulated, Simulated, names)


def while_idle(source, target):
    return case(hold_pair, source, target, idle=True)


def there_and_back(other):
    """From a device that has everything to another one, and back."""
    yield while_idle(Drive(), other)
    yield while_idle(other, Drive())


def listed():
    yield case(with_qemu)
    for names in ([], *([name] for name in OPTIONAL)):
        yield refusing(*names)
    yield case(hold_pair, Drive(), Drive())
    yield case(hold_pair, Drive(), Drive((("capacity", 32768),)))
    yield while_idle(Drive(), Drive())
    yield while_idle(Drive(read_only=True), Drive(read_only=True))
    yield from there_and_back(Drive(read_only=True))
    for name in OPTIONAL:
        yield from there_and_back(Drive(lacks=frozenset([name])))
    for name, values in OTHERS.items():
        for value in values:
            yield from there_and_back(Drive(((name, value),)))


def short():
    yield case(with_qemu)
    yield refusing()
    yield refusing("BLK_SIZE", "TOPOLOGY", "DISCARD", "WRITE_ZEROES", "MQ")
    yield case(hold_pair, Drive(), Drive())
    yield while_idle(Drive(), Drive())
    yield while_idle(Drive(), Drive(read_only=True))
    yield while_idle(Drive(), Drive((("capacity", 32768),)))
    yield from there_and_back(Drive((("max-discard-sectors", 64),)))


def random_drive(rng, near):
    """One that differs in up to two things from another one."""
    differs, lacks = dict(near.differs), set(near.lacks)
    for name in rng.sample([*OTHERS, *OPTIONAL], rng.randrange(3)):
        if name in OTHERS:
            differs[name] = rng.choice((FIELDS[name], *OTHERS[name]))
        else:
            lacks ^= {name}
    return Drive(tuple(sorted(differs.items())), frozenset(lacks))


def drawn(rng, count):
    for _ in range(count):
        source = random_drive(rng, Drive())
        names = rng.sample(OPTIONAL, rng.randrange(2, len(OPTIONAL)))
        yield rng.choice((refusing(*names), while_idle(source, random_drive(rng, source))))
