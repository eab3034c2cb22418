# SPDX-License-Identifier: GPL-2.0
"""The library's tables of the attributes: names, formats, nesting, and what declarations need."""

from . import attr_prefix, const, fold, nested_first, word

HEAD = """\
// SPDX-License-Identifier: LGPL-2.1
/*
 * The tables of the attributes. scripts/generate.py writes this file from the
 * specification.
 */
#include <linux/vdev.h>

#include "internal.h"
#include "schema.h"

#define SET(set_name, set_defs, ...) \\
	{ .name = (set_name), .defs = (set_defs), .num_defs = ARRAY_SIZE(set_defs), __VA_ARGS__ }
#define U32(n) { (n), ATTR_U32, NULL }
#define BOOL(n) { (n), ATTR_BOOL, NULL }
#define UINT(n) { (n), ATTR_UINT, NULL }
#define STRING(n) { (n), ATTR_STRING, NULL }
#define FLAG(n) { (n), ATTR_FLAG, NULL }
#define BITMAP(n) { (n), ATTR_BITMAP, NULL }
#define NEST(n, set) { (n), ATTR_NEST, &(set) }
"""

# Sets that other files of the library use.
EXPORTED = {
    "vdev": "vdev_attr_set", "source": "vdev_source_set", "declaration": "vdev_declaration_set",
    "profile": "vdev_profile_attrs", "stats": "vdev_stats_attrs",
    "provider-stats": "vdev_provider_stats_attrs",
}

# What the library knows of the attributes, and the specification has no term for. First
# sets that are like another one: which, the attributes that they have of it, and why.
ALIKE = {
    "model": ("ident", None, "Models are accepted in order of preference."),
    "declaration": ("source", ("migration", "blocker", "record", "endpoint", "unknown",
                               "capabilities"),
                    "What names an endpoint of this host is no part of a declaration, "
                    "as if it was not known."),
}
# Nests of such a set.
NESTS = {("record", "model"): "model"}
# What a declaration must have.
NEEDED = {
    "semver": ("major", "minor", "bugfix"),
    "semver-range": ("from",),
    "software-version": ("value", "rule"),
    "ident": ("value", "rule"),
    "model": ("value", "rule"),
    "version": ("name", "flags"),
    "versions": ("rule", "entry"),
    "feature": ("name", "rule"),
    "param": ("name", "value-type", "rule", "flags", "origin"),
    "aggregation": ("base", "units", "count", "total", "rule"),
    "blocker": ("name", "reason", "flags"),
    "ceiling-feature": ("name", "mask"),
    "ceiling-param": ("name", "low", "high"),
    "declaration": ("migration", "record", "endpoint"),
}
# Lists whose order has a meaning.
ORDERED = {"model": ("accept",), "versions": ("entry",), "vdev": ("finding",)}
# One of these is there, and nothing else.
CHOICES = {
    "value": (("u64",), ("string",), ("bool",)),
    "allowed": (("low", "high"), ("string",)),
}
# Numbers that are absent where they would be 0, beside those of which the specification says it.
NONZERO = {"aggregation": ("limit",), "declaration": ("capabilities",)}


class Set:
    """A set of attributes: one of the specification, or one that is like it."""

    def __init__(self, spec, name):
        like, only, self.why = ALIKE.get(name, (name, None, None))
        sets = {item["name"]: item for item in spec["attribute-sets"]}
        item = sets[like]
        whole = sets[item.get("subset-of", like)]
        names = only or [attr["name"] for attr in item["attributes"]]
        self.name, self.title = name, like
        self.prefix = attr_prefix(spec, whole)
        self.attributes = [attr for attr in whole["attributes"] if attr["name"] in names]
        # All of the attributes of another set are its own.
        self.shares = name != like and not only
        self.defs = f"{word(like if self.shares else name)}_defs"

    def const(self, name):
        return const(self.prefix, name)

    def nest(self, attr):
        return NESTS.get((self.name, attr["name"]), attr["nested-attributes"])

    def nests(self):
        return [self.nest(attr) for attr in self.attributes if attr["type"] == "nest"]

    def lists(self, ordered):
        """Those that may be repeated, with an order that has a meaning or with none."""
        with_order = ORDERED.get(self.name, ())
        return [attr["name"] for attr in self.attributes
                if attr.get("multi-attr") and (attr["name"] in with_order) == ordered]

    def nonzero(self):
        # At the top of a declaration 0 is one of the numbers that are not known.
        if self.name not in NEEDED or self.name == "declaration":
            return []
        return [attr["name"] for attr in self.attributes
                if attr["name"] in NONZERO.get(self.name, ()) or is_nonzero(attr)]


def is_nonzero(attr):
    """Number 0 is no word of any enumeration."""
    is_word = "enum" in attr and not attr.get("enum-as-flags")
    return is_word or attr.get("checks", {}).get("min") == 1


def variable(name):
    return EXPORTED.get(name, f"{word(name)}_set")


def in_order(spec):
    """The sets, each behind those that are nested in it."""
    names = [item["name"] for item in spec["attribute-sets"]]
    return [Set(spec, name) for name in
            nested_first([*names, *ALIKE], lambda name: Set(spec, name).nests())]


def render_def(one, attr):
    name = f'"{attr["name"]}"'
    if attr["type"] == "nest":
        value = f"NEST({name}, {variable(one.nest(attr))})"
    elif attr["type"] == "binary":
        value = f"BITMAP({name})"
    elif attr["type"] == "u32" and attr.get("checks", {}).get("max") == 1:
        value = f"BOOL({name})"
    else:
        value = f"{attr['type'].upper()}({name})"
    return f"\t[{one.const(attr['name'])}] = {value},"


def bits(one, names):
    return [f"ATTR_BIT({one.const(name)})" for name in names]


def render_masks(one):
    """What is known of the attributes, as masks of their numbers."""
    masks = (("needed", NEEDED.get(one.name, ())), ("nonzero", one.nonzero()),
             ("sorted", one.lists(ordered=False)), ("ordered", one.lists(ordered=True)))
    out = [fold(f".{field} = ", bits(one, names), " |", "")
           for field, names in masks if names]
    if one.name in CHOICES:
        out.append(fold(".choices = { ", [" | ".join(bits(one, choice))
                                          for choice in CHOICES[one.name]], ",", " }"))
    return out


def render_set(one):
    out = []
    if not one.shares:
        out = [f"static const struct attr_def {one.defs}[] = {{",
               *(render_def(one, attr) for attr in one.attributes), "};", ""]
    storage = "" if one.name in EXPORTED else "static "
    head = f'{storage}const struct attr_set {variable(one.name)} = SET("{one.title}", {one.defs}'
    if one.why:
        out.append(f"/* {one.why} */")
    return [*out, ",\n".join([head, *render_masks(one)]) + ");", ""]


def render(spec, _):
    sets = in_order(spec)
    out = [HEAD]
    for one in sets:
        out += render_set(one)
    listed = [f"&{variable(one.name)}" for one in sets if one.name not in ALIKE]
    return "\n".join([*out, "const struct attr_set *const vdev_attr_sets[] = {",
                      fold("", listed, ",", ","), "};", "",
                      "const size_t vdev_num_attr_sets = ARRAY_SIZE(vdev_attr_sets);", ""])
