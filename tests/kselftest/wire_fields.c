// SPDX-License-Identifier: GPL-2.0
/*
 * Every attribute of a request, top level and nests: what each command takes it
 * for. A new attribute needs a line here; the wire test fails without it.
 */
#include "wire.h"

#define EACH(attr, dev_get, type_get, check, find, dev_stats_get) {	\
	VDEV_A_##attr, #attr,						\
	{ WIRE_##dev_get, WIRE_##type_get, WIRE_##check, WIRE_##find,	\
	  WIRE_##dev_stats_get }					\
}
#define SAME(attr, format)	EACH(attr, format, format, format, format, format)
#define SET(name, fields, max, parent, attr) {				\
	name, fields, sizeof(fields) / sizeof((fields)[0]), max,	\
	WIRE_SET_##parent, attr						\
}

static const struct wire_field request_fields[] = {
	EACH(ID, ID, ID, ID, REPORTED, ID),
	EACH(INSTANCE, REPORTED, REPORTED, ID, REPORTED, REPORTED),
	SAME(GENERATION, REPORTED),
	SAME(SNAPSHOT, REPORTED),
	EACH(BUS, NAME, REPORTED, NAME, REPORTED, NAME),
	EACH(NAME, NAME, NAME, NAME, REPORTED, NAME),
	EACH(PARENT_BUS, REPORTED, NAME, NAME, REPORTED, REPORTED),
	EACH(PARENT, REPORTED, NAME, NAME, REPORTED, REPORTED),
	SAME(PROVIDER, REPORTED),
	SAME(DRIVER, REPORTED),
	SAME(DRIVER_VERSION, REPORTED),
	SAME(BOUND_DRIVER, REPORTED),
	SAME(MIGRATION, REPORTED),
	SAME(CAPABILITIES, REPORTED),
	SAME(BLOCKER, REPORTED),
	SAME(CAPACITY, REPORTED),
	SAME(COST, REPORTED),
	SAME(INFO, REPORTED),
	SAME(RECORD, REPORTED),
	EACH(FILTER, NEST, NEST, REPORTED, NEST, NEST),
	SAME(ENDPOINT, REPORTED),
	EACH(EXPECT, REPORTED, REPORTED, UINT, REPORTED, REPORTED),
	EACH(SOURCE, REPORTED, REPORTED, NEST, NEST, REPORTED),
	SAME(VERDICT, REPORTED),
	SAME(FINDING, REPORTED),
	SAME(RANK, REPORTED),
	SAME(PROFILE, REPORTED),
	SAME(CONFLICT, REPORTED),
	SAME(AGE, REPORTED),
	SAME(STALE, REPORTED),
	EACH(MAX_AGE, U32, U32, U32, U32, REPORTED),
	SAME(TRUNCATED, REPORTED),
	SAME(OPERATIONS, REPORTED),
	SAME(TYPE, REPORTED),
	SAME(ORDER, REPORTED),
	SAME(PARTIAL, REPORTED),
	SAME(DRY_RUN, REPORTED),
	SAME(CEILING, REPORTED),
	SAME(RESET, REPORTED),
	SAME(PENDING, REPORTED),
	SAME(COUNTER, REPORTED),
};

static const struct wire_field stats_fields[] = {
	SAME(STATS_INSTANCE, REPORTED),
	SAME(STATS_GENERATION, REPORTED),
	SAME(STATS_VERDICTS, REPORTED),
	SAME(STATS_EVENTS, REPORTED),
	SAME(STATS_EVENTS_LOST, REPORTED),
	SAME(STATS_PROVIDER, REPORTED),
};

static const struct wire_field filter_fields[] = {
	SAME(FILTER_BUS, NAME),
	SAME(FILTER_PARENT_BUS, NAME),
	SAME(FILTER_PARENT, NAME),
	SAME(FILTER_TYPE, STRING),
	SAME(FILTER_MODEL, STRING),
	SAME(FILTER_DEVICE_API, STRING),
	SAME(FILTER_MIGRATABLE, FLAG),
	SAME(FILTER_SINCE, UINT),
	SAME(FILTER_INSTANCE, ID),
	SAME(FILTER_ENDPOINT, WORD),
	SAME(FILTER_AT_LEAST, WORD),
};

