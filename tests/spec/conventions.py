# SPDX-License-Identifier: GPL-2.0
"""What the specification promises of all that is in it.

Usage: conventions.py SPECIFICATION

Number 0 is no word of any enumeration, so that it cannot be meant by accident. A flags
attribute says which bits there are. Numbers are u32, or uint where 32 bits are not
enough. All that is named is described.
"""

import sys

import yaml


def broken(spec):
    enums = {one["name"]: one["type"] for one in spec["definitions"]}
    for one in spec["definitions"]:
        if one["type"] == "enum" and one.get("value-start") != 1:
            yield f"enumeration {one['name']}: has a word for 0"
        if not one.get("doc"):
            yield f"{one['type']} {one['name']}: has no description"
        for entry in one["entries"]:
            if not entry.get("doc"):
                yield f"{one['name']}.{entry['name']}: has no description"
    for group in spec["attribute-sets"]:
        for attr in group["attributes"]:
            name = f"{group['name']}.{attr['name']}"
            # A subset says no more than which attributes are in it.
            if "subset-of" in group:
                continue
            if not attr.get("doc"):
                yield f"{name}: has no description"
            if attr["type"] not in ("u32", "uint", "string", "binary", "nest", "flag"):
                yield f"{name}: is a {attr['type']}"
            if "enum" in attr and attr["type"] != "u32":
                yield f"{name}: words are u32"
            is_flags = enums.get(attr.get("enum")) == "flags"
            if is_flags != attr.get("enum-as-flags", False):
                yield f"{name}: is one word of flags, or flags of an enumeration"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        spec = yaml.safe_load(file)
    complaints = list(broken(spec))
    for complaint in complaints:
        print(f"# {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
