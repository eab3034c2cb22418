#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Profiles: what is declared for drivers that declare nothing. Endpoints of the
simulator stand for those of a bridge; each test has a driver of its own, so that no
other endpoint of the host is meant."""

import errno
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_DUMP
from judged import World, as_nobody, kernel, random_name, run, sim
from ktap import equal
from words import Raw

MOST = 256
BYTES = 24576
MODEL = {"model": {"value": "example.org/m"}}


class Profiled(World):
    """Endpoints and profiles of one test, which go when it is over."""

    def __init__(self, defer):
        super().__init__(defer)
        self.driver = random_name()

    def undeclared(self, words="", **more):
        return self.device(f"driver={self.driver} {words}", **more)

    def again(self, endpoint):
        """An endpoint as it is now."""
        return self.client.do("type-get" if "capacity" in endpoint else "dev-get",
                              {"id": endpoint["id"]})

    def discard(self, name):
        if any(one["name"] == name for one in self.client.dump("profile-get", {})):
            self.client.do("profile-del", {"name": name})

    def profile(self, record=None, **keys):
        """A profile for the driver of this test; its name."""
        values = {"name": random_name(), "driver": self.driver, "migration": "supported", **keys}
        if record is not None:
            values["record"] = record
        self.client.do("profile-set", {key: value for key, value in values.items() if value})
        self.defer(self.discard, values["name"])
        return values["name"]

    def verdict(self, source, target):
        return self.check({"id": source["id"]}, target)["verdict"]

    def rejected(self, values, flags=None, op="profile-set"):
        """Errno, text and place of a rejection."""
        more = {} if flags is None else {"flags": flags}
        rejected, path = self.client.where(op, values, **more)
        return rejected.errno, rejected.text, path


def as_it_was_set(defer):
    """A profile is reported as it was set, by its name and in a dump"""
    world = Profiled(defer)
    record = {
        "device-api": {"rule": "ignore"},
        "model": {"value": "m", "rule": "one-of", "accept": ["n", "o"]},
        "type": {"rule": "one-of", "accept": ["t"]},
        "software-version": {
            "value": {"major": 1, "minor": 2, "bugfix": 3}, "rule": "range",
            "accept": [{"from": {"major": 1, "minor": 0, "bugfix": 0}}]},
        "versions": {"rule": "one-of", "entry": [{"name": "v1", "flags": ["accept"]}]},
        "feature": [{"name": "f", "rule": "equal", "required": 3}],
        "param": [{"name": "p", "value-type": "u64", "rule": "range", "off-value": {"u64": 0},
                   "allowed": [{"low": 1, "high": 9}]}],
        "aggregation": {"base": "b", "units": 2, "count": 1, "resplit": True}}
    values = {"name": random_name(), "bus": "sim", "driver": world.driver, "type": "t-?*",
              "migration": "supported", "record": record}
    world.client.do("profile-set", values)
    defer(world.discard, values["name"])
    one = world.client.do("profile-get", {"name": values["name"]})
    equal("by name", {key: one[key] for key in values}, values)
    equal("and more", one.keys() - values.keys(), {"instance", "generation", "snapshot"})
    equal("in a dump", [one for one in world.client.dump("profile-get", {})
                        if one["name"] == values["name"]], [one])


def judged_by_it(defer):
    """Endpoints that are undeclared are compatible with a profile, and undeclared without"""
    world = Profiled(defer)
    source = world.undeclared("software-version=1.0.0")
    target = world.undeclared("software-version=1.1.0")
    kind = world.type(f"driver={world.driver} software-version=1.1.0")
    equal("before", world.verdict(source, target), "undeclared")
    name = world.profile(MODEL)
    for one in (target, kind):
        equal("with it", world.verdict(source, one), "compatible")
    equal("the other way", world.verdict(target, source), "incompatible")
    world.discard(name)
    for one in (target, kind):
        equal("after", world.verdict(source, one), "undeclared")


def reported(defer):
    """An endpoint reports which profile is in effect and what it declares"""
    world = Profiled(defer)
    device, kind = world.undeclared(), world.type(f"driver={world.driver}")
    for one in (device, kind):
        equal("before", (one.get("profile"), one["migration"]), (None, "undeclared"))
    name = world.profile(MODEL)
    for op, one in (("dev-get", device), ("type-get", kind)):
        now = world.client.do(op, {"id": one["id"]})
        equal("with it", (now["profile"], now["migration"], now.get("conflict")),
              (name, "supported", None))
        equal("model", now["record"]["model"], {"value": "example.org/m", "rule": "one-of"})
        found = world.client.dump(op, {"filter": {"model": "example.org/m", "migratable": True}})
        equal("found", [other for other in found if other["id"] == one["id"]], [now])
    world.discard(name)
    same = world.client.do("dev-get", {"id": device["id"]})
    for key in ("generation", "snapshot"):
        device.pop(key), same.pop(key)
    equal("after", same, device)


def generations(defer):
    """The profile is one change, each endpoint that follows is one more, and no other changes"""
    world = Profiled(defer)
    devices = world.undeclared(count=5)
    other = world.device("driver=other")
    start = world.again(other)["snapshot"]
    name = world.profile(MODEL)
    now = [world.again(one) for one in devices]
    equal("changes", sorted(one["generation"] for one in now),
          list(range(start + 2, start + 7)))
    equal("other", world.again(other)["generation"], other["generation"])
    world.profile(MODEL, name=name, replace=True)
    equal("the same again", [world.again(one)["generation"] for one in devices],
          [one["generation"] for one in now])
    world.discard(name)
    equal("deleted", sorted(world.again(one)["generation"] for one in devices),
          list(range(start + 8, start + 13)))
    world.profile(MODEL, driver=random_name())
    equal("for nobody", world.again(other)["snapshot"], start + 13)


def answers(defer):
    """A change of a profile is answered with the profile, its generation and how many endpoints
    changed"""
    world = Profiled(defer)
    device, = world.undeclared(count=1)
    start, instance = device["snapshot"], device["instance"]
    values = {"name": random_name(), "driver": world.driver, "migration": "supported",
              "record": MODEL}
    reported = {**values, "instance": instance}
    equal("set", world.client.do("profile-set", values),
          {**reported, "generation": start + 1, "snapshot": start + 2, "changed": 1})
    read = {**reported, "generation": start + 1}
    equal("get", world.client.do("profile-get", {"name": values["name"]}),
          {**read, "snapshot": start + 2})
    world.set(device, "info=x,value=bool:true")
    equal("in a dump", [one for one in world.client.dump("profile-get", {})
                        if one["name"] == values["name"]], [{**read, "snapshot": start + 3}])
    equal("an equal one", world.client.do("profile-set", {**values, "replace": True}),
          {**read, "snapshot": start + 3, "changed": 0})
    values["bus"] = reported["bus"] = "sim"
    equal("replaced", world.client.do("profile-set", {**values, "replace": True}),
          {**reported, "generation": start + 4, "snapshot": start + 4, "changed": 0})
    equal("deleted", world.client.do("profile-del", {"name": values["name"]}),
          {**reported, "generation": start + 5, "snapshot": start + 6, "changed": 1})


def beside_the_record(defer):
    """Capabilities are added to those of the driver, and cost is where the driver reports none"""
    world = Profiled(defer)
    device = world.undeclared("capabilities=p2p cost=10")
    plain = world.undeclared()
    values = {"name": random_name(), "driver": world.driver, "migration": "supported",
              "capabilities": ["stop-copy"], "cost": {"state-size": 2**40, "downtime": 7}}
    reported = world.client.do("profile-set", values)
    equal("reported", {key: reported[key] for key in values}, values)
    now = world.again(device)
    equal("capabilities", now["capabilities"], ["stop-copy", "p2p"])
    equal("cost", now["cost"], {"state-size": 10, "downtime": 7})
    now = world.again(plain)
    equal("alone", (now["capabilities"], now["cost"]), (["stop-copy"], values["cost"]))
    world.client.do("profile-del", {"name": values["name"]})
    equal("as before", [world.again(one).get("cost") for one in (device, plain)],
          [{"state-size": 10}, None])
    for wrong, path in (({"capabilities": 32}, "capabilities"),
                        ({"cost": {"downtime": 2**63}}, "cost")):
        equal(path, world.rejected({**values, **wrong})[2], path)


def appears_later(defer):
    """An endpoint that appears later has its profile from the first moment"""
    world = Profiled(defer)
    name = world.profile(MODEL)
    before = world.device()["snapshot"]
    device = world.undeclared()
    equal("profile", (device["profile"], device["migration"]), (name, "supported"))
    equal("one change", device["generation"], before + 1)
    equal("type", world.type(f"driver={world.driver}")["profile"], name)


def comes_back(defer):
    """A profile outlives its endpoints"""
    world = Profiled(defer)
    name = world.profile(MODEL)
    first = random_name()
    for _ in range(3):
        sim(f"dev add {first} driver={world.driver}")
        equal("profile", world.client.do("dev-get", {"bus": "sim", "name": first})["profile"],
              name)
        sim(f"dev del {first}")


def reload_sim(load):
    path = f"{os.environ.get('VDEV_MODULES', '')}/vdev_sim.ko"
    command = ["rmmod", "vdev_sim"]
    if load:
        command = ["insmod", path] if os.path.exists(path) else ["modprobe", "vdev_sim"]
    subprocess.run(command, check=True, timeout=60)


def provider_comes_back(defer):
    """A profile outlives the provider"""
    world = Profiled(defer)
    name = world.profile(MODEL)
    sim(f"dev add {name} driver={world.driver}")
    reload_sim(False)
    try:
        equal("reported", world.client.do("profile-get", {"name": name})["driver"], world.driver)
    finally:
        reload_sim(True)
    equal("again", world.undeclared()["profile"], name)


def more_specific(defer):
    """Of several profiles the more specific one is in effect, and then the next"""
    world = Profiled(defer)
    device = world.undeclared("type=kind-12")
    # From the one that is in effect to the last; they are made in another order.
    keys = ({"bus": "sim", "type": "kind-12"}, {"bus": "sim", "type": "kind-1?"},
            {"bus": "sim", "type": "kind-1*?"}, {"bus": "sim", "type": "kind-*"},
            {"bus": "sim", "type": "kind-??"}, {"bus": "sim", "type": "*1*"},
            {"bus": "sim", "type": "*"}, {"type": "k*"}, {"bus": "sim"}, {})
    names = {place: world.profile(MODEL, **keys[place]) for place in (6, 0, 9, 3, 8, 1, 5, 2, 7, 4)}
    order = [names[place] for place in range(len(keys))]
    world.profile(MODEL, bus="sim", type="kind-13")
    equal("in a dump", [one["name"] for one in world.client.dump("profile-get", {})
                        if one["name"] in order], order)
    for name in order:
        equal("in effect", world.again(device)["profile"], name)
        world.discard(name)
    equal("none", world.again(device).get("profile"), None)


def tie(defer):
    """Of two that are as specific the one is in effect whose name comes first"""
    world = Profiled(defer)
    device = world.undeclared()
    for name in ("b", "a", "c"):
        world.profile(MODEL, name=f"{world.driver}.{name}")
        equal(name, world.again(device)["profile"],
              f"{world.driver}.{'b' if name == 'b' else 'a'}")


def declared_by_itself(defer):
    """What a driver declares itself is never touched"""
    world = Profiled(defer)
    devices = [world.undeclared(f"migration={word}") for word in ("supported", "unsupported")]
    devices.append(world.undeclared("migration=supported blocker=b,reason=r"))
    world.profile(MODEL, bus="sim")
    equal("the same", [world.again(one)["generation"] for one in devices],
          [one["generation"] for one in devices])
    equal("profile", [world.again(one).get("profile") for one in devices], [None] * 3)


def declares_later(defer):
    """A driver that begins to declare is heard, and one that ends has the profile again"""
    world = Profiled(defer)
    name = world.profile(MODEL)
    device = world.undeclared()
    world.set(device, "migration=unsupported")
    now = world.again(device)
    equal("declared", (now.get("profile"), now["migration"], now["record"]),
          (None, "unsupported", {}))
    world.set(device, "migration=unset")
    equal("undeclared", world.again(device)["profile"], name)


def updated(defer):
    """What the driver reports again is reported with the profile"""
    world = Profiled(defer)
    name = world.profile({**MODEL, "param": [{"name": "p", "value-type": "u64", "rule": "at-least"}]})
    device = world.undeclared("param=p,value=u64:1")
    before = world.again(device)["generation"]
    world.set(device, "param=p,value=u64:2")
    now = world.again(device)
    equal("profile", now["profile"], name)
    equal("generation", now["generation"], before + 1)
    param, = now["record"]["param"]
    equal("param", (param["value"], param["rule"]), ({"u64": 2}, "at-least"))
    world.set(device, f"driver={random_name()}")
    now = world.again(device)
    equal("another driver", (now.get("profile"), now["record"]["param"][0]["rule"]),
          (None, "equal"))


def facts_stay(defer):
    """A value that the driver reports stays; the profile says how it is judged"""
    world = Profiled(defer)
    device = world.undeclared(
        "type=reported software-version=1.2.3 feature=f,supported=ff param=p,value=u64:5,"
        "origin=inherited aggregation=reported,units=1,count=3")
    world.profile({
        "type": {"value": "declared", "accept": ["other"]},
        "software-version": {"value": {"major": 9, "minor": 9, "bugfix": 9}, "rule": "equal"},
        "feature": [{"name": "f", "rule": "equal", "supported": 0x103, "required": 3}],
        "param": [{"name": "p", "value-type": "u64", "value": {"u64": 7}, "off-value": {"u64": 5}},
                  {"name": "q", "value-type": "bool", "value": {"bool": 1}}],
        "aggregation": {"base": "declared", "units": 4, "count": 1, "resplit": True}})
    record = world.again(device)["record"]
    equal("type", record["type"], {"value": "reported", "rule": "one-of", "accept": ["other"]})
    equal("software-version", record["software-version"],
          {"value": {"major": 1, "minor": 2, "bugfix": 3}, "rule": "equal"})
    equal("feature", record["feature"],
          [{"name": "f", "rule": "equal", "supported": 0xff, "required": 3}])
    equal("params", [(one["name"], one["value"], one["origin"]) for one in record["param"]],
          [("p", {"u64": 5}, "profile"), ("q", {"bool": 1}, "profile")])
    equal("off", record["param"][0]["off-value"], {"u64": 5})
    equal("aggregation", record["aggregation"],
          {"base": "declared", "units": 4, "count": 3, "total": 12, "rule": "equal",
           "resplit": True})


def unsupported(defer):
    """A profile can declare that the state cannot be moved"""
    world = Profiled(defer)
    source, target = world.undeclared(), world.undeclared()
    world.profile(migration="unsupported")
    equal("verdict", world.verdict(source, target), "not-migratable")


def travels(defer):
    """A declaration that has a profile's parameters can travel"""
    world = Profiled(defer)
    source, target = world.undeclared(), world.undeclared()
    world.profile({"param": [{"name": "p", "value-type": "u64", "value": {"u64": 1}}]})
    answer = world.check(world.declaration(world.again(source)), target)
    equal("verdict", answer["verdict"], "identical")


