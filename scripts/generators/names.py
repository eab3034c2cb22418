# SPDX-License-Identifier: GPL-2.0
"""The library's words for the numbers of the specification."""

from . import const, enums, word

HEAD = """\
// SPDX-License-Identifier: LGPL-2.1
/*
 * The words of the specification for its numbers. scripts/generate.py writes this
 * file from the specification.
 */
#include <stddef.h>
#include <string.h>

#include <linux/vdev.h>
#include <vdev/names.h>

#include "internal.h"

#define BIT_OF(flag) ((unsigned int)__builtin_ctz(flag))
"""

LOOK_UP = """\
static const char *look_up(const char *const *names, size_t num, size_t index)
{
	return index < num ? names[index] : NULL;
}

/* Where the name is, or behind all. */
static size_t find(const char *const *names, size_t num, const char *name)
{
	size_t i;

	for (i = 0; i < num; i++)
		if (names[i] && name && strcmp(names[i], name) == 0)
			break;
	return i;
}

#define NUMBER_FUNCTIONS(what) \\
	VDEV_API const char *vdev_##what##_name(uint32_t number) \\
	{ \\
		return look_up(what##_names, ARRAY_SIZE(what##_names), number); \\
	} \\
	VDEV_API uint32_t vdev_##what##_from_name(const char *name) \\
	{ \\
		size_t number = find(what##_names, ARRAY_SIZE(what##_names), name); \\
		return number < ARRAY_SIZE(what##_names) ? (uint32_t)number : 0; \\
	}

#define FLAG_FUNCTIONS(what) \\
	VDEV_API const char *vdev_##what##_name(unsigned int bit) \\
	{ \\
		return look_up(what##_names, ARRAY_SIZE(what##_names), bit); \\
	} \\
	VDEV_API uint32_t vdev_##what##_from_name(const char *name) \\
	{ \\
		size_t bit = find(what##_names, ARRAY_SIZE(what##_names), name); \\
		return bit < ARRAY_SIZE(what##_names) ? 1U << bit : 0; \\
	}
"""


def render_table(family, item):
    index = "[BIT_OF({})]" if item["type"] == "flags" else "[{}]"
    lines = [f"static const char *const {word(item['name'])}_names[] = {{"]
    for entry in item["entries"]:
        name = const(family, item["name"], entry["name"])
        lines.append(f"\t{index.format(name)} = \"{entry['name']}\",")
    return [*lines, "};", ""]


def render_function(item):
    return f"{'FLAG' if item['type'] == 'flags' else 'NUMBER'}_FUNCTIONS({word(item['name'])})"


def render(spec, _):
    out = [HEAD]
    for item in enums(spec):
        out += render_table(spec["name"], item)
    out += [LOOK_UP, *map(render_function, enums(spec)), ""]
    return "\n".join(out)