static const struct wire_field source_fields[] = {
	SAME(SOURCE_ID, ID),
	SAME(SOURCE_BUS, NAME),
	SAME(SOURCE_NAME, NAME),
	SAME(SOURCE_PARENT_BUS, NAME),
	SAME(SOURCE_PARENT, NAME),
	SAME(SOURCE_MIGRATION, WORD),
	SAME(SOURCE_BLOCKER, NEST),
	SAME(SOURCE_RECORD, NEST),
	SAME(SOURCE_ENDPOINT, WORD),
	SAME(SOURCE_UNKNOWN, STRING),
	SAME(SOURCE_CAPABILITIES, FLAGS),
};

static const struct wire_field blocker_fields[] = {
	SAME(BLOCKER_NAME, NAME),
	SAME(BLOCKER_REASON, STRING),
	SAME(BLOCKER_FLAGS, FLAGS),
};

static const struct wire_field record_fields[] = {
	SAME(RECORD_DEVICE_API, NEST),
	SAME(RECORD_MODEL, NEST),
	SAME(RECORD_TYPE, NEST),
	SAME(RECORD_SOFTWARE_VERSION, NEST),
	SAME(RECORD_VERSIONS, NEST),
	SAME(RECORD_FEATURE, NEST),
	SAME(RECORD_PARAM, NEST),
	SAME(RECORD_AGGREGATION, NEST),
	SAME(RECORD_CEILING, NEST),
};

static const struct wire_field ceiling_fields[] = {
	SAME(CEILING_MAX_VERSION, NAME),
	SAME(CEILING_FEATURE, NEST),
	SAME(CEILING_PARAM, NEST),
};

static const struct wire_field ceiling_feature_fields[] = {
	SAME(CEILING_FEATURE_NAME, NAME),
	SAME(CEILING_FEATURE_MASK, BITMAP),
};

static const struct wire_field ceiling_param_fields[] = {
	SAME(CEILING_PARAM_NAME, NAME),
	SAME(CEILING_PARAM_LOW, UINT),
	SAME(CEILING_PARAM_HIGH, UINT),
};

static const struct wire_field ident_fields[] = {
	SAME(IDENT_VALUE, STRING),
	SAME(IDENT_RULE, WORD),
	SAME(IDENT_ACCEPT, STRING),
};

static const struct wire_field software_version_fields[] = {
	SAME(SOFTWARE_VERSION_VALUE, NEST),
	SAME(SOFTWARE_VERSION_RULE, WORD),
	SAME(SOFTWARE_VERSION_ACCEPT, NEST),
};

static const struct wire_field semver_fields[] = {
	SAME(SEMVER_MAJOR, U32),
	SAME(SEMVER_MINOR, U32),
	SAME(SEMVER_BUGFIX, U32),
};

static const struct wire_field semver_range_fields[] = {
	SAME(SEMVER_RANGE_FROM, NEST),
	SAME(SEMVER_RANGE_TO, NEST),
};

static const struct wire_field versions_fields[] = {
	SAME(VERSIONS_RULE, WORD),
	SAME(VERSIONS_ENTRY, NEST),
};

static const struct wire_field version_fields[] = {
	SAME(VERSION_NAME, NAME),
	SAME(VERSION_FLAGS, FLAGS),
};

static const struct wire_field feature_fields[] = {
	SAME(FEATURE_NAME, NAME),
	SAME(FEATURE_RULE, WORD),
	SAME(FEATURE_SUPPORTED, BITMAP),
	SAME(FEATURE_PROVISIONED, BITMAP),
	SAME(FEATURE_REQUIRED, BITMAP),
	SAME(FEATURE_NEGOTIATED, BITMAP),
};

static const struct wire_field param_fields[] = {
	SAME(PARAM_NAME, NAME),
	SAME(PARAM_VALUE_TYPE, WORD),
	SAME(PARAM_RULE, WORD),
	SAME(PARAM_FLAGS, FLAGS),
	SAME(PARAM_ORIGIN, WORD),
	SAME(PARAM_VALUE, NEST),
	SAME(PARAM_OFF_VALUE, NEST),
	SAME(PARAM_ALLOWED, NEST),
};

static const struct wire_field value_fields[] = {
	SAME(VALUE_U64, UINT),
	SAME(VALUE_STRING, STRING),
	SAME(VALUE_BOOL, BOOL),
};