def name_is_taken(defer):
    """A name is taken once, unless it is to be replaced"""
    world = Profiled(defer)
    device = world.undeclared()
    name = world.profile(MODEL)
    values = {"name": name, "driver": world.driver, "migration": "supported",
              "record": {"model": {"value": "other"}}}
    equal("rejected", world.rejected(values),
          (errno.EEXIST, "a profile of that name exists", "name"))
    equal("as before", world.again(device)["record"]["model"]["value"], "example.org/m")
    world.client.do("profile-set", {**values, "replace": True})
    equal("replaced", world.again(device)["record"]["model"]["value"], "other")
    world.client.do("profile-set", {**values, "driver": "nobody", "replace": True})
    equal("moved on", world.again(device).get("profile"), None)


def not_there(defer):
    """A profile that is not there is not reported and not deleted"""
    world = Profiled(defer)
    for op in ("profile-get", "profile-del"):
        equal(op, world.rejected({"name": random_name()}, op=op),
              (errno.ENOENT, "no such profile", "name"))
        equal(op, world.rejected({}, op=op)[::2], (errno.EINVAL, "name"))
    rejection = world.rejected({"name": "a"}, NLM_F_DUMP, "profile-get")
    equal("dump", rejection[0], errno.EINVAL)
    # On 6.1 the start of a dump cannot say more.
    if kernel() >= (6, 12):
        equal("dump", rejection[1:], ("a dump of profiles takes no name", "name"))


