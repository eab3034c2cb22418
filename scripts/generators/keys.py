# SPDX-License-Identifier: GPL-2.0
"""The names that attributes have in JSON: the keys, and which there are in the parts of documents."""

from . import attr_prefix, const, fold, nested_first, word

KEYS_HEAD = """\
/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The keys of JSON, by the attributes that they stand for. scripts/generate.py writes
 * this file from the specification.
 */
#ifndef VDEV_COMMON_KEYS_H
#define VDEV_COMMON_KEYS_H
"""

SHAPES_HEAD = """\
// SPDX-License-Identifier: LGPL-2.1
/*
 * Which keys the parts of documents have that are sets of attributes.
 * scripts/generate.py writes this file from the specification.
 */
#include "shape_sets.h"

static const struct shape bitmap_shape[] = {
	KEY("hex"), KEY("names"), { 0 },
};
"""

# Attributes with another name in JSON: lists have one of many, and the kind of an
# endpoint is not the endpoint.
NAMES = {
    ("vdev", "blocker"): "blockers",
    ("vdev", "counter"): "counters",
    ("vdev", "endpoint"): "kind",
    ("vdev", "finding"): "findings",
    ("ceiling", "feature"): "features",
    ("ceiling", "param"): "params",
    ("record", "feature"): "features",
    ("record", "param"): "params",
    ("stats", "provider"): "providers",
    ("versions", "entry"): "list",
}
# Only requests have it.
ABSENT = ("filter", "order")
# Sets that are one string in JSON.
STRINGS = ("semver",)
# The parts of documents.
SHAPES = ("blocker", "record", "cost")


def key(one, attr):
    return NAMES.get((one["name"], attr["name"]), attr["name"])


def render_set_keys(spec, one):
    prefix = attr_prefix(spec, one).replace(const(spec["name"], "a"), "KEY", 1)
    return [*(f'#define {const(prefix, attr["name"])} "{key(one, attr)}"'
              for attr in one["attributes"]), ""]


def render_keys(spec, _):
    out = [KEYS_HEAD]
    for one in spec["attribute-sets"]:
        if "subset-of" not in one and one["name"] not in (*ABSENT, *STRINGS):
            out += render_set_keys(spec, one)
    return "\n".join([*out, "#endif /* VDEV_COMMON_KEYS_H */", ""])


def inner(attr):
    """What is in an object."""
    if attr["type"] == "binary":
        return "bitmap"
    if attr["type"] == "nest" and attr["nested-attributes"] not in STRINGS:
        return attr["nested-attributes"]
    return None


def render_key(one, attr):
    if inner(attr):
        return f'OBJECT("{key(one, attr)}", {word(inner(attr))}_shape)'
    return f'KEY("{key(one, attr)}")'


def render_shapes(spec, _):
    sets = {one["name"]: one for one in spec["attribute-sets"]}

    def nests(name):
        return [inner(attr) for attr in sets[name]["attributes"] if inner(attr) in sets]

    out = [SHAPES_HEAD]
    for name in nested_first(SHAPES, nests):
        storage = "" if name in SHAPES else "static "
        keys = [render_key(sets[name], attr) for attr in sets[name]["attributes"]]
        out += [f"{storage}const struct shape {word(name)}_shape[] = {{",
                fold("", [*keys, "{ 0 }"], ",", ","), "};", ""]
    return "\n".join(out)
