# SPDX-License-Identifier: GPL-2.0
"""The bounds of a record in a document, which are those of a driver's: what is at one,
what is beyond, and what is there twice."""

import base64
import struct

from documents import bitmap

BYTES = 24576
RECORD_NUMBER = 8
NAME, TEXT, MOST = 63, 255, 64
U32_MAX = 2**32 - 1


def document(record=None, **more):
    """One endpoint, which reports this and nothing else."""
    return {"format": "vdev", "format-version": 1,
            "endpoints": [{"kind": "device", "handle": "sim/a", "migration": "supported",
                           "record": record or {}, **more}]}


def names(count):
    return [f"n{number}" for number in range(count)]


def entries(count, **more):
    return [{"name": name, **more} for name in names(count)]


def param(**more):
    return {"params": [{"name": "p", "value-type": "u64", **more}]}


def string_param(**more):
    return param(**{"value-type": "string", **more})


def aggregation(count, units=U32_MAX):
    return {"aggregation": {"base": "b", "units": units, "count": count}}


def software_version(count):
    return {"software-version": {"value": "1.0.0", "accept": [
        {"from": f"{number}.0.0"} for number in range(count)]}}


# A bound: its name, the document of so much, the most that it can be, and the words
# about more.
BOUNDS = [
    ("the name of a feature set", lambda n: document({"features": [{"name": "n" * n}]}), NAME,
     "feature: name is longer than 63 bytes"),
    ("the name of a parameter", lambda n: document(param(name="n" * n)), NAME,
     "param: name is longer than 63 bytes"),
    ("the name of a version", lambda n: document({"versions": {"list": [{"name": "n" * n}]}}),
     NAME, "version: name is longer than 63 bytes"),
    ("the name of a blocker",
     lambda n: document(blockers=[{"name": "n" * n, "reason": "r"}]), NAME,
     "blocker: name is longer than 63 bytes"),
    ("the base of an aggregation",
     lambda n: document({"aggregation": {"base": "b" * n, "units": 1, "count": 1}}), NAME,
     "aggregation: name is longer than 63 bytes"),
    ("the reason of a blocker", lambda n: document(blockers=[{"name": "b", "reason": "r" * n}]),
     TEXT, "b: string is longer than 255 bytes"),
    *[(f"the {key}", lambda n, key=key: document({key: {"value": "v" * n}}), TEXT,
       f"{key}: string is longer than 255 bytes") for key in ("device-api", "model", "type")],
    *[(f"an accepted {key}", lambda n, key=key: document({key: {
        "value": "v", "accept": ["a" * n]}}), TEXT, f"{key}: string is longer than 255 bytes")
      for key in ("device-api", "model", "type")],
    ("a parameter that is a string",
     lambda n: document(string_param(value={"string": "s" * n})), TEXT,
     "p: string is longer than 255 bytes"),
    ("an allowed string",
     lambda n: document(string_param(allowed=[{"string": "s" * n}])), TEXT,
     "p: string is longer than 255 bytes"),
    *[(f"the list of accepted entries of {key}",
       lambda n, key=key: document({key: {"value": "v", "accept": names(n)}}), MOST,
       f"{key}: more than 64 entries") for key in ("device-api", "model", "type")],
    ("the list of accepted ranges", lambda n: document(software_version(n)), MOST,
     "software-version: more than 64 entries"),
    ("the list of versions", lambda n: document({"versions": {"list": entries(n)}}), MOST,
     "versions: more than 64 entries"),
    ("the list of feature sets", lambda n: document({"features": entries(n)}), 16,
     "features: more than 16 entries"),
    ("the list of parameters",
     lambda n: document({"params": entries(n, **{"value-type": "bool"})}), MOST,
     "params: more than 64 entries"),
    ("the list of allowed numbers", lambda n: document(param(allowed=[
        {"low": number, "high": number} for number in range(n)])), MOST,
     "p: more than 64 entries"),
    ("the list of allowed strings", lambda n: document(string_param(allowed=[
        {"string": name} for name in names(n)])), MOST, "p: more than 64 entries"),
    ("the list of blockers", lambda n: document(blockers=entries(n, reason="r")), 16,
     "blockers: more than 16 entries"),
    ("the total of an aggregation", lambda n: document(aggregation(n)), 2**31,
     "aggregation: number is above 2^63 - 1"),
    ("the count of an aggregation with a limit", lambda n: document({"aggregation": {
        "base": "b", "units": 1, "count": n, "limit": 7}}), 7,
     "aggregation: count is above the limit"),
]

MTU = {"name": "mtu", "value-type": "u64"}
# What is there twice: the document, and the words.
DUPLICATES = [
    (document({"features": [{"name": "a"}, {"name": "b"}, {"name": "a"}]}),
     "feature a: duplicate"),
    (document({"params": [MTU, {"name": "b", "value-type": "bool"}, MTU]}), "param mtu: duplicate"),
    (document({"versions": {"list": [{"name": "v"}, {"name": "v"}]}}), "version v: duplicate"),
    *[(document({key: {"value": "v", "accept": ["a", "b", "a"]}}), f"{key} a: duplicate")
      for key in ("device-api", "model", "type")],
    (document(blockers=[{"name": "b", "reason": "r"}, {"name": "b", "reason": "s"}]),
     "blocker b: duplicate"),
]


def sized(length):
    """A record that is some 24,000 bytes longer than this."""
    return document({"features": entries(11, supported=bitmap(16383)),
                     "params": entries(5, value={"string": "s" * TEXT},
                                       **{"value-type": "string"}),
                     "model": {"value": "m" * length}})


def record_size(token):
    """Of what is reported in a token the length of the record."""
    text = token.strip().split(".")[1]
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    place = 0
    while place + 4 <= len(data):
        length, number = struct.unpack_from("<HH", data, place)
        if number & 0x3fff == RECORD_NUMBER:
            return length - 4
        place += (length + 3) & ~3
    raise ValueError("a token without a record")
