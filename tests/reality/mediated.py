# SPDX-License-Identifier: GPL-2.0
"""Mediated devices, moved through VFIO's own interface: what their drivers say of a state
that they are given."""

import contextlib
import errno
import os
import uuid

from realdev import vfio
from realdev.guest import write

from .pairs import AS_BEFORE, BROKEN, REFUSED, Outcome, hold, judge

GROUP = "vfio"
RUNNING, PRE_COPY = 2, 6
# The scratch register of each serial port; a device of mtty-N has N, each in a region.
SCRATCH = 7
PORTS = {"mtty-1": 1, "mtty-2": 2}
STOP_COPY_WAY, PRE_COPY_WAY = "stop-copy", "pre-copy"


def create(stack, kind):
    """A device of a type; it is removed with the stack."""
    parent = kind.split("-", maxsplit=1)[0]
    name = str(uuid.uuid4())
    write(f"/sys/class/mdev_bus/{parent}/mdev_supported_types/{kind}/create", name)
    stack.callback(write, f"/sys/bus/mdev/devices/{name}/remove", "1")
    return name


def drain(fd):
    """What can be read; a driver ends its first part with ENOMSG."""
    state = b""
    with contextlib.suppress(OSError):
        while more := os.read(fd, vfio.CHUNK):
            state += more
    return state


def save(device, way):
    """The state of a running device."""
    if way == STOP_COPY_WAY:
        return device.save()
    fd = device.enter(PRE_COPY)
    state = drain(fd)
    device.enter(vfio.STOP_COPY)
    state += drain(fd)
    os.close(fd)
    device.enter(vfio.STOP)
    return state


def scratch(kind):
    return [(port << 40) + SCRATCH for port in range(PORTS.get(kind, 0))]


def load(device, kind, state, values):
    """Give it the state; what happened."""
    code = device.load(state)
    if code:
        return Outcome(REFUSED, words=f"write: {errno.errorcode[code]}")
    device.enter(RUNNING)
    found = [os.pread(device.fd, 1, at) for at in scratch(kind)]
    return Outcome(AS_BEFORE) if found == values else Outcome(BROKEN, ["data"])


def move(stack, kinds, names, way, change):
    """Move the state of one device to another; change() is what happens on the way."""
    source, target = (vfio.Device(stack.callback, name) for name in names)
    values = []
    for at in scratch(kinds[0]):
        values.append(os.urandom(1))
        os.pwrite(source.fd, values[-1], at)
    for device in (source, target):
        if not device.capabilities():
            return Outcome(REFUSED, words="the driver has no migration")
    return load(target, kinds[1], change(save(source, way)), values)


def hold_pair(kinds, way=STOP_COPY_WAY, remark="", change=lambda state: state):
    with contextlib.ExitStack() as stack:
        names = [create(stack, kind) for kind in kinds]
        verdict = judge(*(f"mdev/{name}" for name in names))
        outcome = move(stack, kinds, names, way, change)
        if remark and outcome.truth == REFUSED:
            outcome.words = f"{remark}: {outcome.words}"
        text = f"{' -> '.join(kinds)} by {way}" + (f", {remark}" if remark else "")
        return hold(GROUP, text, verdict, outcome)


def cut(kind, share, way=STOP_COPY_WAY):
    return lambda: hold_pair((kind, kind), way, f"cut short to {share} percent",
                             lambda state: state[:len(state) * share // 100])


def whole(source, target, way):
    return lambda: hold_pair((source, target), way)


def listed():
    for source in PORTS:
        for target in PORTS:
            for way in (STOP_COPY_WAY, PRE_COPY_WAY):
                yield whole(source, target, way)
    for kind in PORTS:
        yield whole(kind, "mdpy-vga", STOP_COPY_WAY)
        yield whole("mdpy-vga", kind, STOP_COPY_WAY)
        for share in (10, 50, 99):
            yield cut(kind, share)
    yield whole("mdpy-vga", "mdpy-vga", STOP_COPY_WAY)


def short():
    yield from list(listed())[:12]


def drawn(rng, count):
    for _ in range(count):
        kinds = rng.choices(list(PORTS), k=2)
        yield rng.choice((whole(*kinds, rng.choice((STOP_COPY_WAY, PRE_COPY_WAY))),
                          cut(kinds[0], rng.randrange(5, 100))))


def cases(pairs):
    for pair in pairs:
        yield lambda pair=pair: [pair()]
