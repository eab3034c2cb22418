// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the rules for the compared part of an endpoint.
 */
#include <linux/limits.h>

#include "tests.h"

struct record_case {
	const char *label;
	struct vdev_record record;
	int err;
	const char *why;
};

/* One list of a record, with its length. */
#define IDENT(...)	.model = { __VA_ARGS__ }
#define ACCEPT(...) \
	.accept = (const char *const []){ __VA_ARGS__ }, \
	.num_accept = ARRAY_SIZE(((const char *const []){ __VA_ARGS__ }))
#define SOFTWARE(...) \
	.software_version = &(struct vdev_software_version){ __VA_ARGS__ }
#define VERSIONS(...) \
	.versions = (struct vdev_version[]){ __VA_ARGS__ }, \
	.num_versions = ARRAY_SIZE(((struct vdev_version[]){ __VA_ARGS__ }))
#define FEATURES(...) \
	.features = (struct vdev_feature[]){ __VA_ARGS__ }, \
	.num_features = ARRAY_SIZE(((struct vdev_feature[]){ __VA_ARGS__ }))
#define PARAM(...) \
	.params = (struct vdev_param[]){ { __VA_ARGS__ } }, .num_params = 1
#define NUMBER(n)	{ .type = VDEV_VALUE_TYPE_U64, .u64 = (n) }
#define RANGES(...) \
	.accept = (struct vdev_semver_range[]){ __VA_ARGS__ }, \
	.num_accept = ARRAY_SIZE(((struct vdev_semver_range[]){ __VA_ARGS__ }))

/* A list that is rejected for its length, before anything in it is read. */
static const u64 nothing[1];

#define CREATE	VDEV_VERSION_FLAG_CREATE
#define DEFAULT	VDEV_VERSION_FLAG_DEFAULT
#define CURRENT	VDEV_VERSION_FLAG_CURRENT

static const struct record_case ident_cases[] = {
	{ "nothing reported" },
	{ "rule one-of", { IDENT(.value = "m", .rule = VDEV_RULE_ONE_OF,
				 ACCEPT("n", "o")) } },
	{ "empty", { IDENT(.value = "") }, -EINVAL, "model: string is empty" },
	{ "not text", { IDENT(.value = "\x80") }, -EINVAL,
	  "model: string is not UTF-8 text" },
	{ "rule", { IDENT(.value = "m", .rule = VDEV_RULE_RANGE) }, -EINVAL,
	  "model: rule 6 does not apply" },
	{ "accepts without value", { IDENT(ACCEPT("n")) }, -EINVAL,
	  "model: accepted values without a value" },
	{ "accepts too many",
	  { IDENT(.value = "m", .accept = (void *)nothing,
		  .num_accept = VDEV_ACCEPT_MAX + 1) }, -EMSGSIZE,
	  "model: more than 64 entries" },
	{ "accepts missing", { IDENT(.value = "m", .num_accept = 1) }, -EINVAL,
	  "model: list is missing" },
	{ "accepts nothing", { IDENT(.value = "m", ACCEPT(NULL)) }, -EINVAL,
	  "model: string is missing" },
	{ "accepts twice", { IDENT(.value = "m", ACCEPT("n", "o", "n")) },
	  -EINVAL, "model n: duplicate" },
	{ "device-api", { .device_api = { .value = "\n" } }, -EINVAL,
	  "device-api: string has control characters" },
	{ "type", { .type = { .value = "\n" } }, -EINVAL,
	  "type: string has control characters" },
};

