// SPDX-License-Identifier: GPL-2.0
/*
 * A source that is a record with all parts, made of the rows of wire_fields.c,
 * in which one thing can be newer than the family; and the path by which the
 * family names that thing.
 */
#include <string.h>

#include "wire.h"

/* What names an endpoint of this host, and what is there in the place of another. */
static const struct left_out {
	enum wire_place place;
	uint16_t type;
} left_out[] = {
	{ WIRE_SET_SOURCE, VDEV_A_SOURCE_ID },
	{ WIRE_SET_SOURCE, VDEV_A_SOURCE_BUS },
	{ WIRE_SET_SOURCE, VDEV_A_SOURCE_NAME },
	{ WIRE_SET_SOURCE, VDEV_A_SOURCE_PARENT_BUS },
	{ WIRE_SET_SOURCE, VDEV_A_SOURCE_PARENT },
	{ WIRE_SET_SOURCE, VDEV_A_SOURCE_UNKNOWN },
	{ WIRE_SET_VALUE, VDEV_A_VALUE_STRING },
	{ WIRE_SET_VALUE, VDEV_A_VALUE_BOOL },
	{ WIRE_SET_OFF_VALUE, VDEV_A_VALUE_STRING },
	{ WIRE_SET_OFF_VALUE, VDEV_A_VALUE_BOOL },
	{ WIRE_SET_ALLOWED, VDEV_A_ALLOWED_STRING },
};

static bool is_left_out(const struct wire_set *set, uint16_t type)
{
	unsigned int i;

	for (i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (set == &wire_sets[left_out[i].place] &&
		    type == left_out[i].type)
			return true;
	return false;
}

/* The first of each enumeration, but a migration that is supported. */
static uint32_t word(const struct wire_set *set, uint16_t type)
{
	if (set == &wire_sets[WIRE_SET_SOURCE] &&
	    type == VDEV_A_SOURCE_MIGRATION)
		return VDEV_MIGRATION_SUPPORTED;
	return 1;
}

static void put_set(struct nl_request *request, const struct wire_set *set,
		    const struct wire_newer *newer);

static void put_nest(struct nl_request *request, const struct wire_set *set,
		     uint16_t type, const struct wire_newer *newer)
{
	size_t nest = nl_nest_begin(request, type);
	unsigned int i;

	for (i = 0; i < WIRE_SETS; i++)
		if (&wire_sets[wire_sets[i].parent] == set &&
		    wire_sets[i].attr == type && &wire_sets[i] != set)
			put_set(request, &wire_sets[i], newer);
	nl_nest_end(request, nest);
}

static void put_field(struct nl_request *request, const struct wire_set *set,
		      const struct wire_field *field,
		      const struct wire_newer *newer)
{
	enum wire_format format = wire_format(field, VDEV_CMD_CHECK);

	switch (format) {
	case WIRE_NEST:
		put_nest(request, set, field->type, newer);
		break;
	case WIRE_NAME:
	case WIRE_STRING:
		nl_string(request, field->type, "x");
		break;
	case WIRE_WORD:
		nl_u32(request, field->type, word(set, field->type));
		break;
	case WIRE_FLAGS:
		nl_u32(request, field->type, 0);
		break;
	case WIRE_ID:
	case WIRE_U32:
		nl_u32(request, field->type, 1);
		break;
	default:
		wire_put_valid(request, field->type, format);
	}
}

static void put_set(struct nl_request *request, const struct wire_set *set,
		    const struct wire_newer *newer)
{
	bool here = newer && newer->set == set;
	unsigned int i;

	for (i = 0; i < set->num; i++) {
		const struct wire_field *field = &set->fields[i];

		if (!is_left_out(set, field->type) &&
		    !(here && newer->type == field->type))
			put_field(request, set, field, newer);
	}
	if (here)
		nl_u32(request, newer->type, newer->number);
}

/* Append it; nothing in it is newer if @newer is NULL. */
void wire_put_source(struct nl_request *request, const struct wire_newer *newer)
{
	put_nest(request, &wire_sets[WIRE_SET_REQUEST], VDEV_A_SOURCE, newer);
}

/* Paths of what is in a source. */
static const char *const newer_paths[WIRE_SETS] = {
	[WIRE_SET_SOURCE] = "",
	[WIRE_SET_BLOCKER] = "blocker[0].",
	[WIRE_SET_RECORD] = "record.",
	[WIRE_SET_DEVICE_API] = "record.device-api.",
	[WIRE_SET_MODEL] = "record.model.",
	[WIRE_SET_TYPE] = "record.type.",
	[WIRE_SET_SOFTWARE_VERSION] = "record.software-version.",
	[WIRE_SET_SEMVER] = "record.software-version.value.",
	[WIRE_SET_SEMVER_RANGE] = "record.software-version.accept[0].",
	[WIRE_SET_FROM] = "record.software-version.accept[0].from.",
	[WIRE_SET_TO] = "record.software-version.accept[0].to.",
	[WIRE_SET_VERSIONS] = "record.versions.",
	[WIRE_SET_VERSION] = "record.versions.entry[0].",
	[WIRE_SET_FEATURE] = "record.feature[0].",
	[WIRE_SET_PARAM] = "record.param[0].",
	[WIRE_SET_VALUE] = "record.param[0].value.",
	[WIRE_SET_OFF_VALUE] = "record.param[0].off-value.",
	[WIRE_SET_ALLOWED] = "record.param[0].allowed[0].",
	[WIRE_SET_AGGREGATION] = "record.aggregation.",
	[WIRE_SET_CEILING] = "record.ceiling.",
	[WIRE_SET_CEILING_FEATURE] = "record.ceiling.feature[0].",
	[WIRE_SET_CEILING_PARAM] = "record.ceiling.param[0].",
};

/* How the path of what is in that set begins; NULL if it is in no source. */
const char *wire_newer_prefix(const struct wire_set *set)
{
	return newer_paths[set - wire_sets];
}

/* How a path ends in a word or in flags, by how the name of the attribute ends. */
const char *wire_newer_word(const char *name)
{
	static const char *const words[][2] = {
		{ "_RULE", "rule" }, { "_FLAGS", "flags" },
		{ "_VALUE_TYPE", "value-type" }, { "_ORIGIN", "origin" },
		{ "SOURCE_MIGRATION", "migration" },
		{ "SOURCE_ENDPOINT", "endpoint" },
		{ "SOURCE_CAPABILITIES", "capabilities" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i][0]);

		if (strlen(name) >= len &&
		    !strcmp(name + strlen(name) - len, words[i][0]))
			return words[i][1];
	}
	return "a word without a path";
}
