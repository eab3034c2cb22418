# SPDX-License-Identifier: GPL-2.0
"""The events of devices that are driven by other tools: each step is exactly
the events that it should be, in order, with what has changed."""

import fcntl
import glob
import os
import sys
import uuid

from ktap import equal

from . import mdev, profiles, vdpa
from .guest import TOP, built, load, shown, wait, write
from .wire import add_vdpa, set_vdpa_mac

sys.path.append(f"{TOP}/tests/lib")

# pylint: disable=wrong-import-position
from judged import client, specification
from monitor import Monitor

INTERVAL = "/sys/module/vdev/parameters/poll_ms"
ALWAYS = {"id", "generation", "snapshot", "age"}
VHOST_SET_OWNER = 0xaf01
VHOST_GET_FEATURES = 0x8008af00
VHOST_SET_FEATURES = 0x4008af00
VHOST_VDPA_SET_STATUS = 0x4001af72


def parts(value, path=""):
    """What an object tells, by its path; an entry of a list by its name."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key not in ALWAYS and key != "name":
                yield from parts(entry, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for entry in value:
            yield from parts(entry, f"{path}.{entry.get('name')}")
    else:
        yield path, value


def difference(before, after):
    """Paths at which two objects differ."""
    before, after = dict(parts(before)), dict(parts(after))
    return sorted(path for path in before.keys() | after.keys()
                  if before.get(path) != after.get(path))


class Watched:
    """All endpoints, and what is told of them, step by step."""

    def __init__(self, defer):
        # Only what the steps do is told.
        interval(defer, "3600000")
        self.monitor = Monitor(specification())
        defer(self.monitor.close)
        asking = client()
        self.known = {one["id"]: one for op in ("dev-get", "type-get")
                      for one in asking.dump(op, {})}
        self.monitor.waiting()

    def step(self):
        """The events since the last step: what, which, and what changed."""
        out = []
        for what, one in self.monitor.waiting():
            before = self.known.pop(one["id"], None)
            if what.endswith("-change"):
                out.append((what, one["name"], difference(before, one)))
            else:
                out.append((what, one["name"]))
            if not what.endswith("-del"):
                self.known[one["id"]] = one
        return out


def interval(defer, text):
    with open(INTERVAL, encoding="ascii") as file:
        before = file.read()
    write(INTERVAL, text)
    defer(write, INTERVAL, before)


def new(name):
    return ("dev-new", name)


def gone(name):
    return ("dev-del", name)


def changed(name, *paths):
    return ("dev-change", name, sorted(paths))


def room(*kinds):
    """Types of mtty have more room or less."""
    return [("type-change", kind, ["capacity.available"]) for kind in kinds]


NEGOTIATION = ("info.status.value.u64", "record.feature.virtio.negotiated")


def vdpa_created(defer):
    """A vdpa device that is created, unbound, and deleted is an event for each step"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    equal("created", watched.step(), [new(name), changed(name, "bound-driver")])
    vdpa.bind(name, None)
    equal("unbound", watched.step(), [changed(name, "bound-driver")])
    vdpa.remove(name)
    equal("deleted", watched.step(), [gone(name)])


def vdpa_deleted_in_use(defer):
    """A vdpa device that is deleted with its driver bound is told without it first"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    watched.step()
    vdpa.remove(name)
    equal("deleted", watched.step(), [changed(name, "bound-driver"), gone(name)])


def vdpa_bound(defer):
    """What virtio_vdpa negotiates is in the event of its binding, and goes with it"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    vdpa.bind(name, None)
    watched.step()
    for step in ("virtio_vdpa", None):
        vdpa.bind(name, step)
        equal(f"{step}", watched.step(), [changed(name, "bound-driver", *NEGOTIATION)])
    vdpa.bind(name, "vhost_vdpa")
    equal("vhost_vdpa", watched.step(), [changed(name, "bound-driver")])


