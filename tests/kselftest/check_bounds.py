#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The bounds of a record that comes with a request to check: what is at them is judged,
what is beyond is rejected with the words that the core has for a driver's record, and
the part of it that is to blame is pointed at."""

import errno
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_ACK, NLM_F_DUMP, Genl
from judged import Declared, World, rejected, run, reported
from ktap import equal
from words import Raw

YES = "migration=supported"
NUMBER_MAX = 2**63 - 1
U32_MAX = 2**32 - 1


def texts(defer):
    """Strings that are no text, and names that are none, are rejected"""
    world = Declared(defer)
    for raw in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"a\nb", b"\x7f", b"\xc2\x80",
                b"\xf4\x90\x80\x80"):
        bad = Raw(raw + b"\0")
        control = raw in (b"a\nb", b"\x7f", b"\xc2\x80")
        fault = "string has control characters" if control else "string is not UTF-8 text"
        for part in ("device-api", "model", "type"):
            world.out_of_bounds({part: {"value": bad}}, part, f"{part}: {fault}")
            world.out_of_bounds({part: {"value": "a", "accept": ["b", bad]}}, part,
                                f"{part}: {fault}")
        world.out_of_bounds({"param": [{"name": "p", "value-type": "string", "value": {"string": bad}}]},
                            "param[0]", f"p: {fault}")
    for raw in (b"", b" ", b"a/b", b"\xc3\xa4", b"\t"):
        bad = Raw(raw + b"\0")
        words = "name is not printable ASCII without space and slash" if raw else "name is empty"
        world.out_of_bounds({"feature": [{"name": "f"}, {"name": bad}]}, "feature[1]",
                            f"feature: {words}")
        world.out_of_bounds({"param": [{"name": bad, "value-type": "u64"}]}, "param[0]",
                            f"param: {words}")
        world.out_of_bounds({"versions": {"entry": [{"name": bad}]}}, "versions",
                            f"version: {words}")
        world.out_of_bounds({"aggregation": {"base": bad, "units": 1, "count": 1}},
                            "aggregation", f"aggregation: {words}")


def names(count):
    return [f"n{i}" for i in range(count)]


# Of each list: a record with so many entries, the part to blame, and the words.
LISTS = (
    (64, lambda n: {"model": {"value": "m", "accept": names(n)}}, "model",
     "model: more than 64 entries"),
    (64, lambda n: {"software-version": {"value": {"major": 1, "minor": 1, "bugfix": 1}, "accept": [
        {"from": {"major": i, "minor": 0, "bugfix": 0}} for i in range(n)]}}, "software-version",
     "software-version: more than 64 entries"),
    (64, lambda n: {"versions": {"entry": [{"name": name} for name in names(n)]}}, "versions",
     "versions: more than 64 entries"),
    (16, lambda n: {"feature": [{"name": name} for name in names(n)]}, "feature[16]",
     "features: more than 16 entries"),
    (64, lambda n: {"param": [{"name": name, "value-type": "bool"} for name in names(n)]}, "param[64]",
     "params: more than 64 entries"),
    (64, lambda n: {"param": [{"name": "p", "value-type": "u64", "allowed": [
        {"low": i, "high": i} for i in range(n)]}]}, "param[0]", "p: more than 64 entries"),
    (64, lambda n: {"param": [{"name": "q", "value-type": "bool"}, {
        "name": "p", "value-type": "string", "allowed": [{"string": name} for name in names(n)]}]},
     "param[1]", "p: more than 64 entries"),
)


def lengths(defer):
    """A list has as many entries as its bound, and not one more"""
    world = Declared(defer)
    for most, record, part, words in LISTS:
        world.takes(record(most))
        for count in (most + 1, most + 2, 2 * most):
            world.out_of_bounds(record(count), part, words, errno.EMSGSIZE)


def blockers(defer):
    """Blockers keep their bounds, too"""
    world = Declared(defer)

    def make(count, **more):
        return [{"name": name, "reason": "r", **more} for name in names(count)]

    answer = world.takes({}, blocker=make(16))
    equal("findings", len([one for one in answer["finding"] if one["field"] == "blocker"]), 16)
    for list_, index, words, error in (
            (make(17), 16, "blockers: more than 16 entries", errno.EMSGSIZE),
            (make(40), 16, "blockers: more than 16 entries", errno.EMSGSIZE),
            (make(3) + make(1), 3, "blocker n0: duplicate", errno.EINVAL),
            (make(2, reason=Raw(b"\xff\0")), 0, "n0: string is not UTF-8 text", errno.EINVAL),
            ([{"name": "", "reason": "r"}], 0, "blocker: name is empty", errno.EINVAL)):
        rejected(world, world.values({}, blocker=list_), error, reported(words),
                f"source/blocker[{index}]")


def duplicates(defer):
    """What is there twice is pointed at"""
    world = Declared(defer)
    world.out_of_bounds({"model": {"value": "m", "accept": ["a", "b", "a"]}}, "model",
                        "model a: duplicate")
    world.out_of_bounds({"versions": {"entry": [{"name": "a"}, {"name": "a"}]}}, "versions",
                        "version a: duplicate")
    world.out_of_bounds({"feature": [{"name": "a"}, {"name": "b"}, {"name": "a"}]}, "feature[2]",
                        "feature a: duplicate")
    world.out_of_bounds({"param": [{"name": name, "value-type": "bool"} for name in "abcb"]}, "param[3]",
                        "param b: duplicate")


def rules(defer):
    """A rule fits its field"""
    world = Declared(defer)
    one = {"major": 1, "minor": 1, "bugfix": 1}
    world.out_of_bounds({"model": {"value": "m", "rule": "semver"}}, "model",
                        "model: rule 7 does not apply")
    world.out_of_bounds({"software-version": {"value": one, "rule": "one-of"}}, "software-version",
                        "software-version: rule 5 does not apply")
    world.out_of_bounds({"software-version": {"value": one, "rule": "range"}}, "software-version",
                        "software-version: rule range without a range")
    world.out_of_bounds({"versions": {"rule": "subset", "entry": [{"name": "a"}]}}, "versions",
                        "versions: rule 2 does not apply")
    world.out_of_bounds({"feature": [{"name": "f", "rule": "range"}]}, "feature[0]",
                        "f: rule 6 does not apply")
    world.out_of_bounds({"param": [{"name": "p", "value-type": "string", "rule": "at-least"}]},
                        "param[0]", "p: rule 3 does not apply")
    world.out_of_bounds({"param": [{"name": "p", "value-type": "u64", "rule": "range"}]}, "param[0]",
                        "p: rule without allowed values")
    world.out_of_bounds({"aggregation": {"base": "b", "units": 1, "count": 1, "rule": "one-of"}},
                        "aggregation", "aggregation: rule 5 does not apply")


def contradictions(defer):
    """What a driver cannot report of itself, a record cannot either"""
    world = Declared(defer)
    low, high = ({"major": i, "minor": 0, "bugfix": 0} for i in (1, 2))
    world.out_of_bounds({"software-version": {"value": low, "accept": [{"from": high, "to": low}]}},
                        "software-version", "software-version: range ends before it starts")
    world.out_of_bounds({"versions": {"entry": [{"name": "a", "flags": ["default"]}]}}, "versions",
                        "version a: default but cannot be created")
    world.out_of_bounds({"versions": {"entry": [{"name": "a", "flags": ["current"]},
                                                {"name": "b", "flags": ["current"]}]}},
                        "versions", "version b: a second default or current version")
    world.out_of_bounds({"feature": [{"name": "f", "supported": 5, "required": 2}]}, "feature[0]",
                        "feature f: requires what it does not offer")
    world.out_of_bounds({"param": [{"name": "p", "value-type": "bool", "value": {"u64": 1}}]},
                        "param[0]", "p: value is of another type")
    world.out_of_bounds({"param": [{"name": "p", "value-type": "bool",
                                    "allowed": [{"low": 1, "high": 1}]}]},
                        "param[0]", "p: a bool with allowed values")
    world.out_of_bounds({"param": [{"name": "p", "value-type": "u64",
                                    "allowed": [{"low": 2, "high": 1}]}]},
                        "param[0]", "p: allowed range ends before it starts")
    world.out_of_bounds({"param": [{"name": "p", "value-type": "u64", "flags": ["mandatory"]}]},
                        "param[0]", "p: mandatory but not configurable")


def numbers(defer):
    """Numbers reach their bound, and no product goes beyond it"""
    world = Declared(defer)

    def param(number):
        return {"param": [{"name": "p", "value-type": "u64", "value": {"u64": number}}]}

    world.takes(param(NUMBER_MAX))
    for number in (NUMBER_MAX + 1, 2**64 - 1):
        world.out_of_bounds(param(number), "param[0]", "p: number is above 2^63 - 1", errno.ERANGE)

    def aggregation(units, count, **more):
        return {"aggregation": {"base": "b", "units": units, "count": count, **more}}

    world.takes(aggregation(U32_MAX, 2**31))
    world.out_of_bounds(aggregation(U32_MAX, U32_MAX), "aggregation",
                        "aggregation: number is above 2^63 - 1", errno.ERANGE)
    world.out_of_bounds(aggregation(U32_MAX, U32_MAX, total=U32_MAX * U32_MAX), "aggregation",
                        "aggregation: number is above 2^63 - 1", errno.ERANGE)
    world.out_of_bounds(aggregation(1, 3, limit=2), "aggregation",
                        "aggregation: count is above the limit", errno.ERANGE)


def of_size(size):
    """A record of so many bytes."""
    record = {"feature": [{"name": f"{i:03}", "supported": 2**16384 - 1} for i in range(11)],
              "param": []}
    left = size - 11 * (4 + 8 + 4 + 2048)
    while left:
        # A nest, a name of three letters, a kind, a value in its nest, and what it holds.
        room = 24 + 220 if left > 24 + 220 + 32 else left
        record["param"].append({"name": f"{left:03}"[-3:], "value-type": "string",
                                "value": {"string": "x" * (room - 24 - 5)}})
        left -= room
    return record


def largest(defer):
    """A record can be of 24,576 bytes, and not of 4 more"""
    world = Declared(defer)
    for size in (24572, 24576, 24580, 32000):
        record = of_size(size)
        equal("size", len(world.client.words.nest("record", record)), size)
        if size <= 24576:
            equal("verdict", world.takes(record)["verdict"], "incompatible")
        else:
            rejected(world, world.values(record), errno.EMSGSIZE,
                    "record is larger than 24576 bytes", "source/record")


def huge_bitmaps(defer):
    """16,384 bits are judged bit by bit; one word more is rejected"""
    world = Declared(defer)
    most = 2**16384 - 1
    answer = world.takes({"feature": [{"name": "f", "supported": most}]})
    equal("missing", answer["finding"][1]["missing"], most)
    for payload in (bytes(2056), bytes(4096)):
        rejected(world, world.values({"feature": [{"name": "f", "supported": Raw(payload)}]}),
                errno.ERANGE, "Attribute failed policy validation",
                "source/record/feature[0]/supported")
    target = world.device(f"{YES} feature=f,provisioned={most >> 1:x},required=1/16384")
    answer = world.check({"migration": "supported", "record": {
        "feature": [{"name": "f", "provisioned": most - 1}]}}, target)
    equal("codes", [(one.get("missing"), one.get("unmet")) for one in answer["finding"][1:]],
          [(1 << 16383, 1)])


def deep_nests(defer):
    """A source that is nested as deep as a message can be is rejected where it begins to be"""
    world = Declared(defer)
    payload = b""
    while len(payload) < 60000:
        payload = (len(payload) + 4).to_bytes(2, "little") + b"\x01\x80" + payload
    for record, path, words in (
            ({"model": Raw(payload)}, "model/value", "NLA_F_NESTED not expected"),
            ({"param": [{"name": "p", "value-type": "u64", "value": Raw(payload)}]},
             "param[0]/value/u64", "NLA_F_NESTED not expected"),
            ({"versions": Raw(payload)}, "versions/rule", "invalid attribute length")):
        rejected(world, world.values(record), errno.EINVAL, words, f"source/record/{path}")


MOST = 2**16384 - 1


def largest_pair(world):
    """A target and a source, all findings of which would be 60 KiB."""
    words = " ".join(f"feature=t{i:02},rule=equal,provisioned={'f' * 4096}" for i in range(10))
    target = world.device(f"{YES} {words} " + " ".join(
        f"blocker=b{i},reason={'y' * 200}" for i in range(16)))
    record = {"feature": [{"name": f"s{i:02}", "provisioned": MOST} for i in range(11)],
              "param": [{"name": f"p{i:02}", "value-type": "bool", "value": {"bool": 1}}
                        for i in range(48)]}
    return target, {"migration": "supported", "record": record, "blocker": [
        {"name": f"b{i}", "reason": "z" * 255} for i in range(16)]}


def found_of(world, source, *targets):
    """What a search says of these targets, whatever else is there."""
    found = {one["id"]: one for one in world.find(source, bus="sim")}
    return [found[target["id"]] for target in targets]


def largest_answer(defer):
    """An answer is smaller than 32 KiB, and says that findings are left out"""
    world = World(defer)
    target, source = largest_pair(world)
    for answer in (world.check(source, target), *found_of(world, source, target)):
        equal("target", answer["id"], target["id"])
        equal("verdict", answer["verdict"], "incompatible")
        equal("truncated", answer.get("truncated"), True)
        equal("results", {one["result"] for one in answer["finding"]}, {"fail", "note"})
        found = [(one.get("missing"), one.get("unmet")) for one in answer["finding"]]
        wanted = [(None, None)] * 32 + [(MOST, None)] * 11 + [(None, MOST)] * 10
        equal("the first findings", found, wanted[:len(found)])
        equal("how many there are", 32 + 8 < len(found) < len(wanted), True)
        length = len(world.client.words.nest("vdev", answer))
        equal("large, and not too large", 30000 < length < 32768, True)
    equal("whole", "truncated" in world.check({"migration": "supported", "record": {}}, target),
          False)


def large_answers_in_a_dump(defer):
    """Answers that are too large are truncated, and end no search"""
    world = World(defer)
    (first, source), (second, _), small = largest_pair(world), largest_pair(world), world.device()
    answers = found_of(world, source, first, second, small)
    equal("truncated", [one.get("truncated") for one in answers], [True, True, None])


def answer_lengths(world, size, request, target):
    """Lengths of what a search says of a target, to a socket that has read with that size."""
    words, asking = world.client.words, Genl()
    asking.send(world.client.family, words.spec.commands["dev-get"], NLM_F_ACK,
                words.nest("vdev", {"id": target["id"]}))
    # The reply, and the acknowledgment.
    for _ in range(2):
        asking.sock.recv(size)
    asking.send(world.client.family, words.spec.commands["find"], NLM_F_DUMP, request)
    first, found = words.nest("vdev", {"id": target["id"]}), []
    while True:
        for message in asking.receive():
            if message is None:
                return found
            if message.startswith(first):
                found.append(len(message) + 20)


def after_any_buffer(defer):
    """However a client has read before, no answer is larger than 32 KiB"""
    world = World(defer)
    target, source = largest_pair(world)
    request = world.client.words.nest("vdev", {"source": source, "filter": {"bus": "sim"}})
    for size in (4096, 16384, 20000, 32768, 65536):
        lengths = answer_lengths(world, size, request, target)
        equal(f"after {size}", [30000 < length < 32768 for length in lengths], [True])


if __name__ == "__main__":
    sys.exit(run([texts, lengths, blockers, duplicates, rules, contradictions, numbers, largest,
                  huge_bitmaps, deep_nests, largest_answer,
                  large_answers_in_a_dump, after_any_buffer]))
