# SPDX-License-Identifier: GPL-2.0
"""States of devices that are moved through VFIO's own interface: what their drivers say of
a state that they are given."""

import contextlib
import errno
import os

from realdev import variant, vfio

from .owned import PORTS, RUNNING, Function, Mediated
from .pairs import AS_BEFORE, BROKEN, REFUSED, Outcome, case, hold, judge

GROUP = "vfio"
PRE_COPY = 6
STOP_COPY_WAY, PRE_COPY_WAY = "stop-copy", "pre-copy"
WAYS = (STOP_COPY_WAY, PRE_COPY_WAY)
DISPLAY = "mdpy-vga"
SERIAL = [kind for kind in PORTS if kind != DISPLAY]
# What differs of a function; each is checked by its driver.
SETTINGS = [settings for settings, *_ in variant.PAIRS]


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


def load(target, state, expected):
    """Give a device the state; what happened."""
    code = target.device.load(state)
    if code:
        return Outcome(REFUSED, words=f"{errno.errorcode[code]} {target.said()}".strip())
    target.device.enter(RUNNING)
    return Outcome(AS_BEFORE) if target.seen() == expected else Outcome(BROKEN, ["data"])


def move(source, target, way, change):
    """Move the state of one device to another; change() is what happens on the way."""
    with contextlib.ExitStack() as stack:
        for one in (source, target):
            one.open(stack)
        if not all(one.device.capabilities() for one in (source, target)):
            return Outcome(REFUSED, words="the driver has no migration")
        expected = source.change()
        return load(target, change(save(source.device, way)), expected)


def create(stack, number, what):
    """A mediated device of a type, or a function with some settings."""
    return Mediated(stack, what) if isinstance(what, str) else Function(stack, number, what)


def text_of(what):
    if isinstance(what, str):
        return what
    changed = ", ".join(f"{name} {value:#x}" if name in ("accept", "capabilities") else
                        f"{name} {value}" for name, value in what.items())
    return f"function ({changed})" if changed else "function"


def hold_pair(pair, way=STOP_COPY_WAY, remark="", change=lambda state: state):
    with contextlib.ExitStack() as stack:
        devices = [create(stack, number, what) for number, what in enumerate(pair)]
        verdict = judge(*(one.handle for one in devices))
        outcome = move(*devices, way, change)
        if remark and outcome.truth == REFUSED:
            outcome.words = f"{remark}: {outcome.words}"
        text = f"{' -> '.join(text_of(what) for what in pair)} by {way}"
        return hold(GROUP, text + (f", {remark}" if remark else ""), verdict, outcome)


def cut(what, share, way=STOP_COPY_WAY):
    return case(hold_pair, (what, what), way, f"cut short to {share} percent",
                lambda state: state[:len(state) * share // 100])


def whole(source, target, way=STOP_COPY_WAY):
    return case(hold_pair, (source, target), way)


def listed():
    for source in SERIAL:
        for target in SERIAL:
            for way in WAYS:
                yield whole(source, target, way)
    for kind in SERIAL:
        yield whole(kind, DISPLAY)
        yield whole(DISPLAY, kind)
        for share in (10, 50, 99):
            yield cut(kind, share)
    yield cut(SERIAL[0], 50, PRE_COPY_WAY)
    yield whole(DISPLAY, DISPLAY)
    for settings in SETTINGS:
        yield whole({}, settings)
        if settings:
            yield whole(settings, {})
    for share in (0, 50, 99):
        yield cut({}, share)
    for kind in PORTS:
        yield whole(kind, {})
        yield whole({}, kind)


def short():
    yield whole("mtty-1", "mtty-1")
    yield whole("mtty-2", "mtty-2", PRE_COPY_WAY)
    yield whole("mtty-1", "mtty-2")
    yield whole("mtty-2", DISPLAY)
    yield cut("mtty-2", 50)
    yield whole("mtty-1", {})
    yield whole({}, "mtty-1")
    yield cut({}, 50)
    yield whole({}, {})
    yield whole({}, {"version": 3})
    yield whole({}, {"capabilities": 0x3})
    yield whole({"rate": 999}, {})


def random_settings(rng):
    return {name: value for settings in rng.choices(SETTINGS, k=2)
            for name, value in settings.items()}


def drawn(rng, count):
    for _ in range(count):
        kinds = rng.choices(SERIAL, k=2)
        yield rng.choice((whole(*kinds, rng.choice(WAYS)),
                          cut(kinds[0], rng.randrange(5, 100), rng.choice(WAYS)),
                          whole(random_settings(rng), random_settings(rng)),
                          whole(random_settings(rng), random_settings(rng))))
