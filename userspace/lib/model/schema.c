// SPDX-License-Identifier: LGPL-2.1
/*
 * The tables of the attributes. scripts/generate.py writes this file from the
 * specification.
 */
#include <linux/vdev.h>

#include "internal.h"
#include "schema.h"

#define SET(set_name, set_defs, ...) \
	{ .name = (set_name), .defs = (set_defs), .num_defs = ARRAY_SIZE(set_defs), __VA_ARGS__ }
#define U32(n) { (n), ATTR_U32, NULL }
#define BOOL(n) { (n), ATTR_BOOL, NULL }
#define UINT(n) { (n), ATTR_UINT, NULL }
#define STRING(n) { (n), ATTR_STRING, NULL }
#define FLAG(n) { (n), ATTR_FLAG, NULL }
#define BITMAP(n) { (n), ATTR_BITMAP, NULL }
#define NEST(n, set) { (n), ATTR_NEST, &(set) }

static const struct attr_def blocker_defs[] = {
	[VDEV_A_BLOCKER_NAME] = STRING("name"),
	[VDEV_A_BLOCKER_REASON] = STRING("reason"),
	[VDEV_A_BLOCKER_FLAGS] = U32("flags"),
};

static const struct attr_set blocker_set = SET("blocker", blocker_defs,
	.needed = ATTR_BIT(VDEV_A_BLOCKER_NAME) | ATTR_BIT(VDEV_A_BLOCKER_REASON) |
		  ATTR_BIT(VDEV_A_BLOCKER_FLAGS));

static const struct attr_def capacity_defs[] = {
	[VDEV_A_CAPACITY_STATE] = U32("state"),
	[VDEV_A_CAPACITY_AVAILABLE] = U32("available"),
	[VDEV_A_CAPACITY_LIMIT] = U32("limit"),
};

static const struct attr_set capacity_set = SET("capacity", capacity_defs);

static const struct attr_def cost_defs[] = {
	[VDEV_A_COST_STATE_SIZE] = UINT("state-size"),
	[VDEV_A_COST_PRECOPY_SIZE] = UINT("precopy-size"),
	[VDEV_A_COST_DOWNTIME] = UINT("downtime"),
};

static const struct attr_set cost_set = SET("cost", cost_defs);

static const struct attr_def value_defs[] = {
	[VDEV_A_VALUE_U64] = UINT("u64"),
	[VDEV_A_VALUE_STRING] = STRING("string"),
	[VDEV_A_VALUE_BOOL] = BOOL("bool"),
};

static const struct attr_set value_set = SET("value", value_defs,
	.choices = { ATTR_BIT(VDEV_A_VALUE_U64), ATTR_BIT(VDEV_A_VALUE_STRING),
		     ATTR_BIT(VDEV_A_VALUE_BOOL) });

static const struct attr_def info_defs[] = {
	[VDEV_A_PARAM_NAME] = STRING("name"),
	[VDEV_A_PARAM_VALUE_TYPE] = U32("value-type"),
	[VDEV_A_PARAM_VALUE] = NEST("value", value_set),
};

static const struct attr_set info_set = SET("info", info_defs);

static const struct attr_def ident_defs[] = {
	[VDEV_A_IDENT_VALUE] = STRING("value"),
	[VDEV_A_IDENT_RULE] = U32("rule"),
	[VDEV_A_IDENT_ACCEPT] = STRING("accept"),
};

static const struct attr_set ident_set = SET("ident", ident_defs,
	.needed = ATTR_BIT(VDEV_A_IDENT_VALUE) | ATTR_BIT(VDEV_A_IDENT_RULE),
	.nonzero = ATTR_BIT(VDEV_A_IDENT_RULE),
	.sorted = ATTR_BIT(VDEV_A_IDENT_ACCEPT));

