# SPDX-License-Identifier: GPL-2.0
"""A VFIO driver that declares which states it loads (tests/modules/variant*.c), held against
what it then does with states: each thing that it checks differs in turn."""

import contextlib
import errno
import json
import os
import struct

from ktap import Skip, equal

from . import pci, vf, vfio
from .events import Watched, gone, new
from .guest import (TEST_MODULES, dev, eventually, info, load, loaded, named, run, shown,
                    write)
from .profiles import GOOD, UNDECLARED

NAME = "vdev_test_variant"
# The same driver in a kernel without vdev.
OFF = "vdev_test_variant_off"
ALIKE = {"version": 2, "accept": 0b110, "queues": 4, "capabilities": 0x7, "rate": 1000}
STATE = struct.Struct("<QIIQQQ")

# What differs of a second device; what of a state the second one rejects of the first, and
# what the first one of the second.
PAIRS = [
    ({}, None, None),
    ({"version": 1}, None, None),
    ({"version": 3}, None, "software-version"),
    ({"version": 3, "accept": 0b1110}, None, "software-version"),
    ({"version": 3, "accept": 0b1000}, "software-version", "software-version"),
    ({"version": 1, "accept": 0}, "software-version", None),
    ({"queues": 3}, "queues", "queues"),
    ({"queues": 5}, "queues", "queues"),
    ({"capabilities": 0x3}, "capabilities", None),
    ({"capabilities": 0xf}, None, "capabilities"),
    ({"capabilities": 0xe}, "capabilities", "capabilities"),
    ({"rate": 999}, "rate", None),
    ({"rate": 1001}, None, "rate"),
]


def with_driver(defer, name=NAME):
    if not os.path.exists(f"{TEST_MODULES}/{name}.ko"):
        raise Skip("the driver is not built")
    if name == NAME:
        load()
    run("modprobe", "vfio-pci-core")
    run("insmod", f"{TEST_MODULES}/{name}.ko")
    defer(run, "rmmod", name)


def configure(name=NAME, **settings):
    """Of devices that are bound from now on."""
    for key, value in {**ALIKE, **settings}.items():
        write(f"/sys/module/{name}/parameters/{key}", str(value))


def bind(address, name=NAME, **settings):
    vf.unbind(address)
    configure(name, **settings)
    vf.bind(address, name)


def check(source, target):
    answer, = json.loads(run("vdevctl", "-j", "check", f"pci/{source}", f"pci/{target}",
                             check=False))["check"]
    return answer


def judge(source, target):
    """The verdict, and what is wrong, by name."""
    answer = check(source, target)
    return answer["verdict"], [one.get("name", one["field"]) for one in answer["findings"]
                               if one["result"] == "fail"]


def blockers(address):
    """What a check says of them, for whoever moves from or to this device."""
    return sorted(one["code"] for one in check(address, address)["findings"]
                  if one["field"] == "blocker")


class Log:
    """What the driver says when it rejects a state."""

    def __init__(self, defer):
        self.file = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
        defer(os.close, self.file)
        os.lseek(self.file, 0, os.SEEK_END)

    def rejected(self):
        """Of what it has rejected since the last call."""
        found = []
        with contextlib.suppress(BlockingIOError):
            while True:
                line = os.read(self.file, 8192).decode().splitlines()[0]
                found += line.partition("rejected a state: ")[2].split()
        return found


def payload(state):
    return STATE.unpack(state)[-1]


def moves(log, state, target):
    """Load a state, as a machine does that is moved; what was rejected, None if nothing."""
    error = target.load(state)
    rejected = log.rejected()
    equal("the driver says why", len(rejected), int(error != 0))
    if error:
        return rejected[0]
    equal("what was loaded", payload(target.save()), payload(state))
    return None


def compare(log, devices, source, target):
    """Of a pair, the verdict and what the driver does; what of the state it rejects."""
    verdict, wrong = judge(source, target)
    rejected = moves(log, devices[source].save(), devices[target])
    equal("compatible if it loads", verdict in GOOD, rejected is None)
    equal("wrong", wrong, [rejected] if rejected else [])
    return rejected


