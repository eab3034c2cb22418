# SPDX-License-Identifier: GPL-2.0
"""The kernel's policies: the attributes that each request takes, and what is in their nests."""

from . import COLUMNS, attr_prefix, const, nested_first, word

HEAD = """\
// SPDX-License-Identifier: GPL-2.0
/*
 * The policies of the requests and of the nests in them, innermost first. The policy
 * is the first validator of every request; an attribute that only a reply or another
 * request has is rejected by name. scripts/generate.py writes this file from the
 * specification.
 */
#include <net/netlink.h>

#include "model/words.h"
#include "policy.h"
"""

# Sets that other files validate or walk.
EXPORTED = ("filter", "source")
# Nests with a validator of their own, and why.
VALIDATED = {"source": "Validated by source.c, as there may be newer parts in it."}
# The core's names for the lengths.
LENGTHS = {63: "VDEV_NAME_LEN", 255: "VDEV_STRING_LEN", 2048: "VDEV_FEATURE_BYTES"}
# Numbers by what is checked of them.
NUMBERS = {
    (): "{{ .type = NLA_U32 }}",
    ("max",): "NLA_POLICY_MAX(NLA_U32, {max})",
    ("min",): "NLA_POLICY_MIN(NLA_U32, {min})",
}


class Policies:
    """What is written of one specification."""

    def __init__(self, spec):
        self.spec = spec
        self.sets = {item["name"]: item for item in spec["attribute-sets"]}
        self.enums = {item["name"]: item for item in spec["definitions"]}
        self.operations = [op for op in spec["operations"]["list"] if "notify" not in op]

    def whole(self, one):
        """The set that another one is a subset of, or that one."""
        return self.sets[self.sets[one].get("subset-of", one)]

    def const(self, one, name):
        return const(attr_prefix(self.spec, self.whole(one)), name)

    def attributes(self, one):
        """Those of a set; of a subset, which has only their names, those of the whole."""
        names = [attr["name"] for attr in self.sets[one]["attributes"]]
        return [attr for attr in self.whole(one)["attributes"] if attr["name"] in names]

    def requested(self, op):
        """The attributes of a request, in whichever form."""
        return [attr for mode in ("do", "dump")
                for attr in op.get(mode, {}).get("request", {}).get("attributes", ())]

    def nests(self, one):
        return [attr["nested-attributes"] for attr in self.attributes(one)
                if attr["type"] == "nest"]

    def nested(self):
        """The sets that are nested in requests."""
        roots = [attr["nested-attributes"] for op in self.operations
                 for attr in self.attributes(op["attribute-set"])
                 if attr["type"] == "nest" and attr["name"] in self.requested(op)]
        return nested_first(roots, self.nests)

    def words(self, attr):
        enum = self.enums[attr["enum"]]
        name = const(self.spec["name"], enum["name"])
        if enum["type"] == "flags":
            return f"NLA_POLICY_MASK(NLA_U32, {name}_MASK)"
        start = enum["value-start"]
        first = enum["entries"][attr.get("checks", {}).get("min", start) - start]
        return f"NLA_POLICY_RANGE(NLA_U32, {const(name, first['name'])}, {name}_MAX)"

    def number(self, attr):
        checks = attr.get("checks", {})
        return NUMBERS[tuple(checks)].format(**checks)

    def value(self, attr):
        """What may be in the attribute."""
        kind = attr["type"]
        if kind == "nest":
            return f"NLA_POLICY_NESTED({table(attr['nested-attributes'])})"
        if kind == "string":
            return f"VDEV_STRING_POLICY({LENGTHS[attr['checks']['max-len']]})"
        if kind == "binary":
            return f"{{ .type = NLA_BINARY, .len = {LENGTHS[attr['checks']['max-len']]} }}"
        if kind == "u32":
            return self.words(attr) if "enum" in attr else self.number(attr)
        return {"uint": "VDEV_COMPAT_POLICY_UINT", "flag": "{ .type = NLA_FLAG }"}[kind]

    def entry(self, one, attr, value):
        index = f"\t[{self.const(one, attr['name'])}] ="
        line = f"{index} {value},"
        return line if len(line.expandtabs(8)) <= COLUMNS else f"{index}\n\t\t{value},"

    def render_table(self, head, one, entries):
        return [f"{head}[{self.const(one, 'max')} + 1] = {{", *entries, "};", ""]

    def render_set(self, one):
        storage = "" if one in EXPORTED else "static "
        known = self.attributes(one)
        entries = [self.entry(one, attr, self.value(attr) if attr in known
                              else "VDEV_REJECT_POLICY")
                   for attr in self.whole(one)["attributes"]]
        return self.render_table(f"{storage}const struct nla_policy {table(one)}", one, entries)

    def request_entry(self, op, attr):
        one, name = op["attribute-set"], attr["name"]
        if name not in self.requested(op):
            return self.entry(one, attr, "VDEV_REJECT_POLICY")
        if name in VALIDATED:
            return (f"\t/* {VALIDATED[name]} */\n"
                    + self.entry(one, attr, "{ .type = NLA_NESTED }"))
        return self.entry(one, attr, self.value(attr))

    def render_request(self, op):
        one = op["attribute-set"]
        head = f"const struct nla_policy vdev_nl_{word(op['name'])}_policy"
        return self.render_table(head, one, [self.request_entry(op, attr)
                                             for attr in self.attributes(one)])

    def render_nests(self):
        """The nests of a source."""
        lines = ["const struct vdev_nl_nest vdev_nl_nests[] = {"]
        for one in nested_first(["source"], self.nests):
            for attr in self.attributes(one):
                if attr["type"] == "nest":
                    repeated = ", true" if attr.get("multi-attr") else ""
                    lines.append(f"\t{{ {table(one)}, {self.const(one, attr['name'])}, "
                                 f"\"{attr['name']}\"{repeated} }},")
        return [*lines, "};", "",
                "const unsigned int vdev_nl_num_nests = ARRAY_SIZE(vdev_nl_nests);", ""]


def table(one):
    """The name of a set's policy."""
    return f"{'vdev_nl_' if one in EXPORTED else ''}{word(one)}_policy"


def render(spec, _):
    policies = Policies(spec)
    out = [HEAD, *(f"static_assert({name} == {length});" for length, name in LENGTHS.items()), ""]
    for one in policies.nested():
        out += policies.render_set(one)
    for op in policies.operations:
        out += policies.render_request(op)
    return "\n".join([*out, *policies.render_nests()])