/* Models are accepted in order of preference. */
static const struct attr_set model_set = SET("ident", ident_defs,
	.needed = ATTR_BIT(VDEV_A_IDENT_VALUE) | ATTR_BIT(VDEV_A_IDENT_RULE),
	.nonzero = ATTR_BIT(VDEV_A_IDENT_RULE),
	.ordered = ATTR_BIT(VDEV_A_IDENT_ACCEPT));

static const struct attr_def semver_defs[] = {
	[VDEV_A_SEMVER_MAJOR] = U32("major"),
	[VDEV_A_SEMVER_MINOR] = U32("minor"),
	[VDEV_A_SEMVER_BUGFIX] = U32("bugfix"),
};

static const struct attr_set semver_set = SET("semver", semver_defs,
	.needed = ATTR_BIT(VDEV_A_SEMVER_MAJOR) | ATTR_BIT(VDEV_A_SEMVER_MINOR) |
		  ATTR_BIT(VDEV_A_SEMVER_BUGFIX));

static const struct attr_def semver_range_defs[] = {
	[VDEV_A_SEMVER_RANGE_FROM] = NEST("from", semver_set),
	[VDEV_A_SEMVER_RANGE_TO] = NEST("to", semver_set),
};

static const struct attr_set semver_range_set = SET("semver-range", semver_range_defs,
	.needed = ATTR_BIT(VDEV_A_SEMVER_RANGE_FROM));

static const struct attr_def software_version_defs[] = {
	[VDEV_A_SOFTWARE_VERSION_VALUE] = NEST("value", semver_set),
	[VDEV_A_SOFTWARE_VERSION_RULE] = U32("rule"),
	[VDEV_A_SOFTWARE_VERSION_ACCEPT] = NEST("accept", semver_range_set),
};

static const struct attr_set software_version_set = SET("software-version", software_version_defs,
	.needed = ATTR_BIT(VDEV_A_SOFTWARE_VERSION_VALUE) |
		  ATTR_BIT(VDEV_A_SOFTWARE_VERSION_RULE),
	.nonzero = ATTR_BIT(VDEV_A_SOFTWARE_VERSION_RULE),
	.sorted = ATTR_BIT(VDEV_A_SOFTWARE_VERSION_ACCEPT));

static const struct attr_def version_defs[] = {
	[VDEV_A_VERSION_NAME] = STRING("name"),
	[VDEV_A_VERSION_FLAGS] = U32("flags"),
};

static const struct attr_set version_set = SET("version", version_defs,
	.needed = ATTR_BIT(VDEV_A_VERSION_NAME) | ATTR_BIT(VDEV_A_VERSION_FLAGS));

static const struct attr_def versions_defs[] = {
	[VDEV_A_VERSIONS_RULE] = U32("rule"),
	[VDEV_A_VERSIONS_ENTRY] = NEST("entry", version_set),
};

static const struct attr_set versions_set = SET("versions", versions_defs,
	.needed = ATTR_BIT(VDEV_A_VERSIONS_RULE) | ATTR_BIT(VDEV_A_VERSIONS_ENTRY),
	.nonzero = ATTR_BIT(VDEV_A_VERSIONS_RULE),
	.ordered = ATTR_BIT(VDEV_A_VERSIONS_ENTRY));

static const struct attr_def feature_defs[] = {
	[VDEV_A_FEATURE_NAME] = STRING("name"),
	[VDEV_A_FEATURE_RULE] = U32("rule"),
	[VDEV_A_FEATURE_SUPPORTED] = BITMAP("supported"),
	[VDEV_A_FEATURE_PROVISIONED] = BITMAP("provisioned"),
	[VDEV_A_FEATURE_REQUIRED] = BITMAP("required"),
	[VDEV_A_FEATURE_NEGOTIATED] = BITMAP("negotiated"),
};

static const struct attr_set feature_set = SET("feature", feature_defs,
	.needed = ATTR_BIT(VDEV_A_FEATURE_NAME) | ATTR_BIT(VDEV_A_FEATURE_RULE),
	.nonzero = ATTR_BIT(VDEV_A_FEATURE_RULE));

