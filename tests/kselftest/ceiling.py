#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Ceilings: what the administrator lets a type offer. Types of the simulator stand for those
of a driver; each test has a type of its own."""

import errno
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_ACK, Rejected
from judged import World, as_nobody, random_name, reported, run, sim, sim_remove, specification
from ktap import equal
from monitor import Monitor

MOST = 1024
BYTES = 4096
OFFER = ("migration=supported "
         "version=v1,flags=create+accept version=v2,flags=create+accept "
         "version=v3,flags=create+accept+default "
         "feature=f,supported=ff,required=1 "
         "param=n,value=u64:4,allow=u64:1-16,flags=configurable "
         "param=fixed,value=u64:7 param=word,value=string:a,flags=configurable")
V2 = {"max-version": "v2"}
MASK = {"feature": [{"name": "f", "mask": 0x0f}]}
RANGE = {"param": [{"name": "n", "low": 1, "high": 8}]}


class Limited(World):
    """Types and ceilings of one test, which go when it is over."""

    def offered(self, words=OFFER):
        """A type that devices can be made of, which takes sources of any type."""
        kind = self.type(words)
        sim(f"type set {kind['parent']} {kind['name']} type={kind['name']},rule=ignore")
        return self.client.do("type-get", {"id": kind["id"]})

    @staticmethod
    def key(kind):
        return {part: kind[part] for part in ("parent-bus", "parent", "name")}

    def reset(self, kind):
        try:
            self.client.do("type-set", {**self.key(kind), "reset": True})
        except Rejected as rejected:
            if rejected.errno != errno.ENODEV:
                raise

    def limit(self, kind, ceiling, **more):
        """Give a type a ceiling; what the kernel answers."""
        answer = self.client.do("type-set", {**self.key(kind), "ceiling": ceiling, **more})
        self.defer(self.reset, kind)
        return answer

    def listed(self, kind):
        return [one for one in self.client.dump("ceiling-get", {})
                if self.key(one) == self.key(kind)]

    def now(self, endpoint):
        op = "type-get" if endpoint["endpoint"] == "type" else "dev-get"
        return self.client.do(op, {"id": endpoint["id"]})

    def of_type(self, kind, words=""):
        """A device of a type."""
        name = random_name()
        sim(f"dev add {name} parent={kind['parent']} type={kind['name']} {words}")
        self.defer(sim_remove, f"dev del {name}")
        return self.client.do("dev-get", {"bus": "sim", "name": name})

    def source(self, words):
        return {"id": self.device(f"migration=supported type=t {words}")["id"]}

    def found(self, source, target):
        """The verdict, and the codes of what fails."""
        answer = self.check(source, target)
        return answer["verdict"], [one["code"] for one in answer["finding"]
                                   if one["result"] == "fail"]

    def rejected(self, kind, ceiling, **more):
        """Errno, text and place of a rejection."""
        values = {**self.key(kind), "ceiling": ceiling, **more}
        rejected, path = self.client.where("type-set", values)
        return rejected.errno, rejected.text, path


def not_a_dump(defer):
    """Without the flag of a dump, who asks for ceilings is told that it is one"""
    rejection, _ = Limited(defer).client.where("ceiling-get", {})
    equal("rejection", (rejection.errno, rejection.text),
          (errno.EOPNOTSUPP, "ceilings are read by a dump"))


def shown(defer):
    """A ceiling is in the record of the type and of its devices, and one event for each"""
    world = Limited(defer)
    kind, other = world.offered(), world.offered()
    device = world.of_type(kind)
    monitor = Monitor(specification())
    defer(monitor.close)
    answer = world.limit(kind, {**V2, **MASK, **RANGE})
    events = monitor.waiting()
    equal("answer", answer["record"]["ceiling"], {**V2, **MASK, **RANGE})
    for one in (kind, device):
        now = world.now(one)
        equal("record", now["record"], {**one["record"], "ceiling": answer["record"]["ceiling"]})
    equal("events", sorted((what, one["record"]["ceiling"]) for what, one in events),
          [(what, answer["record"]["ceiling"]) for what in ("dev-change", "type-change")])
    equal("other type", world.now(other)["record"], other["record"])
    world.reset(kind)
    for one in (kind, device):
        equal("afterwards", world.now(one)["record"], one["record"])
    equal("listed", world.listed(kind), [])


def same_again(defer):
    """A ceiling that is set once more changes nothing; another takes its place"""
    world = Limited(defer)
    kind = world.offered()
    first = world.limit(kind, V2)
    equal("generation", world.limit(kind, V2)["generation"], first["generation"])
    equal("replaced", world.limit(kind, RANGE)["record"]["ceiling"], RANGE)
    equal("listed", world.listed(kind), [{**world.key(kind), "ceiling": RANGE}])


def versions(defer):
    """A source whose version is above the ceiling is rejected, whatever the rule is"""
    world = Limited(defer)
    kind = world.offered("migration=supported version=v1,flags=accept "
                         "version=v2,flags=create+accept "
                         "version=v3,flags=create+accept+default")
    old, new = (world.source(f"version={one},flags=current") for one in ("v2", "v3"))
    none = world.source("")
    equal("before", [world.found(one, kind) for one in (old, new, none)],
          [("compatible", []), ("identical", []), ("incompatible", ["missing"])])
    world.limit(kind, V2)
    equal("below", world.found(old, kind), ("compatible", []))
    equal("above", world.found(new, kind), ("incompatible", ["ceiling"]))
    equal("none", world.found(none, kind), ("incompatible", ["missing"]))
    for rule, below in (("equal", "incompatible"), ("ignore", "identical")):
        sim(f"type set {kind['parent']} {kind['name']} versions-rule={rule}")
        equal(f"{rule}, below", world.found(old, kind)[0], below)
        equal(f"{rule}, above", world.found(new, kind), ("incompatible", ["ceiling"]))


def no_version_left(defer):
    """A ceiling below every version that can be created leaves nothing to be accepted as if it
    was the default"""
    world = Limited(defer)
    kind = world.offered("migration=supported version=v1 "
                         "version=v2,flags=create+accept+default")
    world.limit(kind, {"max-version": "v1"})
    for words in ("version=v2,flags=current", "version=v1,flags=current", "",
                  "version=v0,flags=current"):
        equal(words, world.found(world.source(words), kind)[0], "incompatible")
    target = world.device("migration=supported")
    equal("as a source", world.found({"id": kind["id"]}, target), ("incompatible", ["missing"]))


def type_as_source(defer):
    """A type with a ceiling is a source of what can be made of it, a device of what it is"""
    world = Limited(defer)
    kind = world.offered("migration=supported version=v1,flags=create+accept "
                         "version=v2,flags=create+accept+default feature=f,supported=3")
    device = world.of_type(kind, "feature=f,provisioned=3")
    older = world.device("migration=supported version=v1,flags=accept+current "
                         "feature=f,provisioned=1")
    sources = [{"id": one["id"]} for one in (kind, device)]
    both = ("incompatible", ["version-not-accepted", "feature-missing"])
    equal("before", [world.found(one, older) for one in sources], [both, both])
    world.limit(kind, {"max-version": "v1", "feature": [{"name": "f", "mask": 1}]})
    equal("with it", [world.found(one, older) for one in sources], [("compatible", []), both])


def features(defer):
    """A source with bits above the ceiling is rejected, and the finding has them"""
    world = Limited(defer)
    kind = world.offered("migration=supported feature=f,supported=ff,required=1")
    device = world.of_type(kind, "feature=f,provisioned=ff")
    low, high, more = (world.source(f"feature=f,provisioned={one:x}") for one in (3, 0x31, 0x101))
    for target in (kind, device):
        equal("before", [world.found(one, target)[1] for one in (low, high, more)],
              [[], [], ["feature-missing"]])
    world.limit(kind, MASK)
    for target in (kind, device):
        equal("with it", [world.found(one, target)[1] for one in (low, high, more)],
              [[], ["ceiling"], ["feature-missing"]])
        finding, = (one for one in world.check(high, target)["finding"]
                    if one["code"] == "ceiling")
        equal("finding", {key: finding[key] for key in ("field", "name", "missing")},
              {"field": "feature", "name": "f", "missing": 0x30})


def params(defer):
    """A source with a number outside the range is rejected, if it is in effect"""
    world = Limited(defer)
    kind = world.offered("migration=supported "
                         "param=n,value=u64:4,off=u64:0,allow=u64:0-16,flags=configurable "
                         "param=any,value=u64:4,flags=configurable")
    low, high, off, none = (world.source(one) for one in (
        "param=n,value=u64:2", "param=n,value=u64:9", "param=n,value=u64:0,off=u64:0", ""))
    free = world.source("param=any,value=u64:900")
    equal("before", [world.found(one, kind)[1] for one in (low, high, off, none, free)],
          [[], [], [], [], []])
    world.limit(kind, {"param": [{"name": "n", "low": 1, "high": 8},
                                 {"name": "any", "low": 0, "high": 8}]})
    equal("with it", [world.found(one, kind)[1] for one in (low, high, off, none, free)],
          [[], ["ceiling"], [], [], ["ceiling"]])


def found_too(defer):
    """A find judges by the ceiling as a check does, and the record takes it along"""
    world = Limited(defer)
    kind = world.offered("migration=supported version=v2,flags=create+accept "
                         "version=v3,flags=create+accept+default")
    new = world.source("version=v3,flags=current")
    world.limit(kind, V2)
    answer, = (one for one in world.find(new) if one["id"] == kind["id"])
    equal("find", (answer["verdict"], [one["code"] for one in answer["finding"]]),
          ("incompatible", ["ceiling"]))
    travelled = world.declaration(world.now(kind))
    target = world.device("migration=supported version=v2,flags=accept+current")
    equal("travelled", world.found(travelled, target), ("compatible", []))


def outside(defer):
    """What is no part of the offer is ERANGE, and the text names the part"""
    world = Limited(defer)
    kind = world.offered()

    def one(name, low, high):
        return {"param": [{"name": name, "low": low, "high": high}]}

    for ceiling, text in (
            ({"max-version": "v9"}, "max-version v9: the type has no such version"),
            ({"feature": [{"name": "g", "mask": 1}]}, "feature g: the type has no such set"),
            ({"feature": [{"name": "f", "mask": 0x101}]},
             "feature f: the type does not offer bit 8"),
            ({"feature": [{"name": "f", "mask": 0x6}]}, "feature f: the driver requires more bits"),
            (one("m", 1, 2), "param m: the type has no such parameter"),
            (one("word", 1, 2), "param word: is no number"),
            (one("n", 0, 8), "param n: the type does not offer that range"),
            (one("n", 1, 17), "param n: the type does not offer that range"),
            (one("fixed", 1, 6), "param fixed: the value cannot be chosen, and is not in that range")):
        equal(text, world.rejected(kind, ceiling), (errno.ERANGE, reported(text), "ceiling"))
    equal("nothing happened", (world.now(kind), world.listed(kind)),
          ({**kind, "snapshot": world.now(kind)["snapshot"]}, []))


def out_of_bounds(defer):
    """What breaks a rule for ceilings is rejected, and names the rule"""
    world = Limited(defer)
    kind = world.offered()
    for ceiling, error, text, path in (
            ({}, errno.EINVAL, "the ceiling limits nothing", "ceiling"),
            ({"max-version": "a b"}, errno.EINVAL,
             "max-version: name is not printable ASCII without space and slash", "ceiling"),
            ({"param": [{"name": "n", "low": 2, "high": 1}]}, errno.EINVAL,
             "ceiling param n: range ends before it starts", "ceiling"),
            ({"param": [{"name": "n", "low": 1, "high": 1 << 63}]}, errno.ERANGE,
             "n: number is above 2^63 - 1", "ceiling"),
            ({"param": [{"name": "n", "low": 1, "high": 2}] * 2}, errno.EINVAL,
             "ceiling param n: duplicate", "ceiling"),
            ({"feature": [{"name": "f", "mask": 1}] * 2}, errno.EINVAL,
             "ceiling feature f: duplicate", "ceiling"),
            ({"feature": [{"name": f"f{i}", "mask": 1} for i in range(17)]}, errno.EMSGSIZE,
             "ceiling features: more than 16 entries", "ceiling"),
            ({"param": [{"name": f"p{i}", "low": 1, "high": 1} for i in range(65)]},
             errno.EMSGSIZE, "ceiling params: more than 64 entries", "ceiling")):
        got = world.rejected(kind, ceiling)
        equal(text, got, (error, reported(text), path))
    wide = {"feature": [{"name": f"f{i}", "mask": 1 << 16383} for i in range(2)]}
    equal("size", world.rejected(kind, wide),
          (errno.EMSGSIZE, f"the ceiling is larger than {BYTES} bytes", "ceiling"))
    for values in ({}, {"ceiling": V2, "reset": True}):
        rejected, _ = world.client.where("type-set", {**world.key(kind), **values})
        equal("one of both", (rejected.errno, rejected.text),
              (errno.EINVAL, "either a ceiling or reset is needed"))


def missing_parts(defer):
    """Without its name or values, a part of a ceiling is rejected where it is"""
    world = Limited(defer)
    kind = world.offered()
    for part, whole in (("feature", {"name": "f", "mask": 1}),
                        ("param", {"name": "n", "low": 1, "high": 2})):
        for without in whole:
            less = {key: value for key, value in whole.items() if key != without}
            equal(f"{part} without {without}", world.rejected(kind, {part: [less]})[0],
                  errno.EINVAL)


def other_names(defer):
    """A name that no type can have is rejected, and a device's too"""
    world = Limited(defer)
    for part in ("parent-bus", "parent", "name"):
        kind = {"parent-bus": "sim", "parent": "p", "name": "t", part: "a b"}
        what = "type" if part == "name" else part
        equal(part, world.rejected(kind, V2)[:2], (errno.EINVAL, reported(
            f"{what}: name is not printable ASCII without space and slash")))


