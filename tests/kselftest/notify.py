#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Events: what the members of the group get for each kind of change, and for what they get nothing. Nothing else changes endpoints meanwhile."""

import contextlib
import errno
import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_ACK, NLM_F_DUMP, Rejected
from judged import CONTROL, World, as_nobody, random_name, run, sim, specification
from ktap import equal
from monitor import PATIENCE, Monitor, following

INTERVAL = "/sys/module/vdev/parameters/poll_ms"
STATS = "/sys/kernel/debug/vdev_sim/stats"


class Subscriber(World):
    """Endpoints of one test, and a member of the group, which gets their events."""

    def __init__(self, defer):
        super().__init__(defer)
        self.monitor = Monitor(specification())
        defer(self.monitor.close)

    def discard(self, endpoint):
        """Pass over the events of how an endpoint came to be."""
        self.monitor.waiting()
        return endpoint

    def get(self, endpoint, kind="dev"):
        """An endpoint as it is now."""
        return self.client.do(f"{kind}-get", {"id": endpoint["id"]})

    def one(self, what):
        """The object of the only event."""
        events = self.monitor.waiting()
        equal("events", [event[0] for event in events], [what])
        return events[0][1]

    def nothing(self):
        equal("events", self.monitor.waiting(), [])


def gone(endpoint, generation):
    """The object of the event when an endpoint goes."""
    return {**endpoint, "generation": generation, "snapshot": generation}


def device_added(defer):
    """A device that is added is one event, with the object as it is read"""
    world = Subscriber(defer)
    device = world.device("migration=supported model=example.org/m param=p,value=u64:1")
    equal("object", world.one("dev-create"), device)


def device_removed(defer):
    """A device that is removed is one event, with the object as it was last and the
    generation of the removal"""
    world = Subscriber(defer)
    device = world.discard(world.device("migration=supported model=example.org/m"))
    sim(f"dev del {device['name']}")
    equal("object", world.one("dev-delete"), gone(device, following(device["generation"])))


def type_events(defer):
    """A type that comes, changes and goes is three events, with the object"""
    world = Subscriber(defer)
    made = world.type("model=example.org/m")
    equal("added", world.one("type-create"), made)
    sim(f"type set {made['parent']} {made['name']} model=example.org/n")
    now = world.get(made, "type")
    equal("changed", world.one("type-change"), now)
    sim(f"type del {made['parent']} {made['name']}")
    equal("removed", world.one("type-delete"), gone(now, following(now["generation"])))


# Changes of a device, each after those before it, and what it has then.
CHANGES = [
    ("driver=d", "driver", "d"),
    ("driver-version=2", "driver-version", "2"),
    ("bound-driver=vfio", "bound-driver", "vfio"),
    ("-bound-driver", "bound-driver", None),
    ("migration=supported", "migration", "supported"),
    ("capabilities=p2p", "capabilities", ["p2p"]),
    ("blocker=b,reason=r", "blocker", [{"name": "b", "reason": "r", "flags": []}]),
    ("blocker=b,flags=permanent", "blocker",
     [{"name": "b", "reason": "r", "flags": ["permanent"]}]),
    ("blocker-=b", "blocker", None),
    ("cost=5", "cost", {"state-size": 5}),
    ("operations=configure", "operations", ["configure"]),
    ("operations=configure+remove", "operations", ["configure", "remove"]),
    ("info=i,value=u64:1", "info", [{"name": "i", "value-type": "u64", "value": {"u64": 1}}]),
    ("-info", "info", None),
]
RECORD_CHANGES = [
    ("device-api=a", "device-api", {"value": "a", "rule": "equal"}),
    ("model=m", "model", {"value": "m", "rule": "one-of"}),
    ("model=m,accept=n", "model", {"value": "m", "rule": "one-of", "accept": ["n"]}),
    ("type=t,rule=ignore", "type", {"value": "t", "rule": "ignore"}),
    ("feature=f,supported=3/64,provisioned=1/64", "feature",
     [{"name": "f", "rule": "subset", "supported": 3, "provisioned": 1}]),
    ("feature=f,negotiated=1/64", "feature",
     [{"name": "f", "rule": "subset", "supported": 3, "provisioned": 1, "negotiated": 1}]),
    ("-feature", "feature", None),
    ("aggregation=b,units=1,count=2", "aggregation",
     {"base": "b", "units": 1, "count": 2, "total": 2, "rule": "equal"}),
    ("software-version=1.2.3", "software-version",
     {"value": {"major": 1, "minor": 2, "bugfix": 3}, "rule": "semver"}),
    ("version=v,flags=accept", "versions",
     {"rule": "one-of", "entry": [{"name": "v", "flags": ["accept"]}]}),
    ("version=v,flags=accept+current", "versions",
     {"rule": "one-of", "entry": [{"name": "v", "flags": ["accept", "current"]}]}),
    ("param=p,value=u64:1", "param",
     [{"name": "p", "value-type": "u64", "rule": "equal", "flags": [], "origin": "default",
       "value": {"u64": 1}}]),
    ("param=p,rule=ignore", "param",
     [{"name": "p", "value-type": "u64", "rule": "ignore", "flags": [], "origin": "default",
       "value": {"u64": 1}}]),
    ("-param", "param", None),
]
CAPACITY_CHANGES = [
    ("capacity=sufficient,available=3,limit=4", "capacity",
     {"state": "sufficient", "available": 3, "limit": 4}),
    ("capacity=busy,available=0", "capacity", {"state": "busy", "available": 0, "limit": 4}),
    ("capacity=impossible", "capacity", {"state": "impossible", "available": 0, "limit": 4}),
    ("-capacity", "capacity", None),
]
# Of the administrator of the host, and a change below.
LIMITS = {"ceiling"}
# Who an endpoint is and of when, which never changes, and what tests below are about.
FIXED = {"id", "endpoint", "instance", "generation", "snapshot", "bus", "name", "parent-bus", "parent", "provider"}
OTHERWISE = {"record", "profile", "conflict"}
# Of devices that are polled, which those of these tests are not.
POLLED = {"age", "stale"}


