# SPDX-License-Identifier: GPL-2.0
"""Profiles of real mediated devices. The one for mtty says what mtty checks in the
header of a state, and is held against what mtty then does with states."""

import errno
import json
import os
import struct

from ktap import Skip, equal

from .guest import TOP, dev, load, run, shown
from .mdev import setup, start, without_bridge, write
from .vfio import Device

MTTY = f"{TOP}/packaging/profiles.d/mtty.json"
# Since which kernel mtty can be migrated.
SINCE = (6, 7)
HEADER = struct.Struct("=QIIII")
MAGIC, MAJOR, MINOR, NR_PORTS, FLAGS = range(5)
UNDECLARED, GOOD = "undeclared", ("identical", "compatible")


def kernel():
    return tuple(int(number) for number in os.uname().release.split("-")[0].split(".")[:2])


def needs_migration():
    if kernel() < SINCE:
        raise Skip("mtty of this kernel cannot be migrated")


def discard(*names):
    have = [one["name"] for one in json.loads(run("vdevctl", "-j", "profile", "show"))["profiles"]]
    gone = [name for name in names if name in have]
    if gone:
        run("vdevctl", "profile", "del", *gone)


def load_mtty(defer):
    defer(discard, "mtty-1", "mtty-2")
    run("vdevctl", "profile", "load", MTTY)


def load_one(defer, **keys):
    """Load one profile."""
    name = keys["name"]
    path = f"/tmp/{name}.json"
    write(path, json.dumps({"format": "vdev", "format-version": 1, "profiles": [keys]}))
    defer(os.unlink, path)
    defer(discard, name)
    run("vdevctl", "profile", "load", path)


def judge(source, target):
    """The verdict, and what is wrong."""
    shown_json = run("vdevctl", "-j", "check", source, target, check=False)
    answer, = json.loads(shown_json)["check"]
    return answer["verdict"], [(one["field"], one["code"]) for one in answer["findings"]
                               if one["result"] == "fail"]


def verdict(source, target):
    return judge(source, target)[0]


def devices(defer, *kinds):
    return [f"mdev/{start(defer, 'mtty', kind)}" for kind in kinds]


def undeclared_without(defer):
    """Two mtty devices are undeclared without a profile, and judged while there is one"""
    needs_migration()
    source, target = devices(defer, "mtty-1", "mtty-1")
    equal("before", verdict(source, target), UNDECLARED)
    load_mtty(defer)
    equal("with it", verdict(source, target), "identical")
    equal("profile", dev(target)["profile"], "mtty-1")
    discard("mtty-1", "mtty-2")
    equal("after", verdict(source, target), UNDECLARED)


def as_the_driver(defer):
    """The profile says of each pair of mtty devices what mtty does with the state"""
    needs_migration()
    load_mtty(defer)
    names = devices(defer, "mtty-1", "mtty-1", "mtty-2", "mtty-2")
    opened = {name: Device(defer, name[5:]) for name in names}
    states = {name: opened[name].save() for name in names}
    for source in names:
        for target in (name for name in names if name != source):
            pair = f"{dev(source)['profile']} to {dev(target)['profile']}"
            rejected = opened[target].load(states[source])
            equal(f"mtty loads {pair}", rejected == 0, verdict(source, target) in GOOD)
    equal("rejected for the ports", judge(names[0], names[2]),
          ("incompatible", [("param", "value-differs")]))


# What is changed in the header, and the same in what the source declares.
ALTERED = [
    (MAGIC, 0x7e9d09898c3e2c4f, "model", "mtty-7e9d09898c3e2c4f"),
    (MAJOR, 0, "software-version", "0.0.0"),
    (MAJOR, 2, "software-version", "2.0.0"),
    (MINOR, 1, "software-version", "1.1.0"),
]


def altered_state(state, field, value):
    header = list(HEADER.unpack_from(state))
    header[field] = value
    return HEADER.pack(*header) + state[HEADER.size:]