def loads_as_declared(defer):
    """A state is loaded just if the check says so, and what is rejected is what it names"""
    first, second = pci.functions(defer, 2)
    with_driver(defer)
    bind(first)
    log = Log(defer)
    for settings, there, back in PAIRS:
        bind(second, **settings)
        with contextlib.ExitStack() as stack:
            devices = {name: vfio.Device(stack.callback, name, "pci") for name in (first, second)}
            equal(f"to {settings}", compare(log, devices, first, second), there)
            equal(f"from {settings}", compare(log, devices, second, first), back)


def damaged(state):
    """States that no device could have saved, and what is wrong with each."""
    for size in (0, 1, STATE.size // 2, STATE.size - 1):
        yield state[:size], "length"
    for number, what in ((0, "magic"), (1, "software-version"), (2, "queues"),
                         (3, "capabilities"), (4, "rate")):
        fields = list(STATE.unpack(state))
        fields[number] = 0xffffffff
        yield STATE.pack(*fields), what


def foreign_states(defer):
    """A state that is cut short, and one of another device, is not loaded; one that comes in
    parts is"""
    address, = pci.functions(defer, 1)
    with_driver(defer)
    bind(address)
    log = Log(defer)
    device = vfio.Device(defer, address, "pci")
    state = device.save()
    for bad, what in damaged(state):
        equal(what, (device.load(bad), log.rejected()), (errno.EINVAL, [what]))
    equal("too long", (device.load(state + b"\0"), log.rejected()), (errno.EINVAL, []))
    stream = device.enter(vfio.RESUMING)
    defer(os.close, stream)
    for part in (state[:5], state[5:]):
        os.write(stream, part)
    device.enter(vfio.STOP)
    equal("in parts", payload(device.save()), payload(state))


def blocked(defer):
    """While a state is loaded into a device, it is reported as blocked"""
    address, = pci.functions(defer, 1)
    with_driver(defer)
    bind(address)
    device = vfio.Device(defer, address, "pci")
    equal("before", blockers(address), [])
    state = device.save()
    with os.fdopen(device.enter(vfio.RESUMING), "wb", buffering=0) as stream:
        stream.write(state)
    equal("meanwhile", named(dev(f"pci/{address}")["blockers"], "loading")["reason"],
          "a state is being loaded")
    equal("judged", blockers(address), ["source-blocked", "target-blocked"])
    device.enter(vfio.STOP)
    equal("after", dev(f"pci/{address}").get("blockers"), None)


def noted(source, target):
    """The codes of what a check notes."""
    return [one["code"] for one in check(source, target)["findings"] if one["result"] == "note"]


def tracks(defer):
    """That nobody reports what a device writes is noted if so, and changes no verdict"""
    path = f"/sys/module/{NAME}/parameters/track"
    first, second = pci.functions(defer, 2)
    with_driver(defer)
    bind(second)
    for word, names, notes in (("0", [], ["no-dirty-tracking"]), ("1", ["dirty-tracking"], [])):
        write(path, word)
        bind(first)
        offered = vfio.capabilities(first, "pci")
        equal("offered", [name for name in offered if name == "dirty-tracking"], names)
        equal("reported", dev(f"pci/{first}")["capabilities"], offered)
        equal("noted", noted(first, second), notes)
        equal("of the target", noted(second, first), ["no-dirty-tracking"])
        for pair in ((first, second), (second, first)):
            equal("verdict", judge(*pair), ("identical", []))


def group_taken(defer):
    """A driver that declares its devices itself reports that their IOMMU group is taken"""
    _, first, second = pci.edus()
    with_driver(defer)
    for address in (first, second):
        defer(vf.release, address)
        bind(address)
    equal("before", blockers(first), [])
    with contextlib.ExitStack() as stack:
        vfio.Device(stack.callback, second, "pci")
        pci.awaits(first, pci.IN_USE)
        equal("judged", blockers(first), ["source-blocked", "target-blocked"])
        equal("verdict", judge(second, first), ("identical", []))
        pci.awaits(second, None)
    pci.awaits(first, None)


def counted(address):
    """What vdevctl shows of what is counted for the device, by name."""
    answer, = json.loads(run("vdevctl", "-j", "stats", "show", f"pci/{address}"))["dev-stats"]
    equal("of whom", answer["handle"], f"pci/{address}")
    return {one["name"]: one["value"] for one in answer["counters"]}


def counters(defer):
    """What a driver counts of migrations is shown for each of its devices"""
    first, second = pci.functions(defer, 2)
    with_driver(defer)
    for address in (first, second):
        bind(address)
    equal("before", counted(first), {"saves": 0, "loads": 0, "rejected": 0})
    with contextlib.ExitStack() as stack:
        devices = [vfio.Device(stack.callback, name, "pci") for name in (first, second)]
        state = devices[0].save()
        equal("saved", counted(first), {"saves": 1, "loads": 0, "rejected": 0})
        equal("loaded", devices[1].load(state), 0)
        equal("rejected", devices[1].load(state[:-1]), errno.EINVAL)
        equal("of the target", counted(second), {"saves": 0, "loads": 1, "rejected": 1})
    with_statistics = json.loads(run("vdevctl", "-s", "-j", "dev", "show", f"pci/{second}"))
    equal("with the device", with_statistics["dev"][0]["statistics"]["counters"],
          [{"name": "saves", "value": 0}, {"name": "loads", "value": 1},
           {"name": "rejected", "value": 1}])


def available():
    return pci.types()[0]["capacity"]["available"]


def before_the_bridge(defer):
    """What the driver declares stands before what the bridge reports, whoever comes first"""
    first, second = pci.functions(defer, 2)
    with_driver(defer)
    bind(first)
    pci.with_bridge(defer)
    bind(second)
    for address in (first, second):
        one = dev(f"pci/{address}")
        equal("declared", (one["migration"], one["driver"]), ("supported", NAME))
        equal("as VFIO says", one["capabilities"], vfio.capabilities(address, "pci"))
    eventually(lambda: equal("that can migrate", available(), 2))
    vf.bind(second, "vfio-pci")
    equal("of the bridge", dev(f"pci/{second}")["migration"], "unsupported")


def without_vdev(defer):
    """The same source without vdev is a driver that does not need it, and moves states"""
    equal("needs", "vdev" in run("modinfo", "-F", "depends", f"{TEST_MODULES}/{OFF}.ko"), False)
    first, second = pci.functions(defer, 2)
    with_driver(defer, OFF)
    for address in (first, second):
        bind(address, OFF)
    with contextlib.ExitStack() as stack:
        devices = [vfio.Device(stack.callback, name, "pci") for name in (first, second)]
        equal("moved", moves(Log(stack.callback), devices[0].save(), devices[1]), None)
    equal("not reported", pci.reported(), {})
    pci.with_bridge(defer)
    for address in (first, second):
        vfio.compare(dev(f"pci/{address}"))
    equal("by the bridge", judge(first, second)[0], UNDECLARED)


def fail(defer, address, name):
    """Have the driver register a device and then fail to probe it."""
    write(f"/sys/module/{name}/parameters/fail_probe", "1")
    defer(write, f"/sys/module/{name}/parameters/fail_probe", "0")
    equal("the probe fails", vf.takes(name, address), False)


def probe_fails(defer):
    """A device whose driver registers it with VFIO and then fails to probe it comes and goes,
    with the driver's declaration or without"""
    address, = pci.functions(defer, 1)
    for name in (NAME, OFF):
        with_driver(defer, name)
    pci.with_bridge(defer)
    kind = pci.type_name(address)
    for name in (NAME, OFF):
        watched = Watched(defer)
        fail(defer, address, name)
        made, deleted = [new(address), ("type-create", kind)], [gone(address),
                                                                ("type-delete", kind)]
        if name == OFF:
            made.reverse()
        watched.expect(name, made + (deleted if name == OFF else deleted[::-1]),
                       but="type-change")
        equal("left", (shown("dev", "bus", "pci"), pci.types()), ({}, []))
    write(f"/sys/module/{NAME}/parameters/fail_probe", "0")
    bind(address)
    equal("at last", dev(f"pci/{address}")["migration"], "supported")
    equal("open", info(dev(f"pci/{address}"), "open"), None)


def removed_driver(defer):
    """The driver can be unloaded while its devices are reported"""
    address, = pci.functions(defer, 1)
    with_driver(defer, NAME)
    pci.with_bridge(defer)
    bind(address)
    run("rmmod", NAME)
    equal("gone", (loaded(NAME), pci.reported()), (False, {}))
    run("insmod", f"{TEST_MODULES}/{NAME}.ko")


CASES = [loads_as_declared, foreign_states, blocked, counters, tracks, group_taken,
         before_the_bridge, without_vdev, probe_fails, removed_driver]