static const struct record_case software_cases[] = {
	{ "largest", { SOFTWARE(.value = { U32_MAX, U32_MAX, U32_MAX }) } },
	{ "rule", { SOFTWARE(.rule = VDEV_RULE_ONE_OF) }, -EINVAL,
	  "software-version: rule 5 does not apply" },
	{ "range without range", { SOFTWARE(.rule = VDEV_RULE_RANGE) },
	  -EINVAL, "software-version: rule range without a range" },
	{ "one version", { SOFTWARE(.rule = VDEV_RULE_RANGE,
				    RANGES({ { 1, 2, 3 }, { 1, 2, 3 } })) } },
	{ "open range", { SOFTWARE(RANGES({ .from = { 9 }, .open = true })) } },
	{ "major backwards", { SOFTWARE(RANGES({ { 2, 0, 0 }, { 1, 9, 9 } })) },
	  -EINVAL, "software-version: range ends before it starts" },
	{ "minor backwards", { SOFTWARE(RANGES({ { 1, 2, 0 }, { 1, 1, 9 } })) },
	  -EINVAL, "software-version: range ends before it starts" },
	{ "bugfix backwards",
	  { SOFTWARE(RANGES({ { 1 }, { 1 } }, { { 1, 1, 2 }, { 1, 1, 1 } })) },
	  -EINVAL, "software-version: range ends before it starts" },
	{ "ranges too many", { SOFTWARE(.accept = (void *)nothing,
					.num_accept = VDEV_ACCEPT_MAX + 1) },
	  -EMSGSIZE, "software-version: more than 64 entries" },
};

static const struct record_case versions_cases[] = {
	{ "default and current",
	  { VERSIONS({ "a", CREATE | CURRENT }, { "b", CREATE | DEFAULT }) } },
	{ "both in one", { VERSIONS({ "a", CREATE | DEFAULT | CURRENT }) } },
	{ "rule", { VERSIONS({ "a" }), .versions_rule = VDEV_RULE_SUBSET },
	  -EINVAL, "versions: rule 2 does not apply" },
	{ "default that cannot be created", { VERSIONS({ "a", DEFAULT }) },
	  -EINVAL, "version a: default but cannot be created" },
	{ "two defaults",
	  { VERSIONS({ "a", CREATE | DEFAULT }, { "b", CREATE | DEFAULT }) },
	  -EINVAL, "version b: a second default or current version" },
	{ "two current", { VERSIONS({ "a", CURRENT }, { "b", CURRENT }) },
	  -EINVAL, "version b: a second default or current version" },
	{ "flags", { VERSIONS({ "a", 0x10 }) }, -EINVAL,
	  "a: flags 0x10 are not known" },
	{ "twice", { VERSIONS({ "a" }, { "a" }) }, -EINVAL,
	  "version a: duplicate" },
	{ "too many", { .versions = (void *)nothing,
			.num_versions = VDEV_VERSIONS_MAX + 1 }, -EMSGSIZE,
	  "versions: more than 64 entries" },
};

static const u64 bits[VDEV_FEATURE_BYTES / sizeof(u64)];

static const struct record_case feature_cases[] = {
	{ "longest bitmaps", { FEATURES({ .name = "f",
		.supported = { bits, ARRAY_SIZE(bits) },
		.provisioned = { bits, ARRAY_SIZE(bits) },
		.required = { bits, ARRAY_SIZE(bits) },
		.negotiated = { bits, ARRAY_SIZE(bits) } }) } },
	{ "supported too long", { FEATURES({ .name = "f",
		.supported = { bits, ARRAY_SIZE(bits) + 1 } }) },
	  -EMSGSIZE, "feature f: more than 16384 bits" },
	{ "provisioned too long", { FEATURES({ .name = "f",
		.provisioned = { bits, ARRAY_SIZE(bits) + 1 } }) },
	  -EMSGSIZE, "feature f: more than 16384 bits" },
	{ "required too long", { FEATURES({ .name = "f",
		.required = { bits, ARRAY_SIZE(bits) + 1 } }) },
	  -EMSGSIZE, "feature f: more than 16384 bits" },
	{ "negotiated too long", { FEATURES({ .name = "f",
		.negotiated = { bits, UINT_MAX } }) },
	  -EMSGSIZE, "feature f: more than 16384 bits" },
	{ "bitmap missing", { FEATURES({ .name = "f",
		.required = { NULL, 1 } }) },
	  -EINVAL, "feature f: bitmap is missing" },
	{ "rule", { FEATURES({ .name = "f", .rule = VDEV_RULE_ONE_OF }) },
	  -EINVAL, "f: rule 5 does not apply" },
	{ "name", { FEATURES({ .name = "f f" }) }, -EINVAL,
	  "feature: name is not printable ASCII without space and slash" },
	{ "twice", { FEATURES({ .name = "f" }, { .name = "f" }) }, -EINVAL,
	  "feature f: duplicate" },
	{ "too many", { .features = (void *)nothing,
			.num_features = VDEV_FEATURES_MAX + 1 }, -EMSGSIZE,
	  "features: more than 16 entries" },
};

