#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Turn a netlink specification into the table of the fuzzer.

Usage: table.py SPEC >table.c

Attribute sets, types, nests, checks and operations are taken over as they are,
so whatever is added to the specification is fuzzed with the next build.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "kselftest/lib"))

from spec import Spec  # noqa: E402

SIZES = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "s8": 1, "s16": 2, "s32": 4, "s64": 8,
         "uint": 8, "sint": 8}
KINDS = {"string": "STRING", "binary": "BINARY", "flag": "FLAG", "nest": "NEST"}
NO_LENGTH = 4096


def ident(name):
    return name.replace("-", "_")


def enum_range(enum):
    """Smallest and largest value of an enumeration, or of a set of flags."""
    count, start = len(enum["entries"]), enum.get("value-start", 0)
    if enum["type"] == "flags":
        return 0, (1 << count) - 1
    return start, start + count - 1


def bounds(spec, attr):
    """Of the value of a number, of the length of anything else."""
    checks = attr.get("checks", {})
    if attr["type"] not in SIZES:
        return (spec.limit(checks.get("min-len", 0)),
                spec.limit(checks.get("max-len", checks.get("exact-len", NO_LENGTH))))
    low, high = 0, (1 << 8 * SIZES[attr["type"]]) - 1
    if "enum" in attr:
        low, high = enum_range(spec.enums[attr["enum"]])
    return spec.limit(checks.get("min", low)), spec.limit(checks.get("max", high))


def attr_line(spec, attr):
    kind = KINDS.get(attr["type"], "NUMBER")
    low, high = bounds(spec, attr)
    nested = f"&set_{ident(attr['nested-attributes'])}" if kind == "NEST" else "NULL"
    return (f'\t{{ "{attr["name"]}", {attr["value"]}, TABLE_{kind}, '
            f'{SIZES.get(attr["type"], 0)}, {int(attr["type"] == "uint")}, {low}ULL, {high}ULL, {nested} }},')


def print_sets(spec):
    for name in spec.sets:
        print(f"static const struct table_set set_{ident(name)};")
    for name, attrs in spec.sets.items():
        print(f"\nstatic const struct table_attr attrs_{ident(name)}[] = {{")
        for attr in attrs.values():
            print(attr_line(spec, attr))
        print(f"}};\nstatic const struct table_set set_{ident(name)} = {{\n"
              f'\t"{name}", {len(attrs)}, attrs_{ident(name)}\n}};')
    print("\nconst struct table_set *const table_sets[] = {")
    for name in spec.sets:
        print(f"\t&set_{ident(name)},")
    print(f"}};\nconst unsigned int table_num_sets = {len(spec.sets)};")


def print_modes(spec, op):
    """The ways to call an operation; positions are those in its set."""
    order = list(spec.sets[op["attribute-set"]])
    lines = []
    for mode in ("do", "dump"):
        if mode not in op:
            continue
        names = op[mode].get("request", {}).get("attributes", [])
        array = f"{mode}_{ident(op['name'])}"
        values = ", ".join(str(order.index(name)) for name in names) or "0"
        print(f"static const unsigned int {array}[] = {{ {values} }};")
        lines.append(f"\t{{ {int(mode == 'dump')}, {len(names)}, {array} }},")
    print(f"static const struct table_mode modes_{ident(op['name'])}[] = {{")
    print("\n".join(lines) + "\n};")
    return len(lines)


def print_ops(spec):
    counts = {name: print_modes(spec, op) for name, op in spec.ops.items()
              if not {"event", "notify"} & set(op)}
    print("\nconst struct table_op table_ops[] = {")
    for name, count in counts.items():
        op = spec.ops[name]
        print(f'\t{{ "{name}", {spec.commands[name]}, &set_{ident(op["attribute-set"])}, '
              f"{count}, modes_{ident(name)} }},")
    print(f"}};\nconst unsigned int table_num_ops = {len(counts)};")


def print_words(spec):
    for enum, word in (("field", "unknown"), ("verdict", "undeclared")):
        entries = [entry["name"] for entry in spec.enums[enum]["entries"]]
        number = enum_range(spec.enums[enum])[0] + entries.index(word)
        print(f"const uint64_t table_{enum}_{word} = {number};")


def main():
    spec = Spec(sys.argv[1])
    print("// SPDX-License-Identifier: GPL-2.0\n/* Made by table.py. */\n"
          '#include <stddef.h>\n\n#include "table.h"\n\n'
          f'const char table_family[] = "{spec.tree["name"]}";\n')
    print_sets(spec)
    print_ops(spec)
    print_words(spec)


if __name__ == "__main__":
    main()