def device_changed(defer):
    """Whatever is reported of a device, a change of it is one event, with all of the object"""
    world = Subscriber(defer)
    device = world.discard(world.device(""))
    for changes, where in ((CHANGES, lambda one: one), (RECORD_CHANGES, lambda one: one["record"])):
        for words, key, value in changes:
            world.set(device, words)
            reported = world.one("dev-change")
            equal(words, where(reported).get(key), value)
            equal(f"object after {words}", reported, world.get(device))


def type_changed(defer):
    """Whatever is reported of the room for a type, a change of it is one event"""
    world = Subscriber(defer)
    made = world.discard(world.type())
    for words, key, value in CAPACITY_CHANGES:
        sim(f"type set {made['parent']} {made['name']} {words}")
        reported = world.one("type-change")
        equal(words, reported.get(key), value)
        equal(f"object after {words}", reported, world.get(made, "type"))


def ceiling_changed(defer):
    """A ceiling that is given to a type, and that is taken away, is one event of the type"""
    world = Subscriber(defer)
    made = world.discard(world.type("version=v,flags=create+accept"))
    key = {part: made[part] for part in ("parent-bus", "parent", "name")}
    ceiling = {"max-version": "v"}
    for values, value in (({"ceiling": ceiling}, ceiling), ({"reset": True}, None)):
        answer = world.client.do("type-set", {**key, **values})
        reported = world.one("type-change")
        equal("ceiling", reported["record"].get("ceiling"), value)
        equal("object", reported, world.get(made, "type"))
        equal("answer", answer, reported)


def every_part(defer):
    """Each part of what is reported, and of what is compared, has a change above"""
    spec = World(defer).client.words.spec
    reported = set(spec.ops["dev-get"]["do"]["reply"]["attributes"])
    changed = {key for _, key, _ in CHANGES + CAPACITY_CHANGES}
    equal("reported", sorted(changed | FIXED | OTHERWISE | POLLED), sorted(reported))
    equal("compared", sorted({key for _, key, _ in RECORD_CHANGES} | LIMITS), sorted(spec.sets["record"]))


def capacity(defer):
    """The room that a device takes from its types is an event of each type, and so is the room
    that it gives back"""
    world = Subscriber(defer)
    parent, name = random_name(), random_name()
    sim(f"parent add {parent} i915-gvtg")
    defer(sim, f"parent del {parent}")
    world.monitor.waiting()
    for command in (f"dev add {name} parent={parent} type=i915-GVTg_V5_4", f"dev del {name}"):
        sim(command)
        events = world.monitor.waiting()
        kinds = [what for what, _ in events]
        equal("events", (kinds.count("type-change"), len(kinds)), (4, 5))
        for what, one in events:
            if what == "type-change":
                equal("capacity", one["capacity"], world.get(one, "type")["capacity"])