static const struct wire_field allowed_fields[] = {
	SAME(ALLOWED_LOW, UINT),
	SAME(ALLOWED_HIGH, UINT),
	SAME(ALLOWED_STRING, STRING),
};

static const struct wire_field aggregation_fields[] = {
	SAME(AGGREGATION_BASE, NAME),
	SAME(AGGREGATION_UNITS, ID),
	SAME(AGGREGATION_COUNT, ID),
	SAME(AGGREGATION_LIMIT, U32),
	SAME(AGGREGATION_TOTAL, UINT),
	SAME(AGGREGATION_RULE, WORD),
	SAME(AGGREGATION_RESPLIT, FLAG),
};

const struct wire_set wire_sets[WIRE_SETS] = {
	[WIRE_SET_REQUEST] = SET("request", request_fields, VDEV_A_MAX,
				 REQUEST, 0),
	[WIRE_SET_FILTER] = SET("filter", filter_fields, VDEV_A_FILTER_MAX,
				REQUEST, VDEV_A_FILTER),
	[WIRE_SET_SOURCE] = SET("source", source_fields, VDEV_A_SOURCE_MAX,
				REQUEST, VDEV_A_SOURCE),
	[WIRE_SET_BLOCKER] = SET("blocker", blocker_fields, VDEV_A_BLOCKER_MAX,
				 SOURCE, VDEV_A_SOURCE_BLOCKER),
	[WIRE_SET_RECORD] = SET("record", record_fields, VDEV_A_RECORD_MAX,
				SOURCE, VDEV_A_SOURCE_RECORD),
	[WIRE_SET_DEVICE_API] = SET("device-api", ident_fields,
				    VDEV_A_IDENT_MAX, RECORD,
				    VDEV_A_RECORD_DEVICE_API),
	[WIRE_SET_MODEL] = SET("model", ident_fields, VDEV_A_IDENT_MAX, RECORD,
			       VDEV_A_RECORD_MODEL),
	[WIRE_SET_TYPE] = SET("type", ident_fields, VDEV_A_IDENT_MAX, RECORD,
			      VDEV_A_RECORD_TYPE),
	[WIRE_SET_SOFTWARE_VERSION] = SET("software-version",
					  software_version_fields,
					  VDEV_A_SOFTWARE_VERSION_MAX, RECORD,
					  VDEV_A_RECORD_SOFTWARE_VERSION),
	[WIRE_SET_SEMVER] = SET("semver", semver_fields, VDEV_A_SEMVER_MAX,
				SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_VALUE),
	[WIRE_SET_SEMVER_RANGE] = SET("semver-range", semver_range_fields,
				      VDEV_A_SEMVER_RANGE_MAX, SOFTWARE_VERSION,
				      VDEV_A_SOFTWARE_VERSION_ACCEPT),
	[WIRE_SET_FROM] = SET("from", semver_fields, VDEV_A_SEMVER_MAX,
			      SEMVER_RANGE, VDEV_A_SEMVER_RANGE_FROM),
	[WIRE_SET_TO] = SET("to", semver_fields, VDEV_A_SEMVER_MAX,
			    SEMVER_RANGE, VDEV_A_SEMVER_RANGE_TO),
	[WIRE_SET_VERSIONS] = SET("versions", versions_fields,
				  VDEV_A_VERSIONS_MAX, RECORD,
				  VDEV_A_RECORD_VERSIONS),
	[WIRE_SET_VERSION] = SET("version", version_fields, VDEV_A_VERSION_MAX,
				 VERSIONS, VDEV_A_VERSIONS_ENTRY),
	[WIRE_SET_FEATURE] = SET("feature", feature_fields, VDEV_A_FEATURE_MAX,
				 RECORD, VDEV_A_RECORD_FEATURE),
	[WIRE_SET_PARAM] = SET("param", param_fields, VDEV_A_PARAM_MAX, RECORD,
			       VDEV_A_RECORD_PARAM),
	[WIRE_SET_VALUE] = SET("value", value_fields, VDEV_A_VALUE_MAX, PARAM,
			       VDEV_A_PARAM_VALUE),
	[WIRE_SET_OFF_VALUE] = SET("off-value", value_fields, VDEV_A_VALUE_MAX,
				   PARAM, VDEV_A_PARAM_OFF_VALUE),
	[WIRE_SET_ALLOWED] = SET("allowed", allowed_fields, VDEV_A_ALLOWED_MAX,
				 PARAM, VDEV_A_PARAM_ALLOWED),
	[WIRE_SET_AGGREGATION] = SET("aggregation", aggregation_fields,
				     VDEV_A_AGGREGATION_MAX, RECORD,
				     VDEV_A_RECORD_AGGREGATION),
	[WIRE_SET_CEILING] = SET("ceiling", ceiling_fields, VDEV_A_CEILING_MAX,
				 RECORD, VDEV_A_RECORD_CEILING),
	[WIRE_SET_CEILING_FEATURE] = SET("feature", ceiling_feature_fields,
					 VDEV_A_CEILING_FEATURE_MAX, CEILING,
					 VDEV_A_CEILING_FEATURE),
	[WIRE_SET_CEILING_PARAM] = SET("param", ceiling_param_fields,
				       VDEV_A_CEILING_PARAM_MAX, CEILING,
				       VDEV_A_CEILING_PARAM),
};