def expected(defer):
    """A type that has changed since is ESTALE, and nothing changes"""
    world = Limited(defer)
    kind = world.offered()
    sim(f"type set {kind['parent']} {kind['name']} driver=d")
    now = world.now(kind)
    expect = {"instance": now["instance"], "expect": kind["generation"]}
    equal("old", world.rejected(kind, V2, **expect),
          (errno.ESTALE, reported("the type has changed"), "expect"))
    equal("listed", world.listed(kind), [])
    expect["expect"] = now["generation"]
    world.limit(kind, V2, **expect)
    equal("again", world.rejected(kind, RANGE, **expect)[0], errno.ESTALE)
    absent = {**world.key(kind), "name": random_name()}
    equal("absent", world.rejected(absent, V2, **expect),
          (errno.ENODEV, reported("no such type"), "name"))
    equal("instance", world.rejected(kind, V2, expect=1, instance=now["instance"] ^ 1)[0],
          errno.ESTALE)


def dry_run(defer):
    """A dry run is acknowledged or rejected as the change would be, and changes nothing"""
    world = Limited(defer)
    kind = world.offered()
    absent = {**world.key(kind), "name": random_name()}
    monitor = Monitor(specification())
    defer(monitor.close)

    def dry(values):
        equal("replies", list(world.client.send("type-set", {**values, "dry-run": True},
                                                NLM_F_ACK)), [])

    dry({**world.key(kind), "ceiling": V2})
    dry({**absent, "ceiling": V2})
    equal("rejected", world.rejected(kind, {"max-version": "v9"}, **{"dry-run": True})[0],
          errno.ERANGE)
    world.limit(kind, RANGE)
    limited = world.now(kind)
    monitor.waiting()
    dry({**world.key(kind), "reset": True})
    dry({**world.key(kind), "ceiling": V2})
    equal("type", world.now(kind), limited)
    equal("listed", world.listed(kind), [{**world.key(kind), "ceiling": RANGE}])
    equal("events", monitor.waiting(), [])