static const struct record_case param_cases[] = {
	{ "number in ranges", { PARAM("p", VDEV_VALUE_TYPE_U64, VDEV_RULE_RANGE,
		.value = NUMBER(5), .off = NUMBER(0), .num_allowed = 2,
		.allowed = (struct vdev_allowed[]){ { 5, 5 },
						    { 0, S64_MAX } }) } },
	{ "string one of", { PARAM("p", VDEV_VALUE_TYPE_STRING, VDEV_RULE_ONE_OF,
		.num_allowed = 1,
		.allowed = (struct vdev_allowed[]){ { .string = "s" } }) } },
	{ "number at most", { PARAM("p", VDEV_VALUE_TYPE_U64, VDEV_RULE_AT_MOST) } },
	{ "string at most",
	  { PARAM("p", VDEV_VALUE_TYPE_STRING, VDEV_RULE_AT_MOST) }, -EINVAL,
	  "p: rule 4 does not apply" },
	{ "bool in a range", { PARAM("p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_RANGE) },
	  -EINVAL, "p: rule 6 does not apply" },
	{ "subset", { PARAM("p", VDEV_VALUE_TYPE_U64, VDEV_RULE_SUBSET) }, -EINVAL,
	  "p: rule 2 does not apply" },
	{ "type 0", { PARAM("p") }, -EINVAL, "p: value type 0 is not known" },
	{ "type 4", { PARAM("p", 4) }, -EINVAL, "p: value type 4 is not known" },
	{ "origin", { PARAM("p", VDEV_VALUE_TYPE_U64, .origin = 5) }, -EINVAL,
	  "p: origin 5 is not known" },
	{ "mandatory alone",
	  { PARAM("p", VDEV_VALUE_TYPE_U64, .flags = VDEV_PARAM_FLAG_MANDATORY) },
	  -EINVAL, "p: mandatory but not configurable" },
	{ "flags", { PARAM("p", VDEV_VALUE_TYPE_U64, .flags = 4) }, -EINVAL,
	  "p: flags 0x4 are not known" },
	{ "value", { PARAM("p", VDEV_VALUE_TYPE_U64, .value = NUMBER(1ULL << 63)) },
	  -ERANGE, "p: number is above 2^63 - 1" },
	{ "value of another type",
	  { PARAM("p", VDEV_VALUE_TYPE_BOOL, .value = NUMBER(1)) }, -EINVAL,
	  "p: value is of another type" },
	{ "off value", { PARAM("p", VDEV_VALUE_TYPE_STRING, .off = NUMBER(1)) },
	  -EINVAL, "p: value is of another type" },
	{ "rule without allowed",
	  { PARAM("p", VDEV_VALUE_TYPE_U64, VDEV_RULE_ONE_OF) }, -EINVAL,
	  "p: rule without allowed values" },
	{ "bool with allowed", { PARAM("p", VDEV_VALUE_TYPE_BOOL, .num_allowed = 1,
		.allowed = (struct vdev_allowed[]){ { 0, 1 } }) },
	  -EINVAL, "p: a bool with allowed values" },
	{ "allowed backwards", { PARAM("p", VDEV_VALUE_TYPE_U64, .num_allowed = 1,
		.allowed = (struct vdev_allowed[]){ { 2, 1 } }) },
	  -EINVAL, "p: allowed range ends before it starts" },
	{ "allowed too large", { PARAM("p", VDEV_VALUE_TYPE_U64, .num_allowed = 1,
		.allowed = (struct vdev_allowed[]){ { 2, 1ULL << 63 } }) },
	  -ERANGE, "p: number is above 2^63 - 1" },
	{ "allowed string missing",
	  { PARAM("p", VDEV_VALUE_TYPE_STRING, .num_allowed = 1,
		  .allowed = (struct vdev_allowed[]){ { 0, 1 } }) },
	  -EINVAL, "p: string is missing" },
	{ "allowed too many", { PARAM("p", VDEV_VALUE_TYPE_U64,
		.num_allowed = VDEV_ALLOWED_MAX + 1,
		.allowed = (void *)nothing) },
	  -EMSGSIZE, "p: more than 64 entries" },
	{ "twice", { .num_params = 2, .params = (struct vdev_param[]){
			{ "p", VDEV_VALUE_TYPE_U64 }, { "p", VDEV_VALUE_TYPE_BOOL } } },
	  -EINVAL, "param p: duplicate" },
	{ "too many", { .params = (void *)nothing,
			.num_params = VDEV_PARAMS_MAX + 1 }, -EMSGSIZE,
	  "params: more than 64 entries" },
};

static const struct record_case aggregation_cases[] = {
	{ "one", { .aggregation = { "unit", 1, 1 } } },
	{ "at the limit", { .aggregation = { "unit", 1, 4, 4 } } },
	{ "no base", { .aggregation = { NULL, 0, 0, 1, 9 } } },
	{ "base", { .aggregation = { "a b", 1, 1 } }, -EINVAL,
	  "aggregation: name is not printable ASCII without space and slash" },
	{ "no units", { .aggregation = { "unit", 0, 1 } }, -EINVAL,
	  "aggregation: units and count start at 1" },
	{ "no count", { .aggregation = { "unit", 1, 0 } }, -EINVAL,
	  "aggregation: units and count start at 1" },
	{ "above the limit", { .aggregation = { "unit", 1, 5, 4 } }, -ERANGE,
	  "aggregation: count is above the limit" },
	{ "rule", { .aggregation = { "unit", 1, 1, 0, VDEV_RULE_SUBSET } },
	  -EINVAL, "aggregation: rule 2 does not apply" },
	{ "total is 64 bits wide",
	  { .aggregation = { "unit", 0x10000, 0x10000 } } },
	{ "total too large", { .aggregation = { "unit", U32_MAX, U32_MAX } },
	  -ERANGE, "aggregation: number is above 2^63 - 1" },
};

static void record_label(const struct record_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(ident, ident_cases, record_label);
KUNIT_ARRAY_PARAM(software, software_cases, record_label);
KUNIT_ARRAY_PARAM(versions, versions_cases, record_label);
KUNIT_ARRAY_PARAM(feature, feature_cases, record_label);
KUNIT_ARRAY_PARAM(param, param_cases, record_label);
KUNIT_ARRAY_PARAM(aggregation, aggregation_cases, record_label);

static void check_record(struct kunit *test)
{
	const struct record_case *c = test->param_value;
	struct vdev_reason reason = { };
	int err;

	err = vdev_record_check(&reason, &c->record);
	vdev_expect_verdict(test, &reason, err, c->err, c->why ?: "");
}

static void ident_keeps_its_rules(struct kunit *test)
{
	check_record(test);
}

static void software_version_keeps_its_rules(struct kunit *test)
{
	check_record(test);
}

static void versions_keep_their_rules(struct kunit *test)
{
	check_record(test);
}

static void features_keep_their_rules(struct kunit *test)
{
	check_record(test);
}

static void params_keep_their_rules(struct kunit *test)
{
	check_record(test);
}

static void aggregation_keeps_its_rules(struct kunit *test)
{
	check_record(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(ident_keeps_its_rules, ident_gen_params),
	KUNIT_CASE_PARAM(software_version_keeps_its_rules,
			 software_gen_params),
	KUNIT_CASE_PARAM(versions_keep_their_rules, versions_gen_params),
	KUNIT_CASE_PARAM(features_keep_their_rules, feature_gen_params),
	KUNIT_CASE_PARAM(params_keep_their_rules, param_gen_params),
	KUNIT_CASE_PARAM(aggregation_keeps_its_rules, aggregation_gen_params),
	{ }
};

struct kunit_suite vdev_record_suite = {
	.name = "vdev-record",
	.test_cases = cases,
};
