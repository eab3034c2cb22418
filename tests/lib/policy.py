# SPDX-License-Identifier: GPL-2.0
"""The policy of the running family, against the one the specification implies.

Usage: policy.py SPEC

The kernel tells its policy on CTRL_CMD_GETPOLICY: of each command, which
attributes it takes, their types, lengths and smallest values, and what a nest
may hold. Prints each difference; fails if there is any.
"""

import struct
import sys

from genl import GENL_ID_CTRL, NLM_F_DUMP, Genl, attr, attrs
from spec import Spec

CTRL_CMD_GETPOLICY = 10
CTRL_ATTR_FAMILY_ID, CTRL_ATTR_POLICY, CTRL_ATTR_OP_POLICY = 1, 8, 9
POLICY_DO, POLICY_DUMP = 1, 2
TYPE, MIN, MAX_LENGTH, INDEX = 1, 4, 7, 8

TYPES = {"flag": 1, "u32": 4, "u64": 5, "string": 12, "nest": 13}


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

    def attribute(self, where, entry, facts):
        checks = entry.get("checks", {})
        self.same(where, "type", TYPES[entry["type"]], number(facts, TYPE))
        self.same(where, "max-len", self.spec.limit(checks.get("max-len", 0)),
                  number(facts, MAX_LENGTH))
        if entry["type"] in ("u32", "u64"):
            self.same(where, "min", checks.get("min", 0), number(facts, MIN))
        if entry["type"] == "nest":
            nested = self.spec.sets[entry["nested-attributes"]]
            names = {name for name in nested if nested[name]["type"] != "pad"}
            self.set(where, nested, names, number(facts, INDEX))

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
    ops, sets = policies(genl, genl.family(spec.tree["name"]))
    comparison = Comparison(spec, sets)
    comparison.same("family", "commands", sorted(spec.commands.values()), sorted(ops))
    for name, command in spec.commands.items():
        for mode in (POLICY_DO, POLICY_DUMP):
            where = f"{name} {'do' if mode == POLICY_DO else 'dump'}"
            comparison.set(where, spec.sets["vdev"], spec.requested(name),
                           ops.get(command, {}).get(mode))
    print(f"# {comparison.compared} facts of the policy compared")
    for line in comparison.differences:
        print(f"# {line}")
    return 1 if comparison.differences or not comparison.compared else 0


if __name__ == "__main__":
    sys.exit(main())
