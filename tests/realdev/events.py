# SPDX-License-Identifier: GPL-2.0
"""The events of devices that are driven by other tools: each step is exactly
the events that it should be, in order, with what has changed. What a poll finds
may be in an event of its own or in that of the step: the changes of one endpoint
count as one."""

import contextlib
import sys
import uuid

from ktap import equal

from . import mdev, profiles, vdpa
from .guest import POLL_MS, TOP, built, dev, eventually, load, poll_every, shown, write
from .vhost import User
from .wire import add_vdpa, set_vdpa_mac

sys.path.append(f"{TOP}/tests/kselftest/lib")

# pylint: disable=wrong-import-position
from judged import client, specification
from monitor import Monitor

ALWAYS = {"id", "endpoint", "instance", "generation", "snapshot", "age"}
# How old facts may be, in milliseconds, that were not changed since.
EVER = 4294967295


def parts(value, path=""):
    """What an object reports, by its path; an entry of a list by its name."""
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
    """All endpoints, and what is reported of them, step by step."""

    def __init__(self, defer):
        # Only what the steps do is reported.
        poll_every(defer, 3600000)
        self.monitor = Monitor(specification())
        defer(self.monitor.close)
        asking = client()
        self.known = {one["id"]: one for op in ("dev-get", "type-get")
                      for one in asking.dump(op, {"max-age": EVER})}
        self.monitor.waiting()
        self.events, self.before, self.changes = [], {}, {}

    def change(self, what, one):
        """A change; those of one endpoint are one event, in the place of the first."""
        equal("a change without a difference",
              difference(self.known[one["id"]], one) == [], False)
        if one["id"] not in self.changes:
            self.before[one["id"]] = self.known[one["id"]]
            self.changes[one["id"]] = len(self.events)
            self.events.append(None)
        paths = difference(self.before[one["id"]], one)
        self.events[self.changes[one["id"]]] = (what, one["name"], paths)

    def note(self, what, one):
        if what.endswith("-change"):
            self.change(what, one)
        else:
            self.changes.pop(one["id"], None)
            self.events.append((what, one["name"]))
        self.known.pop(one["id"], None)
        if not what.endswith("-delete"):
            self.known[one["id"]] = one

    def look(self):
        """What happened since the last step; what was polled of types comes last, in the
        order of their names."""
        for what, one in self.monitor.waiting():
            # Profiles are events of their own, and no endpoints.
            if not what.startswith("profile-"):
                self.note(what, one)
        events = [event for event in self.events if event[2:] != ([],)]
        return sorted(events, key=lambda event: event[1] if event[0] == "type-change" else "")

    def step(self):
        """The same, when it was polled what is known to have changed; it ends the step."""
        for op in ("dev-get", "type-get"):
            client().dump(op, {"max-age": EVER})
        events = self.look()
        self.events, self.before, self.changes = [], {}, {}
        return events

    def expect(self, what, events, but=None):
        """The step is, or soon will be, this, and nothing comes after that; one kind of
        events does not count."""
        def others(found):
            return [event for event in found if event[0] != but]
        eventually(lambda: equal(what, others(self.look()), events))
        equal(what, others(self.step()), events)


def new(name):
    return ("dev-create", name)


def gone(name):
    return ("dev-delete", name)


def changed(name, *paths):
    return ("dev-change", name, sorted(paths))


def mtty_bound(name):
    """mtty was bound to a device or unbound: what it offers VFIO comes and goes with it."""
    offers = ["capabilities"] if profiles.kernel() >= profiles.SINCE else [
        "migration", "blocker.no-vfio-migration.flags", "blocker.no-vfio-migration.reason"]
    return changed(name, "bound-driver", *offers)


def room(*kinds):
    """Types of mtty have more room or less."""
    return [("type-change", kind, ["capacity.available"]) for kind in kinds]


def first_room(*kinds):
    """How much room types of mtty have was polled for the first time."""
    return [("type-change", kind, ["capacity.available", "capacity.state"]) for kind in kinds]


