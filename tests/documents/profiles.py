# SPDX-License-Identifier: GPL-2.0
"""Profiles in documents: one that has everything, and what makes it wrong."""

from documents import GONE, TEXTS, WORD, bitmap, full, objects

__all__ = ["CHANGES", "TEXTS_OF_PROFILES", "everything", "objects"]


def everything():
    """What a profile can declare is what an endpoint can, and needs less of it."""
    record = full()["endpoints"][0]["record"]
    del record["model"]["value"], record["model"]["rule"]
    record["features"].append({"name": "later", "required": bitmap(3)})
    return {
        "format": "vdev",
        "format-version": 1,
        "profiles": [
            {"name": "all", "comment": "why", "bus": "mdev", "driver": "a driver", "type": "a-*",
             "migration": "supported", "capabilities": ["stop-copy", "dirty-tracking"],
             "cost": {"state-size": 2 ** 63 - 1, "precopy-size": 0, "downtime": 2 ** 32},
             "record": record, "instance": 2 ** 32 - 1, "generation": 2 ** 63 - 1},
            {"name": "least", "type": "?", "migration": "unsupported"},
            {"name": "part", "type": "*", "migration": "undeclared"},
        ],
    }


PROFILE = ("profiles", 0)
RECORD = (*PROFILE, "record")
MTU = (*RECORD, "params", 0)
AT = "profiles[0].record"

# A token is no profile, so these are no JSON; the others are reported in the same way.
TEXTS_OF_PROFILES = [
    (name, text, "line 1, column 4: '[' or '{' expected near 'vdev'"
     if str(text).startswith("vdev1") else words)
    for name, text, words in TEXTS if not str(text).startswith("vdev2")]

# What makes the full document wrong: name, path, value, words.
CHANGES = [
    ("no format", ("format",), GONE,
     'format: is not "vdev": not a document that vdevctl exports'),
    ("a newer version of the format", ("format-version",), 2,
     "format-version: 2 is newer than this version of vdevctl"),
    ("no profiles", ("profiles",), GONE, "profiles: is missing"),
    ("profiles that are no list", ("profiles",), {}, "profiles: is not a list"),
    ("more profiles than there can be", ("profiles",), [{}] * 257, "profiles: are more than 256"),
    ("a profile that is none", PROFILE, "p", "profiles[0]: is not an object"),
    ("no name", (*PROFILE, "name"), GONE, "profiles[0].name: is missing"),
    ("a name that is a number", (*PROFILE, "name"), 7, "profiles[0].name: is not a string"),
    ("an empty name", (*PROFILE, "name"), "", "profiles[0]: profile: name is empty"),
    ("a name with a slash", (*PROFILE, "name"), "a/b",
     "profiles[0]: profile: name is not printable ASCII without space and slash"),
    ("a name that is too long", (*PROFILE, "name"), "n" * 64,
     "profiles[0]: profile: name is longer than 63 bytes"),
    ("a comment that is a list", (*PROFILE, "comment"), ["a"],
     "profiles[0].comment: is not a string"),
    ("a bus with a blank", (*PROFILE, "bus"), "a b",
     "profiles[0]: bus: name is not printable ASCII without space and slash"),
    ("an empty driver", (*PROFILE, "driver"), "", "profiles[0]: driver: string is empty"),
    ("a pattern that is too long", (*PROFILE, "type"), "*" * 256,
     "profiles[0]: type: string is longer than 255 bytes"),
    ("a pattern with control characters", (*PROFILE, "type"), "\x1b[31m",
     "profiles[0]: type: string has control characters"),
    ("a profile for anything", ("profiles", 1, "type"), GONE,
     "profiles[1]: a profile is for a bus, a driver or a type"),
    ("no declaration", (*PROFILE, "migration"), GONE, "profiles[0].migration: is missing"),
    ("an unknown declaration", (*PROFILE, "migration"), "maybe",
     f"profiles[0].migration: 'maybe' {WORD}"),
    ("an unknown capability", (*PROFILE, "capabilities"), ["p2p", "fly"],
     f"profiles[0].capabilities[1]: 'fly' {WORD}"),
    ("capabilities that are one word", (*PROFILE, "capabilities"), "p2p",
     "profiles[0].capabilities: is not a list"),
    ("a cost that is a number", (*PROFILE, "cost"), 5, "profiles[0].cost: is not an object"),
    ("a negative cost", (*PROFILE, "cost", "downtime"), -1,
     "profiles[0].cost.downtime: is negative"),
    ("a cost that is a fraction", (*PROFILE, "cost", "state-size"), 1.5,
     "profiles[0].cost.state-size: is not a whole number"),
    ("a record that is none", RECORD, [], f"{AT}: is not an object"),
    ("an unknown rule", (*RECORD, "type", "rule"), "maybe", f"{AT}.type.rule: 'maybe' {WORD}"),
    ("a rule that does not apply", (*RECORD, "type", "rule"), "semver",
     "profiles[0]: type: rule 7 does not apply"),
    ("accepted values that are there twice", (*RECORD, "model", "accept"), ["a", "a"],
     "profiles[0]: model a: duplicate"),
    ("a software version without its value", (*RECORD, "software-version", "value"), GONE,
     "profiles[0]: software-version: value is missing"),
    ("a required bit that is not offered", (*RECORD, "features", 0, "required"), bitmap(1),
     "profiles[0]: feature virtio: requires what it does not offer"),
    ("a feature set without a name", (*RECORD, "features", 2, "name"), GONE,
     "profiles[0]: feature: name is empty"),
    ("a negative value", (*MTU, "value", "u64"), -1, f"{AT}.params[0].value.u64: is negative"),
    ("a parameter without a type", (*MTU, "value-type"), GONE,
     "profiles[0]: mtu: value type 0 is not known"),
    ("two parameters of one name", (*RECORD, "params", 1, "name"), "mtu",
     "profiles[0]: param mtu: duplicate"),
    ("an aggregation without its unit", (*RECORD, "aggregation", "base"), GONE,
     f"{AT}.aggregation.base: is missing"),
    ("an aggregation without a count", (*RECORD, "aggregation"), {"base": "b", "units": 1},
     "profiles[0]: aggregation: units and count start at 1"),
    ("too many feature sets", (*RECORD, "features"), [{"name": f"f{n}"} for n in range(17)],
     "profiles[0]: features: more than 16 entries"),
    ("a record that is too large", RECORD,
     {key: {"accept": [f"{n:0250}" for n in range(64)]} for key in ("model", "type")},
     "profiles[0]: record: larger than 24576 bytes"),
    ("a name that is there twice", ("profiles", 1, "name"), "all",
     "profile all is in -, too"),
]