static const struct attr_def allowed_defs[] = {
	[VDEV_A_ALLOWED_LOW] = UINT("low"),
	[VDEV_A_ALLOWED_HIGH] = UINT("high"),
	[VDEV_A_ALLOWED_STRING] = STRING("string"),
};

static const struct attr_set allowed_set = SET("allowed", allowed_defs,
	.choices = { ATTR_BIT(VDEV_A_ALLOWED_LOW) | ATTR_BIT(VDEV_A_ALLOWED_HIGH),
		     ATTR_BIT(VDEV_A_ALLOWED_STRING) });

static const struct attr_def param_defs[] = {
	[VDEV_A_PARAM_NAME] = STRING("name"),
	[VDEV_A_PARAM_VALUE_TYPE] = U32("value-type"),
	[VDEV_A_PARAM_RULE] = U32("rule"),
	[VDEV_A_PARAM_FLAGS] = U32("flags"),
	[VDEV_A_PARAM_ORIGIN] = U32("origin"),
	[VDEV_A_PARAM_VALUE] = NEST("value", value_set),
	[VDEV_A_PARAM_OFF_VALUE] = NEST("off-value", value_set),
	[VDEV_A_PARAM_ALLOWED] = NEST("allowed", allowed_set),
};

static const struct attr_set param_set = SET("param", param_defs,
	.needed = ATTR_BIT(VDEV_A_PARAM_NAME) | ATTR_BIT(VDEV_A_PARAM_VALUE_TYPE) |
		  ATTR_BIT(VDEV_A_PARAM_RULE) | ATTR_BIT(VDEV_A_PARAM_FLAGS) |
		  ATTR_BIT(VDEV_A_PARAM_ORIGIN),
	.nonzero = ATTR_BIT(VDEV_A_PARAM_VALUE_TYPE) | ATTR_BIT(VDEV_A_PARAM_RULE) |
		   ATTR_BIT(VDEV_A_PARAM_ORIGIN),
	.sorted = ATTR_BIT(VDEV_A_PARAM_ALLOWED));

static const struct attr_def aggregation_defs[] = {
	[VDEV_A_AGGREGATION_BASE] = STRING("base"),
	[VDEV_A_AGGREGATION_UNITS] = U32("units"),
	[VDEV_A_AGGREGATION_COUNT] = U32("count"),
	[VDEV_A_AGGREGATION_LIMIT] = U32("limit"),
	[VDEV_A_AGGREGATION_TOTAL] = UINT("total"),
	[VDEV_A_AGGREGATION_RULE] = U32("rule"),
	[VDEV_A_AGGREGATION_RESPLIT] = FLAG("resplit"),
};

static const struct attr_set aggregation_set = SET("aggregation", aggregation_defs,
	.needed = ATTR_BIT(VDEV_A_AGGREGATION_BASE) | ATTR_BIT(VDEV_A_AGGREGATION_UNITS) |
		  ATTR_BIT(VDEV_A_AGGREGATION_COUNT) | ATTR_BIT(VDEV_A_AGGREGATION_TOTAL) |
		  ATTR_BIT(VDEV_A_AGGREGATION_RULE),
	.nonzero = ATTR_BIT(VDEV_A_AGGREGATION_UNITS) | ATTR_BIT(VDEV_A_AGGREGATION_COUNT) |
		   ATTR_BIT(VDEV_A_AGGREGATION_LIMIT) | ATTR_BIT(VDEV_A_AGGREGATION_RULE));

static const struct attr_def ceiling_feature_defs[] = {
	[VDEV_A_CEILING_FEATURE_NAME] = STRING("name"),
	[VDEV_A_CEILING_FEATURE_MASK] = BITMAP("mask"),
};

