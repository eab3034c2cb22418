// SPDX-License-Identifier: GPL-2.0
/*
 * Prints the library's tables for comparison with the specification: "attr SET
 * NUMBER NAME KIND NEST" for each attribute, with "list" behind it if it may be
 * repeated, "enum NAME NUMBER WORD" for each word; the number of a flag is that
 * of its bit.
 */
#include <stdint.h>
#include <stdio.h>

#include <vdev/names.h>

#include "model/attr.h"

/* No enumeration comes near this. */
#define LAST 64

static const char *const formats[] = {
	[ATTR_U32] = "u32",
	[ATTR_BOOL] = "u32",
	[ATTR_UINT] = "uint",
	[ATTR_STRING] = "string",
	[ATTR_FLAG] = "flag",
	[ATTR_BITMAP] = "binary",
	[ATTR_NEST] = "nest",
};

static void print_set(const struct attr_set *set)
{
	unsigned int type;

	for (type = 0; type < set->num_defs; type++) {
		const struct attr_def *def = vdev_attr_def(set, type);

		if (def)
			printf("attr %s %u %s %s %s%s\n", set->name, type, def->name,
			       formats[def->format], def->nest ? def->nest->name : "-",
			       (set->sorted | set->ordered) & ATTR_BIT(type) ? " list" : "");
	}
}

static void print_enum(const char *name, const char *(*word)(uint32_t number))
{
	uint32_t number;

	for (number = 0; number < LAST; number++)
		if (word(number))
			printf("enum %s %u %s\n", name, number, word(number));
}

int main(void)
{
	size_t i;

	for (i = 0; i < vdev_num_attr_sets; i++)
		print_set(vdev_attr_sets[i]);
	print_enum("rule", vdev_rule_name);
	print_enum("value-type", vdev_value_type_name);
	print_enum("origin", vdev_origin_name);
	print_enum("migration", vdev_migration_name);
	print_enum("capacity-state", vdev_capacity_state_name);
	print_enum("version-flag", vdev_version_flag_name);
	print_enum("param-flag", vdev_param_flag_name);
	print_enum("operation", vdev_operation_name);
	print_enum("capability", vdev_capability_name);
	print_enum("blocker-flag", vdev_blocker_flag_name);
	print_enum("endpoint-kind", vdev_endpoint_kind_name);
	print_enum("verdict", vdev_verdict_name);
	print_enum("field", vdev_field_name);
	print_enum("result", vdev_result_name);
	print_enum("code", vdev_code_name);
	return 0;
}
