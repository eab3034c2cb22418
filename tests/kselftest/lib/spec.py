# SPDX-License-Identifier: GPL-2.0
"""The specification of the family, as the tests beside this file read it."""

import pathlib

import yaml

# The parser in C, where there is one: it takes a tenth of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def find(start):
    """The specification: that of the nearest tree around @start."""
    for folder in pathlib.Path(start).resolve().parents:
        path = folder / "Documentation/netlink/specs/vdev.yaml"
        if path.exists():
            return path
    return None


class Spec:
    """Operations, attribute sets and constants, by name."""

    def __init__(self, path):
        self.tree = yaml.load(pathlib.Path(path).read_text(encoding="utf-8"), LOADER)
        self.consts = {item["name"]: item["value"]
                       for item in self.tree["definitions"] if item["type"] == "const"}
        self.enums = {item["name"]: item
                      for item in self.tree["definitions"] if item["type"] != "const"}
        self.sets = {}
        # Those whose attributes are some of another set.
        self.subsets = {item["name"] for item in self.tree["attribute-sets"]
                        if "subset-of" in item}
        for item in self.tree["attribute-sets"]:
            self.sets[item["name"]] = self.attributes(item)
        self.ops = {op["name"]: op for op in self.tree["operations"]["list"]}
        self.commands = {op["name"]: op["value"]
                         for op in self.number(self.tree["operations"]["list"]).values()}

    def attributes(self, item):
        """Those of a set, or of the one that it is a subset of, which comes before it."""
        if "subset-of" not in item:
            return self.number(item["attributes"])
        whole = self.sets[item["subset-of"]]
        return {attr["name"]: whole[attr["name"]] for attr in item["attributes"]}

    @staticmethod
    def number(items):
        """Entries by name, each with its value; the first is 1."""
        value, out = 0, {}
        for item in items:
            value = item.get("value", value + 1)
            out[item["name"]] = {**item, "value": value}
        return out

    def limit(self, value):
        """A bound: a number, or the name of a constant."""
        return self.consts.get(value, value)

    def range(self, attr, top):
        """Smallest and largest number that an attribute can be; @top if any can."""
        checks, low, high = attr.get("checks", {}), 0, top
        if "enum" in attr:
            enum = self.enums[attr["enum"]]
            low = enum.get("value-start", 0)
            high = low + len(enum["entries"]) - 1
        return self.limit(checks.get("min", low)), self.limit(checks.get("max", high))

    def requested(self, op):
        """Names of the attributes that any request of the operation takes."""
        modes = [self.ops[op][mode]["request"]["attributes"]
                 for mode in ("do", "dump") if "request" in self.ops[op].get(mode, {})]
        return {name for names in modes for name in names}