def pending(defer):
    """A ceiling waits for its type, and stays when that goes"""
    world = Limited(defer)
    kind = world.offered()
    absent = {**world.key(kind), "name": random_name()}
    answer = world.limit(absent, V2)
    waiting = {**absent, "ceiling": V2, "pending": True}
    equal("answer", answer, waiting)
    equal("listed", world.listed(absent), [waiting])
    for _ in range(2):
        sim(f"type add {kind['parent']} {absent['name']} {OFFER}")
        there = world.client.do("type-get", absent)
        equal("in effect", there["record"]["ceiling"], V2)
        device = world.of_type(there)
        equal("device", device["record"]["ceiling"], V2)
        equal("listed", world.listed(absent), [{**absent, "ceiling": V2}])
        sim(f"dev del {device['name']}")
        sim(f"type del {kind['parent']} {absent['name']}")
        equal("pending again", world.listed(absent), [waiting])
    world.reset(absent)
    equal("reset", world.listed(absent), [])
    rejected, path = world.client.where("type-set", {**absent, "reset": True})
    equal("nothing to reset", (rejected.errno, rejected.text, path),
          (errno.ENODEV, reported("no such type"), "name"))


def driver_changes(defer):
    """If the driver no longer has the version of the ceiling, no version is below it"""
    world = Limited(defer)
    kind = world.offered()
    world.limit(kind, V2)
    sim(f"type set {kind['parent']} {kind['name']} version-=v2")
    sources = [world.source(f"version={one},flags=current") for one in ("v1", "v3")]
    equal("verdicts", ["ceiling" in world.found(one, kind)[1] for one in sources], [True, True])
    sim(f"type set {kind['parent']} {kind['name']} feature=f,supported=1 param-=n")
    equal("still there", world.now(kind)["record"]["ceiling"], V2)