def numbers(defer):
    """Events come in the order of the changes, and miss no generation"""
    world = Subscriber(defer)
    devices = world.device("migration=supported", count=3)
    made = world.type()
    for device in devices:
        world.set(device, "model=m")
    sim(f"dev del {devices[1]['name']}")
    sim(f"type del {made['parent']} *")
    events = world.monitor.waiting()
    equal("what", [(what, one["id"]) for what, one in events],
          [("dev-create", one["id"]) for one in devices] + [("type-create", made["id"])] +
          [("dev-change", one["id"]) for one in devices] +
          [("dev-delete", devices[1]["id"]), ("type-delete", made["id"])])
    for (_, before), (_, after) in zip(events, events[1:]):
        equal("generation", after["generation"], following(before["generation"]))
    equal("snapshots", [one["snapshot"] for _, one in events],
          [one["generation"] for _, one in events])


def nothing_visible(defer):
    """A change of nothing that is reported is no event"""
    world = Subscriber(defer)
    device = world.discard(world.device("migration=supported model=m"))
    world.set(device, "model=m")
    world.set(device, "veto=no")
    world.set(device, "counter=c,value=1")
    world.nothing()


def rejected(defer):
    """What is rejected is no event"""
    world = Subscriber(defer)
    device = world.discard(world.device("migration=supported model=m"))
    for words in (f"dev add {device['name']}", f"dev add {random_name()} capabilities=99",
                  f"dev set {device['name']} migration=99"):
        with contextlib.suppress(OSError):
            sim(words)
    sim("fail update 1")
    defer(sim, "fail update 0")
    with contextlib.suppress(OSError):
        world.set(device, "model=n")
    world.nothing()
    equal("generation", world.get(device)["generation"], device["generation"])


def half_done(defer):
    """Of a command that fails half way, what was done and undone are events"""
    world = Subscriber(defer)
    sim("fail register 1 skip=2")
    defer(sim, "fail register 0")
    with contextlib.suppress(OSError):
        world.device(count=4)
    events = world.monitor.waiting()
    equal("what", [what for what, _ in events], ["dev-create"] * 2 + ["dev-delete"] * 2)
    equal("whose", {one["id"] for _, one in events[:2]}, {one["id"] for _, one in events[2:]})


def set_profile(world, defer, driver, record, **more):
    """A profile for a driver, until the test is over; its name."""
    values = {"name": random_name(), "driver": driver, "migration": "supported",
              "record": record, **more}
    answer = world.client.do("profile-set", values)

    def discard():
        with contextlib.suppress(Rejected):
            world.client.do("profile-del", {"name": values["name"]})
    defer(discard)
    return answer


def expect_profile(event, what, answer):
    """That a change of a profile is an event, which is what the answer says."""
    wanted = {key: value for key, value in answer.items() if key != "changed"}
    equal(what, event, (what, {**wanted, "snapshot": answer["generation"]}))


def profiles(defer):
    """A change of a profile is an event, and then what it does to each endpoint is"""
    world = Subscriber(defer)
    driver = random_name()
    devices = world.device(f"driver={driver}", count=3)
    world.device("driver=other")
    world.monitor.waiting()
    answer = set_profile(world, defer, driver, {"model": {"value": "m"}})
    profile = answer["name"]
    for step in ("set", "del"):
        if step == "del":
            answer = world.client.do("profile-del", {"name": profile})
        first, *events = world.monitor.waiting()
        expect_profile(first, "profile-create" if step == "set" else "profile-delete", answer)
        equal("changed", answer["changed"], 3)
        equal("in turn", [one["generation"] for _, one in events],
              [answer["generation"] + number for number in (1, 2, 3)])
        equal("what", [what for what, _ in events], ["dev-change"] * 3)
        equal("whose", {one["id"] for _, one in events}, {one["id"] for one in devices})
        for _, one in events:
            equal("profile", one.get("profile"), profile if step == "set" else None)
            now = world.get(one)
            equal("object", {**one, "snapshot": 0}, {**now, "snapshot": 0})


def profile_that_does_not_fit(defer):
    """That a profile does not fit an endpoint is an event, and so is that it fits again"""
    world = Subscriber(defer)
    driver = random_name()
    device = world.discard(world.device(f"driver={driver} param=p,value=string:a"))
    profile = set_profile(world, defer, driver,
                          {"param": [{"name": "p", "value-type": "u64"}]})["name"]
    (what, _), (_, reported) = world.monitor.waiting()
    equal("the profile", what, "profile-create")
    equal("conflict", (reported["profile"], reported["conflict"], reported["migration"]),
          (profile, "param p: the driver reports another type of value", "undeclared"))
    world.set(device, "param=p,value-type=u64,value=u64:1")
    reported = world.one("dev-change")
    equal("fits", (reported["profile"], reported.get("conflict"), reported["migration"]),
          (profile, None, "supported"))