# A driver of this host uses it.
BLOCKED = ("blocker.used-by-host.flags", "blocker.used-by-host.reason")
NEGOTIATION = ("info.status.value.u64", "record.feature.virtio.negotiated")


def vdpa_created(defer):
    """A vdpa device that is created, unbound, and deleted is an event for each step"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    watched.expect("created", [new(name), changed(name, "bound-driver")])
    vdpa.bind(name, None)
    watched.expect("unbound", [changed(name, "bound-driver")])
    vdpa.remove(name)
    watched.expect("deleted", [gone(name)])


def vdpa_deleted_in_use(defer):
    """A vdpa device that is deleted with its driver bound is reported without it first"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    watched.step()
    vdpa.remove(name)
    watched.expect("deleted", [changed(name, "bound-driver"), gone(name)])


def vdpa_bound(defer):
    """What virtio_vdpa negotiates is reported with its binding, and goes with it"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    vdpa.bind(name, None)
    watched.step()
    for step in ("virtio_vdpa", None):
        vdpa.bind(name, step)
        watched.expect(f"{step}", [changed(name, "bound-driver", *BLOCKED, *NEGOTIATION)])
    vdpa.bind(name, "vhost_vdpa")
    watched.expect("vhost_vdpa", [changed(name, "bound-driver")])


def several_vdpa(defer):
    """Several vdpa devices are reported one after the other"""
    watched = Watched(defer)
    names = [vdpa.add_net(defer) for _ in range(4)]
    watched.expect("created", [event for name in names
                               for event in (new(name), changed(name, "bound-driver"))])
    for name in names:
        vdpa.bind(name, "virtio_vdpa")
    watched.expect("bound again", [changed(name, "bound-driver", *BLOCKED, *NEGOTIATION)
                                   for name in names])


def negotiated_by_program(defer):
    """What a program negotiates, which no driver reports, is an event, and so is its end"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    watched.step()
    write(POLL_MS, "20")
    with contextlib.closing(User(vdpa.node_of(name))) as user:
        features = user.set_up()
        watched.expect("negotiated", [changed(name, *NEGOTIATION)])
        equal("features", features_of(watched, name)["negotiated"], features)
    watched.expect("ended", [changed(name, *NEGOTIATION)])


def features_of(watched, name):
    """The virtio features of a device that is reported."""
    one, = (one for one in watched.known.values() if one["name"] == name)
    return one["record"]["feature"][0]


def provisioned_again(defer):
    """A vdpa device that is made again with other features is gone and new, with what it has"""
    watched = Watched(defer)
    name = vdpa.random_name("t")
    defer(vdpa.remove, name)
    least = ["VERSION_1", "ACCESS_PLATFORM"]
    for features in (least + ["MTU"], least + ["MAC"]):
        bits = vdpa.to_bits(features, "net")
        vdpa.remove(name)
        before = watched.step()
        equal("deleted", [event[0] for event in before],
              [] if features[-1] == "MTU" else ["dev-change", "dev-delete"])
        add_vdpa(name, "vdpasim_net", bits)
        watched.expect("made", [new(name), changed(name, "bound-driver")])
        equal("provisioned", features_of(watched, name)["provisioned"], bits)


def address_again(defer):
    """A vdpa device that is given another address, which no event reports, is one event"""
    watched = Watched(defer)
    name = vdpa.add_net(defer)
    watched.step()
    set_vdpa_mac(name, "02:00:00:00:00:07")
    watched.expect("nobody looked", [])
    write(POLL_MS, "20")
    watched.expect("set", [changed(name, "info.mac.value.string")])


def vdpa_bridge(defer):
    """Devices go with the bridge and come with it, as they are"""
    names = [vdpa.add_net(defer) for _ in range(3)]
    watched = Watched(defer)
    vdpa.without_bridge(defer)
    watched.expect("unloaded", [gone(name) for name in names])
    load("vdpa")
    equal("loaded", sorted(event for event in watched.step() if event[0] != "dev-change"),
          sorted(new(name) for name in names))