def with_a_profile(defer):
    """A ceiling is of what a profile declares, too, whichever comes first"""
    world = Limited(defer)
    driver = random_name()
    kind = world.offered(f"driver={driver}")
    profile = {"name": random_name(), "driver": driver, "migration": "supported", "record": {
        "versions": {"entry": [{"name": "v2", "flags": ["accept", "create"]},
                               {"name": "v3", "flags": ["accept"]}]}}}
    equal("before", world.rejected(kind, V2)[0], errno.ERANGE)
    world.client.do("profile-set", profile)
    defer(world.client.do, "profile-del", {"name": profile["name"]})
    world.limit(kind, V2)
    source = world.source("version=v3,flags=current")
    equal("with both", "ceiling" in world.found(source, kind)[1], True)
    world.client.do("profile-set", {**profile, "replace": True, "migration": "undeclared"})
    equal("ceiling", world.now(kind)["record"]["ceiling"], V2)


def not_in_a_profile(defer):
    """A profile has no ceiling"""
    world = Limited(defer)
    rejected, path = world.client.where("profile-set", {
        "name": random_name(), "driver": "d", "migration": "supported",
        "record": {"ceiling": V2}})
    equal("rejected", (rejected.errno, rejected.text, path),
          (errno.EINVAL, reported("ceiling: a profile has none"), "record/ceiling"))