def too_many(defer):
    """There are 256 profiles at most"""
    world = Profiled(defer)
    room = MOST - len(world.client.dump("profile-get", {}))
    names = [world.profile(driver="nobody", type=f"t{number}") for number in range(room)]
    values = {"name": random_name(), "driver": world.driver, "migration": "supported"}
    equal("rejected", world.rejected(values),
          (errno.ENOSPC, "there are as many profiles as there can be", ""))
    world.profile(name=names[0], replace=True)
    equal("all", len(world.client.dump("profile-get", {})), MOST)
    world.discard(names[1])
    world.profile()


def nobody(defer):
    """A user without any capability reads the profiles and cannot change them"""
    world = Profiled(defer)
    name = world.profile(MODEL)
    values = {"name": random_name(), "driver": world.driver, "migration": "supported"}
    fresh = lambda: Profiled(lambda *_: None).client  # pylint: disable=unnecessary-lambda-assignment
    as_nobody(lambda: fresh().do("profile-get", {"name": name}))
    as_nobody(lambda: fresh().dump("profile-get", {}))
    as_nobody(lambda: fresh().do("profile-set", values), errno.EPERM)
    as_nobody(lambda: fresh().do("profile-set", {**values, "name": name, "replace": True}),
              errno.EPERM)
    as_nobody(lambda: fresh().do("profile-del", {"name": name}), errno.EPERM)
    equal("still there", world.client.do("profile-get", {"name": name})["name"], name)