def mdev_created(defer):
    """The first mediated device brings the types of its parent, and the last one takes them"""
    watched = Watched(defer)
    name = mdev.start(defer, "mtty", "mtty-1")
    watched.expect("started",
                   [("type-create", "mtty-1"), ("type-create", "mtty-2"), new(name),
                    mtty_bound(name), *first_room("mtty-1", "mtty-2")])
    mdev.stop(name)
    watched.expect("stopped", [mtty_bound(name), gone(name), ("type-delete", "mtty-1"),
                               ("type-delete", "mtty-2")], but="type-change")


def mdev_among_others(defer):
    """A further mediated device takes room from the types of its parent, and gives it back"""
    mdev.start(defer, "mtty", "mtty-1")
    watched = Watched(defer)
    name = mdev.start(defer, "mtty", "mtty-2")
    watched.expect("started",
                   [new(name), mtty_bound(name), *room("mtty-1", "mtty-2")])
    write(f"{mdev.DEVICES}/{name}/driver/unbind", name)
    watched.expect("unbound", [mtty_bound(name), *room("mtty-1", "mtty-2")])
    mdev.stop(name)
    watched.expect("stopped", [gone(name)])


def mdev_by_sysfs(defer):
    """A mediated device that is created and removed in sysfs is reported as one of mdevctl's"""
    watched = Watched(defer)
    name = str(uuid.uuid4())
    write(f"{mdev.PARENTS}/mtty/mdev_supported_types/mtty-1/create", name)
    defer(mdev.stop, name)
    watched.expect("created",
                   [("type-create", "mtty-1"), ("type-create", "mtty-2"), new(name),
                    mtty_bound(name), *first_room("mtty-1", "mtty-2")])
    write(f"{mdev.DEVICES}/{name}/remove", "1")
    watched.expect("removed", [mtty_bound(name), gone(name), ("type-delete", "mtty-1"),
                               ("type-delete", "mtty-2")], but="type-change")


# What a profile of mtty declares, by its path.
DECLARED = ("migration", "profile", "record.model.rule", "record.model.value",
            "record.param.nr-ports.flags", "record.param.nr-ports.value-type",
            "record.param.nr-ports.origin", "record.param.nr-ports.rule",
            "record.param.nr-ports.value.u64", "record.software-version.rule",
            *(f"record.software-version.value.{part}" for part in ("major", "minor", "bugfix")),
            "record.type.rule")


def mdev_profiles(defer):
    """A profile that is loaded or removed is an event of each mediated device and type that it
    is for, with what it declares"""
    name = mdev.start(defer, "mtty", "mtty-1")
    watched = Watched(defer)
    declared = sorted(DECLARED)
    events = [("type-change", "mtty-1", declared), ("type-change", "mtty-2", declared)]
    # mtty of 6.1 offers no migration of the device, over which no profile can lie.
    if dev(f"mdev/{name}")["migration"] == "undeclared":
        events.insert(0, changed(name, *declared))
    profiles.load_mtty(defer)
    watched.expect("loaded", events)
    profiles.discard("mtty-1", "mtty-2")
    watched.expect("removed", events)


def mdev_aggregated(defer):
    """Instances that are aggregated again, which no event reports, are an event"""
    mdev.test_parent(defer, aggregated="3")
    name = mdev.test_device(defer)[len("mdev/"):]
    watched = Watched(defer)
    mdev.set_aggregated("2")
    watched.expect("nobody looked", [])
    write(POLL_MS, "20")
    watched.expect("two", [changed(name, "record.aggregation.count", "record.aggregation.total")])


def nothing_happens(defer):
    """Reading devices that nobody uses is no event"""
    mdev.start(defer, "mtty", "mtty-1")
    if built("vdev_vdpa"):
        vdpa.add_net(defer)
    watched = Watched(defer)
    shown("dev")
    shown("type")
    watched.expect("events", [])


MDEV_CASES = [mdev_created, mdev_among_others, mdev_by_sysfs, mdev_profiles, mdev_aggregated,
              nothing_happens]
VDPA_CASES = [vdpa_created, vdpa_deleted_in_use, vdpa_bound, several_vdpa,
              negotiated_by_program, provisioned_again, address_again, vdpa_bridge]