def too_many(defer):
    """There are no more ceilings than there can be, and a dump has all of them"""
    world = Limited(defer)
    parent = random_name()
    room = MOST - len(world.client.dump("ceiling-get", {}))
    kinds = [{"parent-bus": "sim", "parent": parent, "name": f"t{i}"} for i in range(room)]
    for kind in kinds:
        world.limit(kind, V2)
    equal("one too many", world.rejected({**kinds[0], "name": "more"}, V2)[:2],
          (errno.ENOSPC, reported("there are as many ceilings as there can be")))
    equal("replaced", world.limit(kinds[0], RANGE)["ceiling"], RANGE)
    dumped = [one["name"] for one in world.client.dump("ceiling-get", {})
              if one["parent"] == parent]
    equal("dumped", dumped, [kind["name"] for kind in kinds])


def largest(defer):
    """An endpoint of the largest size takes the largest ceiling, and is read whole"""
    world = Limited(defer)
    ceiling = {"feature": [{"name": "f0", "mask": 1 << 16383}],
               "param": [{"name": f"{i:x}".rjust(63, "p"), "low": 1, "high": 1 << 40}
                         for i in range(19)]}
    words = [f"feature=f{i},supported={1 << 16383:x}" for i in range(10)]
    words += [f"param={one['name']},value=u64:9,flags=configurable" for one in ceiling["param"]]
    kind = world.offered(f"migration=supported {' '.join(words)}")
    world.limit(kind, ceiling)
    now = world.now(kind)
    equal("ceiling", now["record"]["ceiling"], ceiling)
    equal("dumped", [one["record"]["ceiling"] for one in world.client.dump("type-get", {})
                     if one["id"] == kind["id"]], [ceiling])
    equal("as a source", world.found(world.declaration(now), kind)[1], [])


