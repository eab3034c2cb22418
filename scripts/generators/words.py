# SPDX-License-Identifier: GPL-2.0
"""What the core knows of: the last word of each enumeration, and the flags."""

from . import const, enums, fold

HEAD = """\
/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * The last word of each enumeration, and the flags of each set: what is beyond is of
 * a newer version. scripts/generate.py writes this file from the specification.
 */
#ifndef _VDEV_WORDS_H
#define _VDEV_WORDS_H

#include <linux/vdev.h>
"""


def render_definition(family, item):
    name = const(family, item["name"])
    entries = [const(name, entry["name"]) for entry in item["entries"]]
    if item["type"] == "enum":
        return f"#define {name}_MAX {entries[-1]}"
    if len(entries) == 1:
        return f"#define {name}_MASK {entries[0]}"
    return f"#define {name}_MASK \\\n" + fold("(", entries, " |", ")", " \\")


def render(spec, _):
    return "\n".join([HEAD, *(render_definition(spec["name"], item) for item in enums(spec)), "",
                      "#endif /* _VDEV_WORDS_H */", ""])