def altered_headers(defer):
    """mtty rejects another magic number and another version, as the profile says"""
    needs_migration()
    load_mtty(defer)
    source, target = devices(defer, "mtty-2", "mtty-2")
    state = Device(defer, source[5:]).save()
    opened = Device(defer, target[5:])
    exported = json.loads(run("vdevctl", "dev", "export", source))
    path = "/tmp/altered.json"
    defer(lambda: os.path.exists(path) and os.unlink(path))
    equal("as it is", opened.load(state), 0)
    for field, value, key, text in ALTERED:
        exported["endpoints"][0]["record"][key]["value"] = text
        write(path, json.dumps(exported))
        equal(f"mtty, {key} {text}", opened.load(altered_state(state, field, value)),
              errno.EFAULT)
        equal(f"profile, {key} {text}", verdict(path, target), "incompatible")
        exported = json.loads(run("vdevctl", "dev", "export", source))


def before_creation(defer):
    """A type that could be created is judged as its devices would be"""
    needs_migration()
    load_mtty(defer)
    source, = devices(defer, "mtty-1")
    for kind, wanted in (("mtty-1", "identical"), ("mtty-2", "incompatible")):
        equal(kind, verdict(source, next(handle for handle in shown("type")
                                         if handle.endswith(f"/{kind}"))), wanted)


def outlives(defer):
    """A profile outlives devices, their driver and the bridge"""
    needs_migration()
    load_mtty(defer)
    first, = devices(defer, "mtty-1")
    equal("first", dev(first)["profile"], "mtty-1")
    run("mdevctl", "stop", "-u", first[5:])
    second, = devices(defer, "mtty-1")
    equal("another device", dev(second)["profile"], "mtty-1")
    without_bridge(defer)
    load("mdev")
    equal("the bridge again", dev(second)["profile"], "mtty-1")
    run("mdevctl", "stop", "-u", second[5:])
    run("rmmod", "mtty")
    setup()
    third, = devices(defer, "mtty-2")
    equal("the driver again", (dev(third)["profile"], dev(third)["migration"]),
          ("mtty-2", "supported"))


def more_specific(defer):
    """Of two profiles for mtty the more specific one is in effect, and is reported"""
    needs_migration()
    first, second = devices(defer, "mtty-1", "mtty-2")
    load_one(defer, name="any-mtty", driver="mtty", migration="unsupported")
    equal("one for all", [dev(name)["profile"] for name in (first, second)], ["any-mtty"] * 2)
    equal("judged by it", verdict(first, second), "not-migratable")
    load_mtty(defer)
    equal("one for each", [dev(name)["profile"] for name in (first, second)],
          ["mtty-1", "mtty-2"])
    discard("mtty-2")
    equal("one is gone", [dev(name)["profile"] for name in (first, second)],
          ["mtty-1", "any-mtty"])


def cannot_override(defer):
    """No profile makes a device migrate whose driver offers VFIO no migration; it is in effect
    again once the driver is unbound"""
    parent, kind = ("mtty", "mtty-1") if kernel() < SINCE else ("mdpy", "mdpy-vga")
    source, target = (f"mdev/{start(defer, parent, kind)}" for _ in range(2))
    equal("before", verdict(source, target), "not-migratable")
    load_one(defer, name="wishful", bus="mdev", driver=parent, migration="supported")
    equal("with it", verdict(source, target), "not-migratable")
    one = dev(target)
    equal("target", (one["migration"], one.get("profile")), ("unsupported", None))
    write(f"/sys/bus/mdev/drivers/{parent}/unbind", target[5:])
    one = dev(target)
    equal("unbound", (one["migration"], one.get("profile")), ("supported", "wishful"))
    equal("from one that cannot", verdict(source, target), "not-migratable")


def keeps_capabilities(defer):
    """Where a profile is in effect, the capabilities that the driver offers are reported"""
    needs_migration()
    name, = devices(defer, "mtty-1")
    before = dev(name)["capabilities"]
    load_mtty(defer)
    equal("with it", (dev(name)["profile"], dev(name)["capabilities"]), ("mtty-1", before))


CASES = [undeclared_without, as_the_driver, altered_headers, before_creation, outlives,
         more_specific, cannot_override, keeps_capabilities]