const struct wire_set wire_stats = SET("stats", stats_fields, VDEV_A_STATS_MAX,
				       REQUEST, 0);

enum wire_format wire_format(const struct wire_field *field, uint8_t command)
{
	/* The last column; the others are in the order of the commands. */
	if (command == VDEV_CMD_DEV_STATS_GET)
		return field->formats[WIRE_COMMANDS - 1];
	return field->formats[command - VDEV_CMD_DEV_GET];
}

static const struct wire_field *field_of(const struct wire_set *set,
					 uint16_t type)
{
	unsigned int i;

	for (i = 0; i < set->num; i++)
		if (set->fields[i].type == type)
			return &set->fields[i];
	return NULL;
}

/* Is there a way to a set in a request of that command? */
bool wire_reaches(const struct wire_set *set, uint8_t command)
{
	const struct wire_set *parent = &wire_sets[set->parent];
	const struct wire_field *field;

	if (set == parent)
		return true;
	field = field_of(parent, set->attr);
	return field && wire_format(field, command) == WIRE_NEST &&
	       wire_reaches(parent, command);
}

/* Is it a source, or nested in one? */
bool wire_in_source(const struct wire_set *set)
{
	const struct wire_set *parent = &wire_sets[set->parent];

	return set == &wire_sets[WIRE_SET_SOURCE] ||
	       (set != parent && wire_in_source(parent));
}

/* Longest payload, without the terminating NUL of a string; 0 if not reported. */
size_t wire_bound(enum wire_format format)
{
	switch (format) {
	case WIRE_NAME:		return VDEV_NAME_LEN;
	case WIRE_STRING:	return VDEV_STRING_LEN;
	case WIRE_BITMAP:	return VDEV_FEATURE_BYTES;
	default:		return 0;
	}
}

size_t wire_put_valid(struct nl_request *request, uint16_t type,
		      enum wire_format format)
{
	switch (format) {
	case WIRE_UINT:
	case WIRE_BITMAP:	return nl_u64(request, type, 1);
	case WIRE_WORD:
	case WIRE_FLAGS:
	case WIRE_BOOL:		return nl_u32(request, type, 1);
	case WIRE_NAME:
	case WIRE_STRING:	return nl_string(request, type, "none-such");
	case WIRE_FLAG:		return nl_attr(request, type, NULL, 0);
	case WIRE_NEST:		return nl_nest_begin(request, type);
	default:		return nl_u32(request, type, INT32_MAX);
	}
}

/*
 * Begin the nests that lead to a set; returns how many there are. A source that is
 * on the way names the endpoint of that number, unless it is 0.
 */
unsigned int wire_nests_begin(struct nl_request *request,
			      const struct wire_set *set, size_t *nests,
			      uint32_t named)
{
	unsigned int depth;

	if (set == &wire_sets[set->parent])
		return 0;
	depth = wire_nests_begin(request, &wire_sets[set->parent], nests, named);
	nests[depth] = nl_nest_begin(request, set->attr);
	if (named && set == &wire_sets[WIRE_SET_SOURCE])
		nl_u32(request, VDEV_A_SOURCE_ID, named);
	return depth + 1;
}

void wire_nests_end(struct nl_request *request, const size_t *nests,
		    unsigned int depth)
{
	while (depth--)
		nl_nest_end(request, nests[depth]);
}