static const struct attr_set ceiling_feature_set = SET("ceiling-feature", ceiling_feature_defs,
	.needed = ATTR_BIT(VDEV_A_CEILING_FEATURE_NAME) | ATTR_BIT(VDEV_A_CEILING_FEATURE_MASK));

static const struct attr_def ceiling_param_defs[] = {
	[VDEV_A_CEILING_PARAM_NAME] = STRING("name"),
	[VDEV_A_CEILING_PARAM_LOW] = UINT("low"),
	[VDEV_A_CEILING_PARAM_HIGH] = UINT("high"),
};

static const struct attr_set ceiling_param_set = SET("ceiling-param", ceiling_param_defs,
	.needed = ATTR_BIT(VDEV_A_CEILING_PARAM_NAME) | ATTR_BIT(VDEV_A_CEILING_PARAM_LOW) |
		  ATTR_BIT(VDEV_A_CEILING_PARAM_HIGH));

static const struct attr_def ceiling_defs[] = {
	[VDEV_A_CEILING_MAX_VERSION] = STRING("max-version"),
	[VDEV_A_CEILING_FEATURE] = NEST("feature", ceiling_feature_set),
	[VDEV_A_CEILING_PARAM] = NEST("param", ceiling_param_set),
};

static const struct attr_set ceiling_set = SET("ceiling", ceiling_defs,
	.sorted = ATTR_BIT(VDEV_A_CEILING_FEATURE) | ATTR_BIT(VDEV_A_CEILING_PARAM));

static const struct attr_def record_defs[] = {
	[VDEV_A_RECORD_DEVICE_API] = NEST("device-api", ident_set),
	[VDEV_A_RECORD_MODEL] = NEST("model", model_set),
	[VDEV_A_RECORD_TYPE] = NEST("type", ident_set),
	[VDEV_A_RECORD_SOFTWARE_VERSION] = NEST("software-version", software_version_set),
	[VDEV_A_RECORD_VERSIONS] = NEST("versions", versions_set),
	[VDEV_A_RECORD_FEATURE] = NEST("feature", feature_set),
	[VDEV_A_RECORD_PARAM] = NEST("param", param_set),
	[VDEV_A_RECORD_AGGREGATION] = NEST("aggregation", aggregation_set),
	[VDEV_A_RECORD_CEILING] = NEST("ceiling", ceiling_set),
};

static const struct attr_set record_set = SET("record", record_defs,
	.sorted = ATTR_BIT(VDEV_A_RECORD_FEATURE) | ATTR_BIT(VDEV_A_RECORD_PARAM));

static const struct attr_def filter_defs[] = {
	[VDEV_A_FILTER_BUS] = STRING("bus"),
	[VDEV_A_FILTER_PARENT_BUS] = STRING("parent-bus"),
	[VDEV_A_FILTER_PARENT] = STRING("parent"),
	[VDEV_A_FILTER_TYPE] = STRING("type"),
	[VDEV_A_FILTER_MODEL] = STRING("model"),
	[VDEV_A_FILTER_DEVICE_API] = STRING("device-api"),
	[VDEV_A_FILTER_MIGRATABLE] = FLAG("migratable"),
	[VDEV_A_FILTER_SINCE] = UINT("since"),
	[VDEV_A_FILTER_INSTANCE] = U32("instance"),
	[VDEV_A_FILTER_ENDPOINT] = U32("endpoint"),
	[VDEV_A_FILTER_AT_LEAST] = U32("at-least"),
};

static const struct attr_set filter_set = SET("filter", filter_defs);

