# SPDX-License-Identifier: GPL-2.0
"""Documents whose names are what nobody would call a device."""

import json
import random

SEED, DOCUMENTS, ENDPOINTS = 11, 12, 25
# Names that a small alphabet does not tell apart by itself.
ALIKE = ["a-b", "a_b", "a.b", "a b", "a/b", "A-B", "A-b", "a--b", "-a-b", "a-b-", "a-b.", "a'b",
         'a"b', "a:b", "a\u00e9b", "a-b-version-v", "a-b-type-c", "a-b.version.v", "version",
         "a#b", "a=b", "$COMPUTE_NODE", "'", "- x", "x" * 60, "x" * 61, "X" * 60, "x" * 62, "x" * 63,
         "x" * 240, "x" * 241, "\u202ea-b", "null", "yes", "|", "*a", "&a", "!a", "a:", "? a", "{}", "[]"]
PIECES = ["a", "B", "7", "-", "_", ".", "/", ":", " ", "'", '"', "\\", "#", "=", ",", "{",
          "}", "$", "%s", "\u00df", "\u4e16", "\U0001f600", "\u202e", "version", "model", "type",
          "\u0130", "-version-", "..", "--", "x" * 50]
# Of versions and feature sets.
NAME_MAX = 63


def is_name(text):
    """Names of versions and feature sets; a model or a type can be more."""
    return text.isascii() and text.isprintable() and not set(text) & set(" /") \
        and 0 < len(text) <= NAME_MAX


def endpoint(number, model, kind=None, version="v1", feature="virtio"):
    record = {"device-api": {"value": "vfio-pci"},
              "versions": {"list": [{"name": version, "flags": ["create", "accept", "current"]}]},
              "features": [{"name": feature, "provisioned": {"hex": "0x28"}}]}
    if model is not None:
        record["model"] = {"value": model}
    if kind is not None:
        record["type"] = {"value": kind}
    return {"kind": "device", "handle": f"sim/d{number}", "migration": "supported",
            "record": record}


def document(endpoints):
    return json.dumps({"format": "vdev", "format-version": 1, "endpoints": endpoints}).encode()


def alike():
    """One document for each name; each name is a model, a type, a version and a feature set."""
    for name in ALIKE:
        named = [endpoint(3, "m", None, name), endpoint(4, "m", None, "v", name)]
        yield name, document([endpoint(1, name), endpoint(2, None, name)] +
                             (named if is_name(name) else []))


def documents():
    rand = random.Random(SEED)

    def text(fits=bool):
        while True:
            found = "".join(rand.choices(PIECES, k=rand.randrange(1, 6)))
            if fits(found):
                return found

    for _ in range(DOCUMENTS):
        yield document([endpoint(number, text(), text(), text(is_name), text(is_name))
                        for number in range(ENDPOINTS)])