def several_vdpa(defer):
    """Several vdpa devices are told one after the other"""
    watched = Watched(defer)
    names = [vdpa.add_net(defer) for _ in range(4)]
    equal("created", watched.step(),
          [event for name in names for event in (new(name), changed(name, "bound-driver"))])
    for name in names:
        vdpa.bind(name, "virtio_vdpa")
    equal("bound anew", watched.step(),
          [event for name in names for event in (
              changed(name, "bound-driver"), changed(name, "bound-driver", *NEGOTIATION))])


def negotiate(defer, name):
    """Do what a program does that uses the device through vhost; closing it is the end."""
    node = os.path.basename(glob.glob(f"{vdpa.DEVICES}/{name}/vhost-vdpa-*")[0])
    fd = open(f"/dev/{node}", "r+b", buffering=0)  # pylint: disable=consider-using-with
    defer(fd.close)
    fcntl.ioctl(fd, VHOST_SET_OWNER)
    for status in (1, 3):
        fcntl.ioctl(fd, VHOST_VDPA_SET_STATUS, bytes([status]))
    offered = bytearray(8)
    fcntl.ioctl(fd, VHOST_GET_FEATURES, offered)
    fcntl.ioctl(fd, VHOST_SET_FEATURES, bytes(offered))
    fcntl.ioctl(fd, VHOST_VDPA_SET_STATUS, bytes([11]))
    return fd


def negotiated_by_program(defer):
    """What a program negotiates, of which no driver tells, is an event, and so is its end"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    watched.step()
    write(INTERVAL, "20")
    program = negotiate(defer, name)
    events = wait("no event", watched.step)
    while NEGOTIATION[1] not in events[-1][2]:
        events += wait("no event", watched.step)
    equal("negotiated", {event[:2] for event in events}, {("dev-change", name)})
    program.close()
    equal("ended", wait("no event", watched.step), [changed(name, *NEGOTIATION)])


def features_of(watched, name):
    """What was provisioned, of a device that is told."""
    one, = (one for one in watched.known.values() if one["name"] == name)
    return one["record"]["feature"][0]["provisioned"]


def provisioned_anew(defer):
    """A vdpa device that is made anew with other features is gone and new, with what it has"""
    watched = Watched(defer)
    name = vdpa.random_name("t")
    defer(vdpa.remove, name)
    least = ["VERSION_1", "ACCESS_PLATFORM"]
    for features in (least + ["MTU"], least + ["MAC"]):
        bits = vdpa.to_bits(features, "net")
        vdpa.remove(name)
        before = watched.step()
        equal("deleted", [event[0] for event in before],
              [] if features[-1] == "MTU" else ["dev-change", "dev-del"])
        add_vdpa(name, "vdpasim_net", bits)
        equal("made", watched.step(), [new(name), changed(name, "bound-driver")])
        equal("provisioned", features_of(watched, name), bits)


def address_anew(defer):
    """A vdpa device that is given another address, of which nobody tells, is one event"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    watched.step()
    set_vdpa_mac(name, "02:00:00:00:00:07")
    equal("nobody looked", watched.step(), [])
    write(INTERVAL, "20")
    equal("set", wait("no event", watched.step),
          [changed(name, "record.param.mac.value.string")])


def vdpa_bridge(defer):
    """Devices go with the bridge and come with it, as they are"""
    names = [vdpa.add_net(defer) for _ in range(3)]
    watched = Watched(defer)
    vdpa.without_bridge(defer)
    equal("unloaded", watched.step(), [gone(name) for name in names])
    load("vdpa")
    equal("loaded", sorted(watched.step()), sorted(new(name) for name in names))


