#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""What a request to check can say of a target and a source, and who can: each rejection
with its errno, its text and the attribute that it points at. What is wrong with the
bytes of an attribute is in wire.c, what is out of bounds in check_bounds.py, what is
of a newer version in check_newer.py."""

import errno
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from judged import Declared, World, as_nobody, judgement, rejected, run, reported
from ktap import equal
from words import Raw

YES = "migration=supported"
MISSING = ""


def no_target(defer):
    """A target that is not there is named"""
    world = World(defer)
    source = {"id": world.device()["id"]}
    for values, path in (({"id": 2**31 - 1}, "id"), ({"bus": "sim", "name": "no"}, "name"),
                         ({"parent-bus": "sim", "parent": "no", "name": "no"}, "name")):
        rejected(world, {**values, "source": source}, errno.ENODEV, "no such target", path)


def no_source(defer):
    """A source of this host that is not there is named"""
    world = World(defer)
    target = world.device()["id"]
    for source, path in (({"id": 2**31 - 1}, "id"), ({"bus": "sim", "name": "no"}, "name"),
                         ({"parent-bus": "sim", "parent": "no", "name": "no"}, "name")):
        rejected(world, {"id": target, "source": source}, errno.ENODEV, "no such source",
                f"source/{path}")


def incomplete_names(defer):
    """Each part of the name of a source is required"""
    world = World(defer)
    target = world.device()["id"]
    for source, path in (({"name": "x"}, "bus"), ({"bus": "x"}, "name"),
                         ({"parent": "x", "name": "x"}, "parent-bus"),
                         ({"parent-bus": "x", "name": "x"}, "parent"),
                         ({"parent-bus": "x", "parent": "x"}, "name")):
        rejected(world, {"id": target, "source": source}, errno.EINVAL, MISSING, f"source/{path}")


def names_that_exclude(defer):
    """A source has one name"""
    world = World(defer)
    target = world.device()["id"]
    rejected(world, {"id": target, "source": {"name": "x", "id": 1}}, errno.EINVAL,
            "id and name exclude each other", "source/id")
    rejected(world, {"id": target, "source": {"bus": "x", "parent": "x", "name": "x"}},
            errno.EINVAL, "a type is named by its parent, without a bus", "source/bus")


def neither(defer):
    """A source without a name and a record misses the record"""
    world = World(defer)
    for source in ({}, {"migration": "supported"},
                   {"blocker": [{"name": "b", "reason": "r"}]}):
        rejected(world, {"id": world.device()["id"], "source": source}, errno.EINVAL, MISSING,
                "source/record")


def both(defer):
    """A source is no local one with something of a record"""
    world = World(defer)
    device = world.device()["id"]
    for name in ({"id": device}, {"bus": "sim", "name": "x"}, {"parent": "x"}):
        for more, path in (({"record": {}}, "record"), ({"migration": 1}, "migration"),
                           ({"blocker": [{"name": "b"}]}, "blocker[0]"),
                           ({"endpoint": "type"}, "endpoint"),
                           ({"unknown": ["a"]}, "unknown[0]")):
            rejected(world, {"id": device, "source": {**name, **more}}, errno.EINVAL,
                    "a source has a name or a record, not both", f"source/{path}")


def stale(defer):
    """A target that changed after the generation that is expected is not judged"""
    world = World(defer)
    source, target = world.device(), world.device()
    source, at, instance = {"id": source["id"]}, target["generation"], target["instance"]
    for expect in (at, world.check(source, target)["snapshot"]):
        equal("verdict", world.check(source, target, expect=expect, instance=instance)["verdict"],
              "identical")
    request = {"id": target["id"], "instance": instance, "source": source}
    for expect in (0, at - 1):
        rejected(world, {**request, "expect": expect}, errno.ESTALE, "the target has changed",
                "expect")
    world.set(target, "driver=other")
    rejected(world, {**request, "expect": at}, errno.ESTALE, "the target has changed", "expect")
    answer = world.check(source, target)
    equal("generation", answer["generation"], answer["snapshot"])
    equal("again", world.check(source, target, expect=answer["generation"],
                               instance=answer["instance"])["verdict"], "identical")


def other_instance(defer):
    """A generation of another load of the module never matches, whatever its number is"""
    world = World(defer)
    source, target = world.device(), world.device()
    request = {"id": target["id"], "source": {"id": source["id"]}}
    for expect in (1, target["generation"], 2**64 - 1):
        for instance in (target["instance"] ^ 1 or 2, target["instance"] ^ 1 << 31 or 2):
            rejected(world, {**request, "expect": expect, "instance": instance}, errno.ESTALE,
                    "that generation is of another instance", "instance")
    rejected(world, {**request, "expect": target["generation"]}, errno.EINVAL, "", "instance")
    rejected(world, {**request, "instance": target["instance"]}, errno.EINVAL, "", "expect")


def to_come(defer):
    """A generation that is still to come is not expected"""
    world = World(defer)
    source, target = world.device(), world.device()
    source = {"id": source["id"]}
    now = world.check(source, target)["snapshot"]
    for expect in (now + 1000, 2**64 - 1):
        rejected(world, {"id": target["id"], "expect": expect, "instance": target["instance"],
                        "source": source}, errno.ESTALE,
                "that generation has not been reached", "expect")


def unprivileged(defer):
    """A user without any capability checks and finds"""
    world = World(defer)
    source, target = world.device(), world.device()

    def ask():
        own = World(defer)
        equal("verdict", own.check({"id": source["id"]}, target)["verdict"], "identical")
        equal("found", target["id"] in [one["id"] for one in own.find({"id": source["id"]})], True)

    as_nobody(ask)


def unprivileged_words(defer):
    """A rejection is the same for a user without any capability"""
    world = Declared(defer)
    as_nobody(lambda: rejected(World(defer), world.values({"model": {"value": ""}}), errno.EINVAL,
                              reported("model: string is empty"), "source/record/model"))


def mandatory(defer):
    """Each attribute that cannot be missing is named where it is"""
    world = Declared(defer)
    one = {"major": 1, "minor": 2, "bugfix": 3}
    for part in ("device-api", "model", "type"):
        world.misses({part: {"rule": "equal"}}, f"{part}/value")
    world.misses({"software-version": {}}, "software-version/value")
    for number in one:
        rest = {name: one[name] for name in one if name != number}
        world.misses({"software-version": {"value": rest}}, f"software-version/value/{number}")
    accept = "software-version/accept[1]"
    for extra, path in (({"to": one}, "from"), ({"from": {}}, "from/major"),
                        ({"from": one, "to": {"major": 1}}, "to/minor")):
        world.misses({"software-version": {"value": one, "accept": [{"from": one}, extra]}},
                     f"{accept}/{path}")
    world.misses({"versions": {"entry": [{"name": "a"}, {"flags": 1}]}}, "versions/entry[1]/name")
    world.misses({"feature": [{"supported": 1}]}, "feature[0]/name")
    world.misses({"param": [{"name": "a", "value-type": "u64"}, {"value-type": "u64"}]}, "param[1]/name")
    world.misses({"param": [{"name": "a"}]}, "param[0]/value-type")
    world.misses({"param": [{"name": "a", "value-type": "u64", "allowed": [{"low": 1}]}]},
                 "param[0]/allowed[0]/high")
    world.misses({"param": [{"name": "a", "value-type": "u64", "allowed": [{"high": 1}]}]},
                 "param[0]/allowed[0]/low")
    world.misses({"param": [{"name": "a", "value-type": "string", "allowed": [{"low": 1}]}]},
                 "param[0]/allowed[0]/string")
    whole = {"base": "b", "units": 1, "count": 1}
    for part in whole:
        rest = {name: whole[name] for name in whole if name != part}
        world.misses({"aggregation": rest}, f"aggregation/{part}")
    for name, whole in (("feature", {"name": "a", "mask": 1}),
                        ("param", {"name": "a", "low": 1, "high": 1})):
        for part in whole:
            rest = {one: whole[one] for one in whole if one != part}
            world.misses({"ceiling": {name: [whole, rest]}}, f"ceiling/{name}[1]/{part}")


def nothing_but_headers(defer):
    """What misses everything takes no room for what it misses"""
    world = Declared(defer)
    for path, part in (("ceiling/feature", "name"), ("ceiling/param", "name"),
                       ("versions/entry", "name"), ("software-version/accept", "from"),
                       ("feature", "name"), ("param", "name")):
        *outer, last = path.split("/")
        record = {last: [{}] * 1000}
        if outer == ["software-version"]:
            record["value"] = {"major": 1, "minor": 2, "bugfix": 3}
        for name in outer:
            record = {name: record}
        world.misses(record, f"{path}[0]/{part}")


def blocker_parts(defer):
    """A blocker has a name and a reason"""
    world = Declared(defer)
    for blocker, part in (({"reason": "r"}, "name"), ({"name": "b"}, "reason")):
        rejected(world, world.values({}, blocker=[{"name": "a", "reason": "r"}, blocker]),
                errno.EINVAL, MISSING, f"source/blocker[1]/{part}")


def one_thing_and_another(defer):
    """What contradicts itself is rejected where it does"""
    world = Declared(defer)

    def check(record, part, words):
        rejected(world, world.values(record), errno.EINVAL, words, f"source/record/{part}")

    for value in ({}, {"u64": 1, "string": "a"}, {"u64": 1, "bool": 1},
                  {"u64": 1, "string": "a", "bool": 1}):
        check({"param": [{"name": "a", "value-type": "u64", "value": value}]}, "param[0]/value",
              "a value is one of u64, string and bool")
        check({"param": [{"name": "a", "value-type": "u64", "off-value": value}]},
              "param[0]/off-value", "a value is one of u64, string and bool")
    check({"param": [{"name": "a", "value-type": "string", "allowed": [{"string": "x", "low": 1}]}]},
          "param[0]/allowed[0]", "a number is allowed for a string")
    check({"param": [{"name": "a", "value-type": "u64",
                      "allowed": [{"low": 1, "high": 1}, {"low": 1, "high": 1, "string": "x"}]}]},
          "param[0]/allowed[1]", "a string is allowed for a number")
    whole = {"base": "b", "units": 3, "count": 2}
    for total in (0, 5, 2**64 - 1):
        check({"aggregation": {**whole, "total": total}}, "aggregation/total",
              "total is not units times count")
    world.takes({"aggregation": {**whole, "total": 6}})
    for name in ("supported", "provisioned", "required", "negotiated"):
        for size in (1, 4, 7, 9, 2047):
            check({"feature": [{"name": "f", name: Raw(bytes(size))}]}, f"feature[0]/{name}",
                  "a bitmap is of words of 8 bytes")


def last_counts(defer):
    """Of an attribute that is not repeated, but there twice, the last one counts"""
    world = Declared(defer)
    target = world.device(f"{YES} model=m software-version=1.1.1 version=v,flags=accept+current")
    one = {"major": 1, "minor": 1, "bugfix": 1}
    record = [("model", {"value": "x", "accept": ["a", "b"]}), ("model", {"value": "m"}),
              ("software-version", {"value": {**one, "major": 9}, "accept": [{"from": one}]}),
              ("software-version", [("value", {**one, "minor": 9}), ("value", one)]),
              ("versions", {"entry": [{"name": "w", "flags": ["current"]}, {"name": "u"}]}),
              ("versions", {"entry": [{"name": "v", "flags": ["current"]}]}),
              ("ceiling", {"max-version": "u"}),
              ("ceiling", [("max-version", "w"), ("max-version", "v")])]
    source = [("migration", 1), ("migration", "supported"), ("record", {"model": {"value": "y"}}),
              ("record", record)]
    answer = world.check(source, target)
    equal("verdict", answer["verdict"], "identical")
    equal("again", judgement(answer), judgement(world.check({"id": target["id"]}, target)))


def undeclared(defer):
    """A record without a declaration is undeclared"""
    world = Declared(defer)
    answer = world.check({"record": {}}, world.target)
    equal("verdict", answer["verdict"], "undeclared")
    equal("code", answer["finding"][0]["code"], "source-undeclared")


if __name__ == "__main__":
    sys.exit(run([
        no_target, no_source, incomplete_names, names_that_exclude, neither, both, stale,
        other_instance, to_come, unprivileged, unprivileged_words, mandatory,
        nothing_but_headers, blocker_parts,
        one_thing_and_another, last_counts, undeclared]))