def lists_of(number, **one):
    return [{"name": f"n{i}", **one} for i in range(number)]


# What is wrong: the errno, the text (none: not ours), the place.
REJECTIONS = [
    ({"name": None}, errno.EINVAL, None, "name"),
    ({"name": ""}, errno.EINVAL, "profile: name is empty", "name"),
    ({"name": "a/b"}, errno.EINVAL,
     "profile: name is not printable ASCII without space and slash", "name"),
    ({"name": "x" * 64}, errno.EINVAL, None, "name"),
    ({"migration": None}, errno.EINVAL, None, "migration"),
    ({"cost": [("downtime", 1), ("downtime", 2)] * 4}, errno.EMSGSIZE,
     "cost is larger than its three numbers", "cost"),
    ({"migration": 0}, errno.ERANGE, None, "migration"),
    ({"migration": 4}, errno.ERANGE, None, "migration"),
    ({"driver": None}, errno.EINVAL, "a profile is for a bus, a driver or a type", ""),
    ({"driver": ""}, errno.EINVAL, "driver: string is empty", "driver"),
    ({"driver": "x" * 256}, errno.EINVAL, None, "driver"),
    ({"bus": "a b"}, errno.EINVAL,
     "bus: name is not printable ASCII without space and slash", "bus"),
    ({"type": "a\tb"}, errno.EINVAL, "type: string has control characters", "type"),
    ({"record": {"model": {"value": "", "rule": "equal"}}}, errno.EINVAL,
     "model: string is empty", "record/model"),
    ({"record": {"type": {"accept": ["a", "a"]}}}, errno.EINVAL, "type a: duplicate",
     "record/type"),
    ({"record": {"type": {"rule": "semver"}}}, errno.EINVAL, "type: rule 7 does not apply",
     "record/type"),
    ({"record": {"software-version": {"rule": "equal"}}}, errno.EINVAL, None,
     "record/software-version/value"),
    ({"record": {"feature": lists_of(17)}}, errno.EMSGSIZE, "features: more than 16 entries",
     "record/feature[16]"),
    ({"record": {"feature": [{"name": "f", "supported": 1, "required": 2}]}}, errno.EINVAL,
     "feature f: requires what it does not offer", "record/feature[0]"),
    ({"record": {"param": lists_of(65, **{"value-type": "u64"})}}, errno.EMSGSIZE,
     "params: more than 64 entries", "record/param[64]"),
    ({"record": {"param": lists_of(2, **{"value-type": "u64"}) + [{"name": "p", "value-type": "bool",
                                                      "rule": "at-least"}]}},
     errno.EINVAL, "p: rule 3 does not apply", "record/param[2]"),
    ({"record": {"param": [{"name": "p"}]}}, errno.EINVAL, None, "record/param[0]/value-type"),
    ({"record": {"aggregation": {"base": "b", "units": 1}}}, errno.EINVAL, None,
     "record/aggregation/count"),
    ({"record": {"aggregation": {"base": "b", "units": 0, "count": 1}}}, errno.ERANGE, None,
     "record/aggregation/units"),
    ({"record": {"model": {"value": "m", "accept": [f"{i:0250}" for i in range(64)]},
                 "type": {"accept": [f"{i:0250}" for i in range(64)]}}}, errno.EMSGSIZE,
     "record is larger than 24576 bytes", "record"),
]


