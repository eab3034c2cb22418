#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""A source of a newer version: a record in which there is what this kernel does not
know. Each such part is a finding, in order, and the verdict is undeclared at best;
what is known is judged as ever. A source that has a name, and whatever else is in a
request, is as strict as it always was."""

import copy
import errno
import os
import struct
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_DUMP, Rejected, attr
from judged import (Declared, World, as_found, client, judgement, kernel, rejected, run, reported,
                    unknown)
from ktap import equal
from words import Raw

YES = "migration=supported"
# More of them are not reported.
MOST = 64
HIGHEST = 0x3fff
NESTED = 0x8000

# All that a record has; none of it fails or is only a note with itself.
FACTS = (f"{YES} capabilities=stop-copy blocker=b,reason=why device-api=a,accept=b model=m,accept=n type=t,accept=u "
         "software-version=1.2.3,accept=1.0.0-1.1.0 "
         "version=v,flags=accept+current feature=f,supported=3,provisioned=1,required=1,"
         "negotiated=1 param=p,rule=range,value=u64:1,off=u64:1,allow=u64:0-9 "
         "param=q,value=string:x,off=string:x,allow=string:x "
         "aggregation=a,units=1,count=2,limit=4,resplit=true")


def whole(world):
    """A target, and what it would be on another host."""
    target = world.device(FACTS)
    source = world.declaration(target)
    source["record"]["ceiling"] = {
        "max-version": "v", "feature": [{"name": "f", "mask": 1}],
        "param": [{"name": "p", "low": 1, "high": 9}]}
    answer = world.check(source, target)
    equal("verdict of what is known", answer["verdict"], "identical")
    equal("unknown of what is known", unknown(answer), [])
    return target, source


def nests(world, values, set_name="source", path=""):
    """Every nest in a source: the mapping, the name of its set, and its path."""
    yield values, set_name, path
    for name, entry in world.client.words.spec.sets[set_name].items():
        if entry["type"] != "nest" or name not in values:
            continue
        many = entry.get("multi-attr")
        for i, one in enumerate(values[name] if many else [values[name]]):
            index = f"[{i}]" if many else ""
            yield from nests(world, one, entry["nested-attributes"],
                             f"{path}{'.' if path else ''}{name}{index}")


def join(path, name):
    return f"{path}.{name}" if path else name


def of_nest(world, source, path):
    """A copy of a source, and the nest of that path in it."""
    changed = copy.deepcopy(source)
    return changed, next(values for values, _, at in nests(world, changed) if at == path)


def sets_below(world, set_name="source"):
    """Names of the sets that can be in a source."""
    entries = world.client.words.spec.sets[set_name].values()
    return {set_name}.union(*(sets_below(world, entry["nested-attributes"])
                              for entry in entries if entry["type"] == "nest"))


def with_attributes(world, source):
    """Pairs: a source with an attribute more in one nest, and the path of that."""
    seen = set()
    for _, set_name, path in list(nests(world, source)):
        seen.add(set_name)
        changed, values = of_nest(world, source, path)
        values[99] = b"newer"
        yield changed, join(path, "attribute-99")
    equal("sets that were tried", seen, sets_below(world))


def with_words(world, source):
    """Pairs: a source with one word above those that are known, or one flag more, and its
    path."""
    words, seen, wanted = world.client.words, set(), set()
    for set_name in sets_below(world):
        wanted |= {(set_name, name) for name, entry in words.spec.sets[set_name].items()
                   if "enum" in entry}
    for values, set_name, path in list(nests(world, source)):
        for name, entry in words.spec.sets[set_name].items():
            if "enum" not in entry or name not in values:
                continue
            seen.add((set_name, name))
            last = max(words.enums[entry["enum"]].values())
            number = words.number(entry, values[name])
            changed, values_there = of_nest(world, source, path)
            for newer in ((number | last << 1, number | 1 << 31) if entry.get("enum-as-flags")
                          else (last + 1, 2**32 - 1)):
                values_there[name] = newer
                yield copy.deepcopy(changed), join(path, name)
    equal("words that were tried", seen, wanted)


def with_forms(world, source):
    """Pairs: a source with a value of which only its form is known to be another one, and what
    is found."""
    for part in ("value", "off-value"):
        changed, param = of_nest(world, source, "record.param[0]")
        param[part] = {99: b"newer"}
        yield changed, [f"record.param[0].{part}.attribute-99"]
    for i in range(2):
        changed, param = of_nest(world, source, f"record.param[{i}]")
        param["allowed"].insert(0, {99: b"newer"})
        path = f"record.param[{i}].allowed"
        yield changed, [f"{path}[0].attribute-99", path]


def all_kinds(world, source):
    for changed, path in with_attributes(world, source):
        yield changed, [path]
    for changed, path in with_words(world, source):
        yield changed, [path]
    yield from with_forms(world, source)
    yield {**source, "unknown": ["record.newer.key"]}, ["record.newer.key"]


def becomes_undeclared(defer):
    """Whatever one part is not known, the rest is judged, and identical becomes undeclared"""
    world = World(defer)
    target, source = whole(world)
    tried = 0
    for changed, paths in all_kinds(world, source):
        answer = world.check(changed, target)
        equal(f"found with {paths}", unknown(answer), paths)
        equal(f"verdict with {paths}", answer["verdict"], "undeclared")
        tried += 1
    equal("many", tried > 60, True)


def stays_incompatible(defer):
    """Whatever one part is not known, what fails still does"""
    world = World(defer)
    _, source = whole(world)
    # Two fields fail, so that one does even if what is not known is in the other.
    target = world.device(f"{YES} model=o type=z")
    fails = sum(one["result"] == "fail" for one in world.check(source, target)["finding"])
    for changed, paths in all_kinds(world, source):
        answer = world.check(changed, target)
        equal(f"found with {paths}", unknown(answer), paths)
        equal(f"verdict with {paths}", answer["verdict"], "incompatible")
        failed = sum(one["result"] == "fail" for one in answer["finding"])
        equal(f"failures with {paths}", fails - 1 <= failed <= fails, True)


def stays_not_migratable(defer):
    """What is not known makes nothing better"""
    world = World(defer)
    target, source = whole(world)
    for more in ({"migration": "unsupported"},
                 {"blocker": [{"name": "b", "reason": "r", "flags": 1 | 1 << 31}]}):
        answer = world.check({**source, "unknown": ["a"], **more}, target)
        equal("verdict", answer["verdict"], "not-migratable")


def rules_of_the_source(defer):
    """A rule of the source that is not known makes no field fail"""
    world = World(defer)
    source = {"migration": "supported", "record": {
        "device-api": {"value": "a", "rule": 99}, "model": {"value": "m", "rule": 99},
        "type": {"value": "t", "rule": 99},
        "software-version": {"value": {"major": 1, "minor": 2, "bugfix": 3}, "rule": 99},
        "versions": {"entry": [{"name": "v", "flags": ["current"]}], "rule": 99},
        "feature": [{"name": "f", "rule": 99, "supported": 1}],
        "param": [{"name": "p", "value-type": "u64", "rule": 99, "value": {"u64": 5}}],
        "aggregation": {"base": "a", "units": 1, "count": 2, "rule": 99}}}
    answer = world.check(source, world.device(
        f"{YES} device-api=a model=n,accept=m type=t software-version=1.3.0 "
        "version=v,flags=accept+current feature=f,supported=3 "
        "param=p,rule=range,value=u64:1,allow=u64:0-9 aggregation=a,units=1,count=2"))
    equal("verdict", answer["verdict"], "undeclared")
    equal("fails", [one for one in answer["finding"] if one["result"] == "fail"], [])
    equal("paths", unknown(answer), [f"record.{part}.rule" for part in (
        "device-api", "model", "type", "software-version", "versions", "feature[0]", "param[0]",
        "aggregation")])


def with_everything(world, source):
    """A source with all that can be newer at the same time, and the paths in order."""
    changed = copy.deepcopy(source)
    words = world.client.words
    by_words = {path for _, path in with_words(world, source)}
    attributes = []
    for values, set_name, path in list(nests(world, changed)):
        for name, entry in words.spec.sets[set_name].items():
            if "enum" in entry and name in values:
                values[name] = words.number(entry, values[name]) | 1 << 30
        values[HIGHEST] = b""
        attributes.append(join(path, f"attribute-{HIGHEST}"))
    changed["unknown"] = ["z", "a"]
    return changed, attributes, by_words


def in_order(defer):
    """Attributes come first, then words and flags, and last what the source names"""
    world = World(defer)
    target, source = whole(world)
    changed, attributes, by_words = with_everything(world, source)
    paths = unknown(world.check(changed, target))
    first, named = len(attributes), len(attributes) + len(by_words)
    equal("attributes", sorted(paths[:first]), sorted(attributes))
    equal("words", sorted(paths[first:named]), sorted(by_words))
    equal("named", paths[named:], ["z", "a"])
    # A nest comes where it is, and its parts before what is behind it.
    equal("the source's own is last", paths[first - 1], f"attribute-{HIGHEST}")
    equal("order of words", paths[first:first + 4],
          ["endpoint", "migration", "capabilities", "blocker[0].flags"])
    equal("again", unknown(world.check(changed, target)), paths)


def named_as_they_are(defer):
    """What the source names is reported as it is, if it is text and within its bound"""
    world = Declared(defer)
    names = ["", "a", "record.param[3].newer \u20ac", "x" * 255]
    answer = world.takes({}, unknown=names)
    equal("paths", unknown(answer), names)
    rejected(world, world.values({}, unknown=["a", "x" * 256]), errno.EINVAL,
            "Attribute failed policy validation", "source/unknown[1]")
    for text, fault in ((b"\xff\0", "is not UTF-8 text"), (b"\xc3\0", "is not UTF-8 text"),
                        (b"a\x01b\0", "has control characters")):
        rejected(world, world.values({}, unknown=["a", Raw(text)]), errno.EINVAL,
                 reported(f"unknown: string {fault}"), "source/unknown[1]")


def no_more_than(defer):
    """Of more than 64 parts the first are reported, whatever they are"""
    world = World(defer)
    target, source = world.device(), {"migration": "supported", "record": {}}

    def check(wanted, **more):
        answer = world.check({**source, **more}, target)
        equal("verdict", answer["verdict"], "undeclared")
        equal("paths", unknown(answer), wanted)

    names = [f"n{i}" for i in range(200)]
    for count in (MOST - 1, MOST, MOST + 1, 200):
        check(names[:count][:MOST], unknown=names[:count])
    params = [{"name": f"p{i}", "value-type": "bool", "rule": 99} for i in range(64)]
    rules = [f"record.param[{i}].rule" for i in range(64)]
    check(["endpoint", *rules[:63]], endpoint=3, unknown=names, record={"param": params})
    check([*rules[:60], *names[:4]], unknown=names, record={"param": params[:60]})
    for count, wanted in ((62, rules[:2]), (64, []), (2000, [])):
        many = [(99, b"")] * count
        values = [*source.items(), ("record", {"param": params}), ("unknown", names[:1]), *many]
        answer = world.check(values, target)
        equal("paths", unknown(answer), ["attribute-99"] * min(count, MOST) + wanted)


def hostile(defer):
    """Of what is not known nothing is looked into, and no number of it does harm"""
    world = World(defer)
    target, source = whole(world)
    deep = b""
    for _ in range(20):
        deep = struct.pack("=HH", len(deep) + 4, 99 | NESTED) + deep
    while len(deep) < 20000:
        deep = struct.pack("=HH", len(deep) + 4, 1 | NESTED) + deep
    odd = [(99, b""), (99 | NESTED, b""), (99 | NESTED, b"\x01\x00\x00\x00"),
           (99 | NESTED, struct.pack("=HH", 0xffff, 1)), (99, struct.pack("=HH", 3, 0) * 9),
           (99 | NESTED, deep), (0, b"\0" * 4), (0, b""), (0 | NESTED, b"x"), (HIGHEST, b"x" * 7),
           (HIGHEST | NESTED, attr(1, b"")), (99 | 0x4000, b"1234")]
    for path in ("", "record", "record.software-version.accept[0].from", "record.param[0].value"):
        for kind, payload in odd:
            changed, values = of_nest(world, source, path)
            values[kind] = payload
            answer = world.check(changed, target)
            equal("paths", unknown(answer), [join(path, f"attribute-{kind & HIGHEST}")])
            equal("verdict", answer["verdict"], "undeclared")


def many_in_a_source(defer):
    """A source is as long as an attribute can be, and full of what is not known"""
    world = World(defer)
    target, source = whole(world)
    for count in (2000, 15000):
        values = [*source.items(), *((100 + i % 900, b"") for i in range(count))]
        equal("paths", unknown(world.check(values, target)),
              [f"attribute-{100 + i}" for i in range(MOST)])
        values = [*((100 | NESTED, attr(1, b"")) for i in range(count // 2)), *source.items()]
        equal("paths", unknown(world.check(values, target)), ["attribute-100"] * MOST)


def many_allowed(defer):
    """Of what is allowed in a newer way there is room for any number"""
    world = World(defer)
    target, _ = whole(world)
    for count in (1, 4, 7, 500):
        for kind, allowed in ((4, [[]] * count), (1, [[(99, b"")]] * count),
                              (1, [*[{"low": 1, "high": 2}] * 2, *[[(99, b"")]] * count])):
            param = {"name": "a", "value-type": kind, "allowed": allowed}
            values = {"migration": "supported", "record": [("param", [param])]}
            answer = world.check(values, target)
            equal("some part is not known", unknown(answer) != [], True)
            equal("verdict is undeclared or worse",
                  answer["verdict"] in ("undeclared", "incompatible", "not-migratable"), True)


def many_in_a_record(defer):
    """A record is full of what is not known, up to its own bound"""
    world = World(defer)
    target, _ = whole(world)
    for count, fits in ((2000, True), (6144, True), (6145, False)):
        values = {"migration": "supported", "record": [(99, b"")] * count}
        if fits:
            equal("paths", unknown(world.check(values, target)),
                  ["record.attribute-99"] * MOST)
        else:
            rejected(world, {"id": target["id"], "source": values}, errno.EMSGSIZE,
                    "record is larger than 24576 bytes", "source/record")
    # As many nests as there can be, the last of which has something.
    entries = [{"name": f"{i}"} for i in range(63)] + [{"name": "x", 99: b""}]
    values = {"migration": "supported", "record": {"versions": {"entry": entries}}}
    equal("index", unknown(world.check(values, target)),
          ["record.versions.entry[63].attribute-99"])


def bounds_hold(defer):
    """What is known is held against its bounds, whatever else is there"""
    world = Declared(defer)

    def bad(record, part, words, error=errno.EINVAL, **more):
        rejected(world, world.values(record, **more), error, words,
                f"source/{part}" if more else f"source/record/{part}")

    for part, name in (("model", "rule"), ("aggregation", "rule"), ("versions", "rule")):
        bad({99: b"", part: {99: b"", name: 0}}, f"{part}/{name}", "integer out of range",
            errno.ERANGE)
    for name in ("value-type", "rule", "origin"):
        bad({"param": [{99: b"", name: 0}]}, f"param[0]/{name}", "integer out of range",
            errno.ERANGE)
    for name in ("endpoint", "migration"):
        bad({}, name, "integer out of range", errno.ERANGE, **{name: 0})
    bad({99: b"", "model": {"rule": Raw(b"\x09\0\0")}}, "model/rule", "invalid attribute length")
    bad({"feature": [{99: b"", "name": "x" * 64}]}, "feature[0]/name",
        "Attribute failed policy validation")
    bad({99: b"", "model": {99: b"", "value": ""}}, "model", reported("model: string is empty"))
    bad({"param": [{"name": "p", "value-type": 9, "rule": 9},
                   {"name": "p", "value-type": 9}]}, "param[1]", reported("param p: duplicate"))
    world.misses({"model": {99: b"", "rule": 99}}, "model/value")
    world.misses({"param": [{99: b"", "value-type": 99}]}, "param[0]/name")
    world.misses({"param": [{"name": "p", 99: b""}]}, "param[0]/value-type")


def strict_elsewhere(defer):
    """What is not known is rejected in a source with a name and out of a source"""
    world = World(defer)
    target = world.device(f"{YES}")
    local = {"id": target["id"]}
    asked = {"id": target["id"], "source": {"migration": "supported", "record": {}}}
    unknown_type = "Unknown attribute type"
    rejected(world, {**asked, 99: b""}, errno.EINVAL, unknown_type, "99")
    for more, path, words, error in (
            ({99: b""}, "99", unknown_type, errno.EINVAL),
            ({"migration": 9}, "migration", "integer out of range", errno.ERANGE),
            ({"endpoint": 3}, "endpoint", "integer out of range", errno.ERANGE),
            ({"record": {99: b""}}, "record/99", unknown_type, errno.EINVAL),
            ({"record": {"model": {"rule": 99}}}, "record/model/rule", "integer out of range",
             errno.ERANGE),
            ({"blocker": [{"flags": 2}]}, "blocker[0]/flags", "reserved bit set", errno.EINVAL),
            ({"unknown": ["a"]}, "unknown[0]", "a source has a name or a record, not both",
             errno.EINVAL),
            ({"endpoint": "type"}, "endpoint", "a source has a name or a record, not both",
             errno.EINVAL)):
        for name in (local, {"bus": "sim", "name": target["name"]}):
            rejected(world, {"id": target["id"], "source": {**name, **more}}, error, words,
                    f"source/{path}")
            if kernel() < (6, 12):
                continue
            rejection, where = world.client.where("find", {"source": {**name, **more}}, NLM_F_DUMP)
            equal("of find", (rejection.errno, rejection.text, where), (error, words, f"source/{path}"))
    for values, flags in (({"source": asked["source"], "filter": {99: b""}}, NLM_F_DUMP),):
        try:
            list(world.client.send("find", values, flags))
        except Rejected as rejection:
            equal("filter", rejection.errno, errno.EINVAL)
        else:
            raise AssertionError("an unknown condition was not rejected")
    rejected_profile(world)


def rejected_profile(world):
    """What is declared here is what this version knows."""
    for record in ({99: b""}, {"model": {"value": "m", "rule": 99}}):
        values = {"name": "newer", "driver": "newer", "migration": "supported", "record": record}
        rejection, _ = world.client.where("profile-set", values)
        equal("profile", rejection.errno in (errno.EINVAL, errno.ERANGE), True)


def first_source(defer):
    """Of two sources the last one counts, also if only the first one is newer"""
    world = World(defer)
    target, source = whole(world)
    values = [("id", target["id"]), ("source", {**source, 99: b""}), ("source", source)]
    equal("last", world.client.do("check", values)["verdict"], "identical")
    values[1:] = reversed(values[1:])
    equal("first", world.client.do("check", values)["verdict"], "undeclared")


def found_likewise(defer):
    """A search says the same of a newer source, of every target"""
    world = World(defer)
    target, source = whole(world)
    others = [world.device(f"{YES} model={model}") for model in ("m", "o")]
    changed, _, _ = with_everything(world, source)
    for values in (changed, {**source, "unknown": ["a"] * 100}, {**source, 99: b""},
                   {**source, "record": {**source["record"], 99: b""}}):
        found = {one["id"]: judgement(one) for one in world.find(values)}
        for one in (target, *others):
            equal("found", found[one["id"]], as_found(world.check(values, one)))
    found = world.find({**source, 99: b""}, at_least="undeclared")
    equal("at least undeclared", target["id"] in [one["id"] for one in found], True)
    found = world.find({**source, 99: b""}, at_least="compatible")
    equal("at least compatible", found, [])


def found_in_many_buffers(defer):
    """A search that pauses goes on with the same newer source"""
    world = World(defer)
    target, source = whole(world)
    made = world.device(f"{YES} model=m", count=300)
    changed, _, _ = with_everything(world, source)
    wanted = {one["id"]: judgement(one) for one in world.find(changed)}
    slow = client(receive_buffer=2048)
    slow.genl.send(slow.family, slow.words.spec.commands["find"], NLM_F_DUMP,
                   slow.words.nest("vdev", {"source": changed}))
    found, buffers, ended = {}, 0, False
    while not ended:
        buffers += 1
        for message in slow.genl.receive():
            if message is None:
                ended = True
                continue
            one = slow.words.mapping("vdev", message)
            found[one["id"]] = judgement(one)
    equal("all", found, wanted)
    equal("many buffers", buffers > 10, True)
    paths = unknown(world.check(changed, target))
    for one in made[::50]:
        equal("paths", unknown({"finding": found[one["id"]]["finding"]}), paths)


if __name__ == "__main__":
    sys.exit(run([
        becomes_undeclared, stays_incompatible, stays_not_migratable, rules_of_the_source,
        in_order, named_as_they_are, no_more_than, hostile, many_in_a_source, many_allowed,
        many_in_a_record,
        bounds_hold, strict_elsewhere, first_source, found_likewise, found_in_many_buffers]))
