# SPDX-License-Identifier: GPL-2.0
"""The simulator's words for the numbers of facts."""

from . import const, enums, word

HEAD = """\
// SPDX-License-Identifier: GPL-2.0
/*
 * The words of the specification for what is reported as numbers and flags; those that
 * only a profile reports are among them, since commands may say anything.
 * scripts/generate.py writes this file from the specification.
 */
#include <linux/log2.h>
#include <linux/vdev.h>

#include "names.h"
"""

# What commands name; a table has no gaps, for NULL ends it.
REPORTED = ("rule", "value-type", "origin", "migration", "capacity-state", "version-flag",
            "param-flag", "operation", "capability", "blocker-flag")


def render_table(family, item):
    lines = [f"const char *const sim_{word(item['name'])}_names[] = {{"]
    index = "[const_ilog2({})]"
    if item["type"] == "enum":
        lines.append('\t[0] = "unset",')
        index = "[{}]"
    for entry in item["entries"]:
        name = const(family, item["name"], entry["name"])
        lines.append(f"\t{index.format(name)} = \"{entry['name']}\",")
    return [*lines, "\tNULL", "};", ""]


def render(spec, _):
    out = [HEAD]
    for item in enums(spec):
        if item["name"] in REPORTED:
            out += render_table(spec["name"], item)
    return "\n".join(out)
