# SPDX-License-Identifier: GPL-2.0
"""The policy of the running family, against the one the specification implies.

Usage: policy.py SPEC

The kernel reports its policy on CTRL_CMD_GETPOLICY: of each command, which
attributes it takes, their types, lengths, values and bits, and what a nest may
hold. Prints each difference; fails if there is any.

What is in a source it does not report: the family takes newer parts there, and
validates it by itself. The same sets are reported of other requests, or tried
attribute by attribute in wire.c.
"""

import platform
import re
import struct
import sys

from genl import GENL_ID_CTRL, NLM_F_DUMP, Genl, attr, attrs
from spec import Spec

CTRL_CMD_GETPOLICY = 10
CTRL_ATTR_FAMILY_ID, CTRL_ATTR_POLICY, CTRL_ATTR_OP_POLICY = 1, 8, 9
POLICY_DO, POLICY_DUMP = 1, 2
TYPE, MIN, MAX, MAX_LENGTH, INDEX, MASK = 1, 4, 5, 7, 8, 12

TYPES = {"flag": 1, "u32": 4, "binary": 10, "string": 12, "nest": 13, "uint": 17}
# Nests that are reported without what they hold.
UNTOLD = {f"{op} {mode}: source" for op in ("check", "find") for mode in ("do", "dump")}
TOP = {"u32": 2**32 - 1, "uint": 2**64 - 1}
# Netlink has the type since 6.7; before, the family checks the length itself.
HAS_UINT = tuple(map(int, re.findall(r"\d+", platform.release())[:2])) >= (6, 7)


def policies(genl, family):
    """Per command (do, dump) indices; per index the attributes' facts."""
    ops, sets = {}, {}
    payload = attr(CTRL_ATTR_FAMILY_ID, struct.pack("=H", family))
    for message in genl.ask(GENL_ID_CTRL, CTRL_CMD_GETPOLICY, NLM_F_DUMP, payload):
        for kind, data in attrs(message):
            if kind == CTRL_ATTR_OP_POLICY:
                for command, modes in attrs(data):
                    ops[command] = {mode: struct.unpack("=I", index)[0]
                                    for mode, index in attrs(modes)}
            if kind == CTRL_ATTR_POLICY:
                for index, entries in attrs(data):
                    for number_, facts in attrs(entries):
                        sets.setdefault(index, {})[number_] = dict(attrs(facts))
    return ops, sets


def number(facts, kind):
    data = facts.get(kind)
    return int.from_bytes(data, sys.byteorder) if data is not None else 0


class Comparison:
    """Walks specification and policy side by side; keeps the differences."""

    def __init__(self, spec, sets):
        self.spec, self.sets = spec, sets
        self.compared = 0
        self.differences = []

    def same(self, where, what, wanted, got):
        self.compared += 1
        if wanted != got:
            self.differences.append(f"{where}: {what}: specified {wanted}, running {got}")

    def number(self, where, entry, facts):
        """Bits of flags are a mask; words of an enumeration are a range."""
        if entry.get("enum-as-flags"):
            bits = len(self.spec.enums[entry["enum"]]["entries"])
            self.same(where, "mask", (1 << bits) - 1, number(facts, MASK))
            return
        low, high = self.spec.range(entry, TOP[entry["type"]])
        self.same(where, "min", low, number(facts, MIN))
        self.same(where, "max", high, number(facts, MAX) if MAX in facts else 0)

    def attribute(self, where, entry, facts):
        checks = entry.get("checks", {})
        if entry["type"] == "uint" and not HAS_UINT:
            self.same(where, "type", TYPES["binary"], number(facts, TYPE))
            return
        self.same(where, "type", TYPES[entry["type"]], number(facts, TYPE))
        self.same(where, "max-len", self.spec.limit(checks.get("max-len", 0)),
                  number(facts, MAX_LENGTH))
        if entry["type"] in TOP:
            self.number(where, entry, facts)
        if where in UNTOLD:
            self.same(where, "policy of what is in it", None, facts.get(INDEX))
        elif entry["type"] == "nest":
            nested = self.spec.sets[entry["nested-attributes"]]
            self.set(where, nested, set(nested), number(facts, INDEX))

    def set(self, where, entries, names, index):
        running = self.sets.get(index, {})
        self.same(where, "attributes", sorted(entries[name]["value"] for name in names),
                  sorted(running))
        for name in sorted(names):
            value = entries[name]["value"]
            if value in running:
                self.attribute(f"{where}: {name}", entries[name], running[value])


def main():
    spec = Spec(sys.argv[1])
    genl = Genl()
    # A notification is no request, and has no policy.
    requests = {name: command for name, command in spec.commands.items()
                if {"do", "dump"} & set(spec.ops[name])}
    ops, sets = policies(genl, genl.family(spec.tree["name"]))
    comparison = Comparison(spec, sets)
    comparison.same("family", "commands", sorted(requests.values()), sorted(ops))
    for name, command in requests.items():
        for mode, word in ((POLICY_DO, "do"), (POLICY_DUMP, "dump")):
            where, index = f"{name} {word}", ops.get(command, {}).get(mode)
            # What is a dump alone answers a do with the advice to ask for a dump.
            specified = word in spec.ops[name] or word == "do"
            comparison.same(where, "mode", specified, index is not None)
            if index is not None:
                comparison.set(where, spec.sets[spec.ops[name]["attribute-set"]],
                               spec.requested(name), index)
    print(f"# {comparison.compared} facts of the policy compared")
    for line in comparison.differences:
        print(f"# {line}")
    return 1 if comparison.differences or not comparison.compared else 0


if __name__ == "__main__":
    sys.exit(main())