def nobody(defer):
    """Anybody may list the ceilings; to set one takes an administrator"""
    world = Limited(defer)
    kind = world.offered()
    world.limit(kind, V2)

    def read():
        Limited(defer).client.dump("ceiling-get", {})

    def change():
        try:
            Limited(defer).client.do("type-set", {**Limited.key(kind), "reset": True})
        except Rejected as rejected:
            raise OSError(rejected.errno, "rejected") from rejected

    as_nobody(read)
    as_nobody(change, errno.EPERM)
    equal("still there", world.listed(kind), [{**world.key(kind), "ceiling": V2}])


def audited(defer):
    """Every change is in the kernel's log"""
    world = Limited(defer)
    kind = world.offered()
    world.limit(kind, V2)
    world.reset(kind)
    log = subprocess.run(["dmesg"], check=True, capture_output=True, timeout=60).stdout.decode()
    handle = f"{kind['parent-bus']}/{kind['parent']}/{kind['name']}"
    lines = [line[line.index("ceiling of "):] for line in log.splitlines() if handle in line]
    equal("log", lines, [f"ceiling of {handle}: {what} by uid 0" for what in ("set", "reset")])


def while_it_moves(defer):
    """Ceilings come and go while types do, and at the end all is as it should be"""
    world = Limited(defer)
    kind = world.offered()
    moving = {**world.key(kind), "name": random_name()}
    child = os.fork()
    if not child:
        status = 1
        try:
            for _ in range(200):
                sim(f"type add {kind['parent']} {moving['name']} {OFFER}")
                sim(f"type del {kind['parent']} {moving['name']}")
            status = 0
        finally:
            os._exit(status)
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        world.limit(moving, V2)
        world.client.dump("type-get", {})
        world.client.dump("ceiling-get", {})
        world.reset(moving)
    world.limit(moving, V2)
    sim(f"type add {kind['parent']} {moving['name']} {OFFER}")
    equal("at the end", world.client.do("type-get", moving)["record"]["ceiling"], V2)


if __name__ == "__main__":
    sys.exit(run([
        not_a_dump, shown, same_again, versions, no_version_left, type_as_source, features, params,
        found_too,
        outside, out_of_bounds, missing_parts, other_names, expected, dry_run, pending,
        driver_changes, with_a_profile, not_in_a_profile, too_many, largest, nobody, audited,
        while_it_moves]))