static const struct attr_def source_defs[] = {
	[VDEV_A_SOURCE_ID] = U32("id"),
	[VDEV_A_SOURCE_BUS] = STRING("bus"),
	[VDEV_A_SOURCE_NAME] = STRING("name"),
	[VDEV_A_SOURCE_PARENT_BUS] = STRING("parent-bus"),
	[VDEV_A_SOURCE_PARENT] = STRING("parent"),
	[VDEV_A_SOURCE_MIGRATION] = U32("migration"),
	[VDEV_A_SOURCE_BLOCKER] = NEST("blocker", blocker_set),
	[VDEV_A_SOURCE_RECORD] = NEST("record", record_set),
	[VDEV_A_SOURCE_ENDPOINT] = U32("endpoint"),
	[VDEV_A_SOURCE_UNKNOWN] = STRING("unknown"),
	[VDEV_A_SOURCE_CAPABILITIES] = U32("capabilities"),
};

const struct attr_set vdev_source_set = SET("source", source_defs,
	.sorted = ATTR_BIT(VDEV_A_SOURCE_BLOCKER) | ATTR_BIT(VDEV_A_SOURCE_UNKNOWN));

static const struct attr_def finding_defs[] = {
	[VDEV_A_FINDING_FIELD] = U32("field"),
	[VDEV_A_FINDING_NAME] = STRING("name"),
	[VDEV_A_FINDING_RULE] = U32("rule"),
	[VDEV_A_FINDING_RESULT] = U32("result"),
	[VDEV_A_FINDING_CODE] = U32("code"),
	[VDEV_A_FINDING_SOURCE] = NEST("source", value_set),
	[VDEV_A_FINDING_TARGET] = NEST("target", value_set),
	[VDEV_A_FINDING_MISSING] = BITMAP("missing"),
	[VDEV_A_FINDING_UNMET] = BITMAP("unmet"),
	[VDEV_A_FINDING_REASON] = STRING("reason"),
};

static const struct attr_set finding_set = SET("finding", finding_defs);

static const struct attr_def rank_defs[] = {
	[VDEV_A_RANK_PREFERENCE] = U32("preference"),
	[VDEV_A_RANK_SAME_VERSION] = FLAG("same-version"),
	[VDEV_A_RANK_BUGFIX] = U32("bugfix"),
	[VDEV_A_RANK_SURPLUS] = U32("surplus"),
};

static const struct attr_set rank_set = SET("rank", rank_defs);

static const struct attr_def feature_choice_defs[] = {
	[VDEV_A_FEATURE_NAME] = STRING("name"),
	[VDEV_A_FEATURE_PROVISIONED] = BITMAP("provisioned"),
};

static const struct attr_set feature_choice_set = SET("feature-choice", feature_choice_defs);

static const struct attr_def param_choice_defs[] = {
	[VDEV_A_PARAM_NAME] = STRING("name"),
	[VDEV_A_PARAM_VALUE] = NEST("value", value_set),
};

static const struct attr_set param_choice_set = SET("param-choice", param_choice_defs);

static const struct attr_def order_defs[] = {
	[VDEV_A_ORDER_VERSION] = STRING("version"),
	[VDEV_A_ORDER_FEATURE] = NEST("feature", feature_choice_set),
	[VDEV_A_ORDER_PARAM] = NEST("param", param_choice_set),
	[VDEV_A_ORDER_COUNT] = U32("count"),
};

static const struct attr_set order_set = SET("order", order_defs,
	.sorted = ATTR_BIT(VDEV_A_ORDER_FEATURE) | ATTR_BIT(VDEV_A_ORDER_PARAM));

static const struct attr_def counter_defs[] = {
	[VDEV_A_COUNTER_NAME] = STRING("name"),
	[VDEV_A_COUNTER_VALUE] = UINT("value"),
};

static const struct attr_set counter_set = SET("counter", counter_defs);