def mdev_created(defer):
    """The first mediated device brings the types of its parent, and the last one takes them"""
    watched = Watched(defer)
    name = mdev.start(defer, "mtty", "mtty-1")
    equal("started", watched.step(),
          [("type-new", "mtty-1"), ("type-new", "mtty-2"), new(name),
           changed(name, "bound-driver"), *room("mtty-1", "mtty-2")])
    mdev.stop(name)
    equal("stopped", watched.step(),
          [changed(name, "bound-driver"), *room("mtty-1", "mtty-2"), gone(name),
           ("type-del", "mtty-1"), ("type-del", "mtty-2")])


def mdev_among_others(defer):
    """A further mediated device takes room from the types of its parent, and gives it back"""
    mdev.start(defer, "mtty", "mtty-1")
    watched = Watched(defer)
    name = mdev.start(defer, "mtty", "mtty-2")
    equal("started", watched.step(),
          [new(name), changed(name, "bound-driver"), *room("mtty-1", "mtty-2")])
    write(f"{mdev.DEVICES}/{name}/driver/unbind", name)
    equal("unbound", watched.step(), [changed(name, "bound-driver"), *room("mtty-1", "mtty-2")])
    mdev.stop(name)
    equal("stopped", watched.step(), [gone(name)])


def mdev_by_sysfs(defer):
    """A mediated device that is created and removed in sysfs is told as one of mdevctl's"""
    watched = Watched(defer)
    name = str(uuid.uuid4())
    write(f"{mdev.PARENTS}/mtty/mdev_supported_types/mtty-1/create", name)
    defer(mdev.stop, name)
    equal("created", [event[0] for event in watched.step()],
          ["type-new"] * 2 + ["dev-new", "dev-change"] + ["type-change"] * 2)
    write(f"{mdev.DEVICES}/{name}/remove", "1")
    equal("removed", [event[0] for event in watched.step()],
          ["dev-change"] + ["type-change"] * 2 + ["dev-del"] + ["type-del"] * 2)


# What a profile of mtty declares, by its path.
DECLARED = ("migration", "profile", "record.model.rule", "record.model.value",
            "record.param.nr-ports.flags", "record.param.nr-ports.kind",
            "record.param.nr-ports.origin", "record.param.nr-ports.rule",
            "record.param.nr-ports.value.u64", "record.software-version.rule",
            *(f"record.software-version.value.{part}" for part in ("major", "minor", "bugfix")),
            "record.type.rule")


def mdev_profiles(defer):
    """A profile that is loaded or removed is an event of each mediated device and type that it
    is for, with what it declares"""
    name = mdev.start(defer, "mtty", "mtty-1")
    watched = Watched(defer)
    profiles.load_mtty(defer)
    declared = sorted(DECLARED)
    events = [("type-change", "mtty-1", declared), changed(name, *declared),
              ("type-change", "mtty-2", declared)]
    equal("loaded", watched.step(), events)
    profiles.forget("mtty-1", "mtty-2")
    equal("removed", watched.step(), events)


def mdev_aggregated(defer):
    """Instances that are aggregated anew, of which nobody tells, are an event"""
    mdev.test_parent(defer, aggregated="3")
    name = mdev.test_device(defer)[len("mdev/"):]
    watched = Watched(defer)
    mdev.set_aggregated("2")
    equal("nobody looked", watched.step(), [])
    write(INTERVAL, "20")
    equal("two", wait("no event", watched.step),
          [changed(name, "record.aggregation.count", "record.aggregation.total")])


def nothing_happens(defer):
    """Reading devices that nobody uses is no event"""
    mdev.start(defer, "mtty", "mtty-1")
    if built("vdev_vdpa"):
        vdpa.add_net(defer)
    watched = Watched(defer)
    shown("dev")
    shown("type")
    equal("events", watched.step(), [])


MDEV_CASES = [mdev_created, mdev_among_others, mdev_by_sysfs, mdev_profiles, mdev_aggregated,
              nothing_happens]
VDPA_CASES = [vdpa_created, vdpa_deleted_in_use, vdpa_bound, several_vdpa,
              negotiated_by_program, provisioned_anew, address_anew, vdpa_bridge]