def profile_without_effect(defer):
    """A profile that is for no endpoint is an event of its own alone, and one that is rejected, or
    equal to what it replaces, is none"""
    world = Subscriber(defer)
    driver = random_name()
    world.discard(world.device(f"driver={driver} migration=supported"))
    answer = set_profile(world, defer, driver, {"model": {"value": "m"}})
    name = answer["name"]
    first, = world.monitor.waiting()
    expect_profile(first, "profile-create", answer)
    set_profile(world, defer, driver, {"model": {"value": "m"}}, name=name, replace=True)
    world.nothing()
    answer = set_profile(world, defer, driver, {"model": {"value": "n"}}, name=name, replace=True)
    first, = world.monitor.waiting()
    expect_profile(first, "profile-change", answer)
    with contextlib.suppress(Rejected):
        set_profile(world, defer, driver, {}, name=name)
    world.nothing()


def outsider(defer):
    """A socket that is not in the group gets nothing"""
    world = Subscriber(defer)
    outside = Monitor(specification(), join=False)
    defer(outside.close)
    world.device()
    world.one("dev-create")
    equal("events", outside.waiting(), [])


def nobody(defer):
    """A user without any capability may listen"""
    world = World(defer)
    name = random_name()
    defer(sim, f"dev del {name}")
    with open(CONTROL, "wb", buffering=0) as control:
        def listen():
            monitor = Monitor(specification(), receive_buffer=65536)
            control.write(f"dev add {name}\n".encode())
            (what, one), = monitor.waiting()
            equal("event", (what, one["name"]), ("dev-create", name))
        as_nobody(listen)
    equal("device", world.client.do("dev-get", {"bus": "sim", "name": name})["name"], name)


def no_request(defer):
    """Nobody can ask for an event"""
    world = Subscriber(defer)
    spec = world.client.words.spec
    for name, number in spec.commands.items():
        if not name.endswith("-ntf"):
            continue
        for flags in (NLM_F_ACK, NLM_F_DUMP):
            try:
                list(world.client.genl.ask(world.client.family, number, flags, b""))
            except Rejected as rejection:
                equal(name, rejection.errno, errno.EOPNOTSUPP)
            else:
                raise AssertionError(f"{name} was answered")
    world.nothing()


def several(defer):
    """Every member gets the same"""
    world = Subscriber(defer)
    others = [Monitor(specification()) for _ in range(10)]
    for other in others:
        defer(other.close)
    device = world.device()
    sim(f"dev del {device['name']}")
    events = world.monitor.waiting()
    equal("events", [what for what, _ in events], ["dev-create", "dev-delete"])
    for other in others:
        equal("events", other.waiting(), events)


def interval(defer, text):
    with open(INTERVAL, "r+", encoding="ascii") as file:
        before = file.read()
        file.write(text)
    if before != text:
        defer(interval, lambda *_: None, before)


def polled():
    """How often a device of the simulator was polled."""
    with open(STATS, encoding="ascii") as file:
        return dict(line.split() for line in file)["polled"]


def looked_at(defer):
    """While somebody listens, what changes without an event is polled, and is an event"""
    world = Subscriber(defer)
    interval(defer, "3600000")
    device = world.device("poll=read")
    sim(f"poll touch={device['name']}")
    defer(sim, "poll")
    interval(defer, "20")
    seen = []
    world.monitor.until(lambda what, one: seen.append(one.get("info")) or len(seen) == 6)
    for before, after in zip(seen[1:], seen[2:]):
        equal("reported before and after", before == after, False)


def not_looked_at(defer):
    """When the last one has gone, nothing is polled any more"""
    monitor = Monitor(specification())
    interval(defer, "20")
    world = World(defer)
    device = world.device("poll=read")
    sim(f"poll touch={device['name']}")
    defer(sim, "poll")
    monitor.until(lambda what, one: what == "dev-change")
    monitor.close()
    end, quiet, last = time.monotonic() + PATIENCE, 0, None
    while quiet < 50 and time.monotonic() < end:
        time.sleep(0.01)
        quiet, last = (quiet + 1 if polled() == last else 0), polled()
    equal("rounds without a poll", quiet, 50)


def wrong_interval(defer):
    """An interval out of its bounds is rejected"""
    del defer
    for text in ("0", "9", "3600001", "x", ""):
        try:
            with open(INTERVAL, "w", encoding="ascii") as file:
                file.write(text + "\n")
        except OSError:
            continue
        raise AssertionError(f"{text!r} was taken")


if __name__ == "__main__":
    sys.exit(run([
        device_added, device_removed, type_events, device_changed, type_changed, ceiling_changed, every_part,
        capacity, numbers, nothing_visible, rejected, half_done, profiles,
        profile_that_does_not_fit, profile_without_effect, outsider, nobody, no_request, several,
        looked_at, not_looked_at, wrong_interval]))