static const struct attr_def vdev_defs[] = {
	[VDEV_A_ID] = U32("id"),
	[VDEV_A_INSTANCE] = U32("instance"),
	[VDEV_A_GENERATION] = UINT("generation"),
	[VDEV_A_SNAPSHOT] = UINT("snapshot"),
	[VDEV_A_BUS] = STRING("bus"),
	[VDEV_A_NAME] = STRING("name"),
	[VDEV_A_PARENT_BUS] = STRING("parent-bus"),
	[VDEV_A_PARENT] = STRING("parent"),
	[VDEV_A_PROVIDER] = STRING("provider"),
	[VDEV_A_DRIVER] = STRING("driver"),
	[VDEV_A_DRIVER_VERSION] = STRING("driver-version"),
	[VDEV_A_BOUND_DRIVER] = STRING("bound-driver"),
	[VDEV_A_MIGRATION] = U32("migration"),
	[VDEV_A_CAPABILITIES] = U32("capabilities"),
	[VDEV_A_BLOCKER] = NEST("blocker", blocker_set),
	[VDEV_A_CAPACITY] = NEST("capacity", capacity_set),
	[VDEV_A_COST] = NEST("cost", cost_set),
	[VDEV_A_INFO] = NEST("info", info_set),
	[VDEV_A_RECORD] = NEST("record", record_set),
	[VDEV_A_FILTER] = NEST("filter", filter_set),
	[VDEV_A_ENDPOINT] = U32("endpoint"),
	[VDEV_A_EXPECT] = UINT("expect"),
	[VDEV_A_SOURCE] = NEST("source", vdev_source_set),
	[VDEV_A_VERDICT] = U32("verdict"),
	[VDEV_A_FINDING] = NEST("finding", finding_set),
	[VDEV_A_RANK] = NEST("rank", rank_set),
	[VDEV_A_PROFILE] = STRING("profile"),
	[VDEV_A_CONFLICT] = STRING("conflict"),
	[VDEV_A_AGE] = U32("age"),
	[VDEV_A_STALE] = FLAG("stale"),
	[VDEV_A_MAX_AGE] = U32("max-age"),
	[VDEV_A_TRUNCATED] = FLAG("truncated"),
	[VDEV_A_OPERATIONS] = U32("operations"),
	[VDEV_A_TYPE] = STRING("type"),
	[VDEV_A_ORDER] = NEST("order", order_set),
	[VDEV_A_PARTIAL] = FLAG("partial"),
	[VDEV_A_DRY_RUN] = FLAG("dry-run"),
	[VDEV_A_CEILING] = NEST("ceiling", ceiling_set),
	[VDEV_A_RESET] = FLAG("reset"),
	[VDEV_A_PENDING] = FLAG("pending"),
	[VDEV_A_COUNTER] = NEST("counter", counter_set),
};

const struct attr_set vdev_attr_set = SET("vdev", vdev_defs,
	.sorted = ATTR_BIT(VDEV_A_BLOCKER) | ATTR_BIT(VDEV_A_INFO) | ATTR_BIT(VDEV_A_COUNTER),
	.ordered = ATTR_BIT(VDEV_A_FINDING));

static const struct attr_def profile_defs[] = {
	[VDEV_A_PROFILE_NAME] = STRING("name"),
	[VDEV_A_PROFILE_INSTANCE] = U32("instance"),
	[VDEV_A_PROFILE_GENERATION] = UINT("generation"),
	[VDEV_A_PROFILE_SNAPSHOT] = UINT("snapshot"),
	[VDEV_A_PROFILE_BUS] = STRING("bus"),
	[VDEV_A_PROFILE_DRIVER] = STRING("driver"),
	[VDEV_A_PROFILE_TYPE] = STRING("type"),
	[VDEV_A_PROFILE_MIGRATION] = U32("migration"),
	[VDEV_A_PROFILE_CAPABILITIES] = U32("capabilities"),
	[VDEV_A_PROFILE_COST] = NEST("cost", cost_set),
	[VDEV_A_PROFILE_RECORD] = NEST("record", record_set),
	[VDEV_A_PROFILE_REPLACE] = FLAG("replace"),
	[VDEV_A_PROFILE_CHANGED] = U32("changed"),
};

const struct attr_set vdev_profile_attrs = SET("profile", profile_defs);