def out_of_bounds(defer):
    """A profile keeps the bounds of a driver's record; a rejection points at what is wrong"""
    world = Profiled(defer)
    device = world.undeclared()
    # Before 6.2 a text could not hold what is wrong.
    words = kernel() >= (6, 2)
    for wrong, error, text, path in REJECTIONS:
        values = {"name": random_name(), "driver": world.driver, "migration": "supported",
                  **wrong}
        got = world.rejected({key: value for key, value in values.items() if value is not None})
        equal(f"errno of {wrong}"[:200], got[0], error)
        equal(f"place of {wrong}"[:200], got[2], path)
        if text and words:
            equal(f"text of {wrong}"[:200], got[1], text)
    equal("unchanged", world.again(device)["generation"], device["generation"])


def largest(defer):
    """The largest record is taken, and reported in a dump"""
    world = Profiled(defer)
    params = [{"name": f"p{i}", "value-type": "string", "value": {"string": f"{i:0255}"}}
              for i in range(64)]
    words = world.client.words
    room = BYTES - len(words.nest("record", {"param": params}))
    accept = [f"{i:0100}" for i in range(room // 108 - 1)]
    record = {"param": params, "model": {"value": "m", "accept": accept}}
    rest = BYTES - len(words.nest("record", record))
    record["type"] = Raw(words.nest("ident", {"accept": ["x" * (rest - 9)]}))
    equal("size", len(words.nest("record", record)), BYTES)
    name = world.profile(record)
    reported = [one for one in world.client.dump("profile-get", {}) if one["name"] == name]
    equal("params", len(reported[0]["record"]["param"]), 64)
    now = world.undeclared()
    equal("conflict", (now["profile"], now.get("conflict"), now["migration"]),
          (name, "larger than 24576 bytes", "undeclared"))


CONFLICTS = [
    ("param=p,value=string:a", {"param": [{"name": "p", "value-type": "u64"}]},
     "param p: the driver reports another type of value", "param=p,value-type=u64,value=u64:1"),
    ("feature=f,supported=1", {"feature": [{"name": "f", "required": 2}]},
     "feature f: requires what it does not offer", "feature=f,supported=3"),
    (" ".join(f"param=q{i},value-type=bool" for i in range(64)),
     {"param": [{"name": "p", "value-type": "u64"}]}, "params: more than 64 entries", "-param"),
]


def conflict(defer):
    """An endpoint that the profile conflicts with stays undeclared, and says why"""
    for words, record, why, fits in CONFLICTS:
        world = Profiled(defer)
        device = world.undeclared(words)
        name = world.profile({**MODEL, **record})
        now = world.again(device)
        equal("conflict", (now["profile"], now["conflict"], now["migration"]),
              (name, why, "undeclared"))
        equal("record", now["record"], device["record"])
        equal("verdict", world.verdict(device, device), "undeclared")
        world.set(device, fits)
        now = world.again(device)
        equal("fits", (now["profile"], now.get("conflict"), now["migration"]),
              (name, None, "supported"))
        equal("later", world.undeclared(words)["conflict"], why)


def rule_without_value(defer):
    """A rule for what the driver does not report has no effect"""
    world = Profiled(defer)
    name = world.profile({**MODEL, "type": {"rule": "one-of", "accept": ["a"]}})
    now = world.undeclared()
    equal("reported", (now["profile"], now.get("conflict"), now["record"].get("type")),
          (name, None, None))
    equal("with a type", world.undeclared("type=t")["record"]["type"],
          {"value": "t", "rule": "one-of", "accept": ["a"]})


def audited(defer):
    """Every change is in the kernel's log, with what it is for"""
    world = Profiled(defer)
    name = world.profile(MODEL, type="a\u00e9\"b*")
    world.profile(MODEL, name=name, replace=True)
    world.discard(name)
    log = subprocess.run(["dmesg"], check=True, capture_output=True, timeout=60).stdout.decode()
    lines = [line[line.index("profile "):] for line in log.splitlines() if f" {name}: " in line]
    rest = f"bus *, driver {world.driver}, type"
    equal("log", lines, [
        f"profile {name}: set by uid 0: {rest} a\u00e9\"b*",
        f"profile {name}: replaced by uid 0: {rest} *",
        f"profile {name}: deleted by uid 0: {rest} *"])


def while_it_moves(defer):
    """Profiles come and go while endpoints do, and at the end all is as it should be"""
    world = Profiled(defer)
    names = [random_name() for _ in range(4)]
    child = os.fork()
    if not child:
        status = 1
        try:
            for i in range(150):
                sim(f"dev add {names[i % 4]} count=3 driver={world.driver}")
                sim(f"dev set {names[i % 4]}* param=p{i},value=u64:{i}")
                sim(f"dev del {names[i % 4]}*")
            status = 0
        finally:
            os._exit(status)
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        profile = world.profile(MODEL)
        world.client.dump("dev-get", {})
        world.profile({"model": {"value": "n"}}, name=profile, replace=True)
        world.discard(profile)
    world.profile(MODEL)
    equal("at the end", world.undeclared()["migration"], "supported")


if __name__ == "__main__":
    sys.exit(run([
        as_it_was_set, judged_by_it, reported, generations, answers, beside_the_record, appears_later, comes_back,
        provider_comes_back, more_specific, tie, declared_by_itself, declares_later, updated,
        facts_stay, unsupported, travels, name_is_taken, not_there, too_many, nobody,
        out_of_bounds, largest, conflict, rule_without_value, audited, while_it_moves]))