static const struct attr_def provider_stats_defs[] = {
	[VDEV_A_PROVIDER_STATS_NAME] = STRING("name"),
	[VDEV_A_PROVIDER_STATS_ENDPOINTS] = U32("endpoints"),
	[VDEV_A_PROVIDER_STATS_STALE] = U32("stale"),
	[VDEV_A_PROVIDER_STATS_POLLS] = UINT("polls"),
	[VDEV_A_PROVIDER_STATS_POLLS_BUSY] = UINT("polls-busy"),
	[VDEV_A_PROVIDER_STATS_SLOWEST_POLL] = UINT("slowest-poll"),
	[VDEV_A_PROVIDER_STATS_SLOWEST_ENDPOINT] = STRING("slowest-endpoint"),
	[VDEV_A_PROVIDER_STATS_REJECTED] = UINT("rejected"),
	[VDEV_A_PROVIDER_STATS_VETOES] = UINT("vetoes"),
	[VDEV_A_PROVIDER_STATS_NOT_FOLLOWED] = UINT("not-followed"),
	[VDEV_A_PROVIDER_STATS_NOT_FOLLOWED_REASON] = STRING("not-followed-reason"),
};

const struct attr_set vdev_provider_stats_attrs = SET("provider-stats", provider_stats_defs);

static const struct attr_def stats_defs[] = {
	[VDEV_A_STATS_INSTANCE] = U32("instance"),
	[VDEV_A_STATS_GENERATION] = UINT("generation"),
	[VDEV_A_STATS_VERDICTS] = UINT("verdicts"),
	[VDEV_A_STATS_EVENTS] = UINT("events"),
	[VDEV_A_STATS_EVENTS_LOST] = UINT("events-lost"),
	[VDEV_A_STATS_PROVIDER] = NEST("provider", vdev_provider_stats_attrs),
};

const struct attr_set vdev_stats_attrs = SET("stats", stats_defs,
	.sorted = ATTR_BIT(VDEV_A_STATS_PROVIDER));

static const struct attr_def declaration_defs[] = {
	[VDEV_A_SOURCE_MIGRATION] = U32("migration"),
	[VDEV_A_SOURCE_BLOCKER] = NEST("blocker", blocker_set),
	[VDEV_A_SOURCE_RECORD] = NEST("record", record_set),
	[VDEV_A_SOURCE_ENDPOINT] = U32("endpoint"),
	[VDEV_A_SOURCE_UNKNOWN] = STRING("unknown"),
	[VDEV_A_SOURCE_CAPABILITIES] = U32("capabilities"),
};

/* What names an endpoint of this host is no part of a declaration, as if it was not known. */
const struct attr_set vdev_declaration_set = SET("source", declaration_defs,
	.needed = ATTR_BIT(VDEV_A_SOURCE_MIGRATION) | ATTR_BIT(VDEV_A_SOURCE_RECORD) |
		  ATTR_BIT(VDEV_A_SOURCE_ENDPOINT),
	.sorted = ATTR_BIT(VDEV_A_SOURCE_BLOCKER) | ATTR_BIT(VDEV_A_SOURCE_UNKNOWN));

const struct attr_set *const vdev_attr_sets[] = {
	&blocker_set, &capacity_set, &cost_set, &value_set, &info_set, &ident_set, &semver_set,
	&semver_range_set, &software_version_set, &version_set, &versions_set, &feature_set,
	&allowed_set, &param_set, &aggregation_set, &ceiling_feature_set, &ceiling_param_set,
	&ceiling_set, &record_set, &filter_set, &vdev_source_set, &finding_set, &rank_set,
	&feature_choice_set, &param_choice_set, &order_set, &counter_set, &vdev_attr_set,
	&vdev_profile_attrs, &vdev_provider_stats_attrs, &vdev_stats_attrs,
};

const size_t vdev_num_attr_sets = ARRAY_SIZE(vdev_attr_sets);
