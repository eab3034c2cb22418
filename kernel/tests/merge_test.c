// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of a profile merged into what a driver reports: which of the two is in
 * the result, field by field, and what is a conflict.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "codec/parse.h"
#include "core/merge.h"
#include "tests.h"

static void free_parsed(void *parsed)
{
	kvfree(parsed);
}

/* What a driver reports, as it is read from its blob. */
static struct vdev_parsed *reported(struct kunit *test,
				    const struct vdev_record *record)
{
	struct vdev_parsed *parsed = vdev_parsed_new(0);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, parsed);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_parsed,
							   parsed));
	parsed->record = *record;
	parsed->record.features = parsed->features;
	parsed->record.params = parsed->params;
	for (i = 0; i < record->num_features; i++)
		parsed->features[i] = record->features[i];
	for (i = 0; i < record->num_params; i++)
		parsed->params[i] = record->params[i];
	return parsed;
}

static const struct vdev_record *merged(struct kunit *test,
					const struct vdev_record *driver,
					const struct vdev_record *declared)
{
	struct vdev_parsed *parsed = reported(test, driver);
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ(test, vdev_merge(&reason, parsed, declared), 0);
	VDEV_EXPECT_ACCEPTED(test, &reason,
			     vdev_record_check(&reason, &parsed->record));
	return &parsed->record;
}

static const struct vdev_record nothing;

static void nothing_declared_changes_nothing(struct kunit *test)
{
	static const char *const accept[] = { "b" };
	static const struct vdev_record driver = {
		.type = { "a", VDEV_RULE_ONE_OF, accept, 1 },
		.aggregation = { "unit", 2, 3, 4, VDEV_RULE_EQUAL, true },
	};
	const struct vdev_record *record = merged(test, &driver, &nothing);

	KUNIT_EXPECT_STREQ(test, record->type.value, "a");
	KUNIT_EXPECT_EQ(test, record->type.rule, VDEV_RULE_ONE_OF);
	KUNIT_EXPECT_EQ(test, record->type.num_accept, 1);
	KUNIT_EXPECT_NULL(test, record->model.value);
	KUNIT_EXPECT_EQ(test, record->aggregation.units, 2);
	KUNIT_EXPECT_EQ(test, record->aggregation.count, 3);
}

static void a_value_that_is_reported_stays(struct kunit *test)
{
	static const char *const accept[] = { "c", "d" };
	static const struct vdev_record driver = {
		.type = { "reported", VDEV_RULE_EQUAL },
	};
	static const struct vdev_record declared = {
		.model = { "m" },
		.type = { "declared", VDEV_RULE_ONE_OF, accept, 2 },
	};
	const struct vdev_record *record = merged(test, &driver, &declared);

	KUNIT_EXPECT_STREQ(test, record->type.value, "reported");
	KUNIT_EXPECT_EQ(test, record->type.rule, VDEV_RULE_ONE_OF);
	KUNIT_EXPECT_EQ(test, record->type.num_accept, 2);
	KUNIT_EXPECT_STREQ(test, record->model.value, "m");
}

static void a_rule_without_any_value_is_left_out(struct kunit *test)
{
	static const char *const accept[] = { "c" };
	static const struct vdev_record declared = {
		.type = { NULL, VDEV_RULE_ONE_OF, accept, 1 },
	};
	const struct vdev_record *record = merged(test, &nothing, &declared);

	KUNIT_EXPECT_NULL(test, record->type.value);
	KUNIT_EXPECT_EQ(test, record->type.num_accept, 0);
}

static void a_software_version_that_is_reported_stays(struct kunit *test)
{
	static const struct vdev_semver_range range = { { 1, 0, 0 }, { 1, 9, 0 } };
	static const struct vdev_software_version have = { { 1, 2, 3 } };
	static const struct vdev_software_version want = {
		.value = { 9, 9, 9 },
		.rule = VDEV_RULE_RANGE,
		.accept = &range,
		.num_accept = 1,
	};
	static const struct vdev_record driver = { .software_version = &have };
	static const struct vdev_record declared = { .software_version = &want };
	const struct vdev_record *record = merged(test, &driver, &declared);

	KUNIT_EXPECT_EQ(test, record->software_version->value.minor, 2);
	KUNIT_EXPECT_EQ(test, record->software_version->rule, VDEV_RULE_RANGE);
	record = merged(test, &nothing, &declared);
	KUNIT_EXPECT_EQ(test, record->software_version->value.minor, 9);
}

static void versions_that_are_reported_stay(struct kunit *test)
{
	static const struct vdev_version have[] = { { "v1", VDEV_VERSION_FLAG_ACCEPT } };
	static const struct vdev_version want[] = { { "w1" }, { "w2" } };
	static const struct vdev_record driver = {
		.versions = have,
		.num_versions = 1,
		.versions_rule = VDEV_RULE_ONE_OF,
	};
	static const struct vdev_record declared = {
		.versions = want,
		.num_versions = 2,
		.versions_rule = VDEV_RULE_EQUAL,
	};
	const struct vdev_record *record = merged(test, &driver, &declared);

	KUNIT_EXPECT_EQ(test, record->num_versions, 1);
	KUNIT_EXPECT_EQ(test, record->versions_rule, VDEV_RULE_EQUAL);
	record = merged(test, &nothing, &declared);
	KUNIT_EXPECT_EQ(test, record->num_versions, 2);
}

static void required_bits_come_from_the_profile(struct kunit *test)
{
	static const u64 supported = 0xff, required = 0x3, other = 0x10;
	static const struct vdev_feature have = {
		.name = "f",
		.rule = VDEV_RULE_SUBSET,
		.supported = { &supported, 1 },
	};
	static const struct vdev_feature want[] = {
		{ .name = "g", .supported = { &other, 1 } },
		{ .name = "f", .rule = VDEV_RULE_EQUAL,
		  .supported = { &other, 1 }, .required = { &required, 1 } },
	};
	static const struct vdev_record driver = {
		.features = &have,
		.num_features = 1,
	};
	static const struct vdev_record declared = {
		.features = want,
		.num_features = 2,
	};
	const struct vdev_record *record = merged(test, &driver, &declared);

	KUNIT_EXPECT_EQ(test, record->num_features, 2);
	KUNIT_EXPECT_STREQ(test, record->features[0].name, "f");
	KUNIT_EXPECT_EQ(test, record->features[0].rule, VDEV_RULE_EQUAL);
	KUNIT_EXPECT_EQ(test, record->features[0].supported.words[0], 0xff);
	KUNIT_EXPECT_EQ(test, record->features[0].required.words[0], 0x3);
	KUNIT_EXPECT_STREQ(test, record->features[1].name, "g");
	KUNIT_EXPECT_EQ(test, record->features[1].supported.words[0], 0x10);
}

static void required_bits_that_are_not_offered_do_not_fit(struct kunit *test)
{
	static const u64 supported = 0x1, required = 0x2;
	static const struct vdev_feature have = {
		.name = "f",
		.supported = { &supported, 1 },
	};
	static const struct vdev_feature want = {
		.name = "f",
		.required = { &required, 1 },
	};
	static const struct vdev_record driver = { .features = &have, .num_features = 1 };
	static const struct vdev_record declared = { .features = &want, .num_features = 1 };
	struct vdev_parsed *parsed = reported(test, &driver);
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ(test, vdev_merge(&reason, parsed, &declared), 0);
	vdev_expect_verdict(test, &reason,
			    vdev_record_check(&reason, &parsed->record),
			    -EINVAL, "feature f: requires what it does not offer");
}

static void params_are_merged_by_name(struct kunit *test)
{
	static const struct vdev_allowed allowed = { 1, 9 };
	static const struct vdev_param have = {
		.name = "mtu",
		.type = VDEV_VALUE_TYPE_U64,
		.rule = VDEV_RULE_EQUAL,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.origin = VDEV_ORIGIN_INHERITED,
		.value = { VDEV_VALUE_TYPE_U64, { .u64 = 5 } },
	};
	static const struct vdev_param want[] = {
		{ .name = "mtu", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_RANGE,
		  .value = { VDEV_VALUE_TYPE_U64, { .u64 = 7 } },
		  .off = { VDEV_VALUE_TYPE_U64, { .u64 = 0 } },
		  .allowed = &allowed, .num_allowed = 1 },
		{ .name = "on", .type = VDEV_VALUE_TYPE_BOOL,
		  .value = { VDEV_VALUE_TYPE_BOOL, { .boolean = true } } },
	};
	static const struct vdev_record driver = { .params = &have, .num_params = 1 };
	static const struct vdev_record declared = { .params = want, .num_params = 2 };
	const struct vdev_record *record = merged(test, &driver, &declared);

	KUNIT_EXPECT_EQ(test, record->num_params, 2);
	KUNIT_EXPECT_EQ(test, record->params[0].value.u64, 5);
	KUNIT_EXPECT_EQ(test, record->params[0].rule, VDEV_RULE_RANGE);
	KUNIT_EXPECT_EQ(test, record->params[0].off.type, VDEV_VALUE_TYPE_U64);
	KUNIT_EXPECT_EQ(test, record->params[0].num_allowed, 1);
	KUNIT_EXPECT_EQ(test, record->params[0].flags,
			VDEV_PARAM_FLAG_CONFIGURABLE);
	KUNIT_EXPECT_EQ(test, record->params[0].origin, VDEV_ORIGIN_PROFILE);
	KUNIT_EXPECT_TRUE(test, record->params[1].value.boolean);
	KUNIT_EXPECT_EQ(test, record->params[1].origin, VDEV_ORIGIN_PROFILE);
}

static void a_param_of_another_type_is_a_conflict(struct kunit *test)
{
	static const struct vdev_param have = { .name = "p", .type = VDEV_VALUE_TYPE_U64 };
	static const struct vdev_param want = { .name = "p", .type = VDEV_VALUE_TYPE_BOOL };
	static const struct vdev_record driver = { .params = &have, .num_params = 1 };
	static const struct vdev_record declared = { .params = &want, .num_params = 1 };
	struct vdev_reason reason = { };
	int err;

	err = vdev_merge(&reason, reported(test, &driver), &declared);
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "param p: the driver reports another type of value");
}

/* Names p0 to p64, for the driver or for the profile. */
static struct vdev_param *many_params(struct kunit *test, unsigned int num,
				      char first)
{
	struct vdev_param *params;
	unsigned int i;
	char *name;

	params = kunit_kcalloc(test, num, sizeof(*params), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, params);
	for (i = 0; i < num; i++) {
		name = vdev_test_string(test, first, i + 1);
		params[i] = (struct vdev_param) { name, VDEV_VALUE_TYPE_BOOL };
	}
	return params;
}

static void one_param_too_many_does_not_fit(struct kunit *test)
{
	const struct vdev_record driver = {
		.params = many_params(test, VDEV_PARAMS_MAX - 1, 'a'),
		.num_params = VDEV_PARAMS_MAX - 1,
	};
	struct vdev_record declared = {
		.params = many_params(test, 40, 'b'),
		.num_params = 1,
	};
	struct vdev_reason reason = { };
	struct vdev_parsed *parsed;

	merged(test, &driver, &declared);
	parsed = reported(test, &driver);
	declared.num_params = 40;
	KUNIT_EXPECT_EQ(test, vdev_merge(&reason, parsed, &declared), 0);
	vdev_expect_verdict(test, &reason,
			    vdev_record_check(&reason, &parsed->record),
			    -EMSGSIZE, "params: more than 64 entries");
}

static void the_number_of_instances_is_a_fact(struct kunit *test)
{
	static const struct vdev_record driver = {
		.aggregation = { .base = "GVTg_V5_4", .units = 1, .count = 2 },
	};
	static const struct vdev_record declared = {
		.aggregation = { "GVTg", 2, 1, 8, VDEV_RULE_EQUAL, true },
	};
	const struct vdev_record *record = merged(test, &driver, &declared);

	KUNIT_EXPECT_STREQ(test, record->aggregation.base, "GVTg");
	KUNIT_EXPECT_EQ(test, record->aggregation.units, 2);
	KUNIT_EXPECT_EQ(test, record->aggregation.count, 2);
	KUNIT_EXPECT_EQ(test, record->aggregation.limit, 8);
	KUNIT_EXPECT_TRUE(test, record->aggregation.resplit);
	record = merged(test, &nothing, &declared);
	KUNIT_EXPECT_EQ(test, record->aggregation.count, 1);
}

static struct kunit_case merge_cases[] = {
	KUNIT_CASE(nothing_declared_changes_nothing),
	KUNIT_CASE(a_value_that_is_reported_stays),
	KUNIT_CASE(a_rule_without_any_value_is_left_out),
	KUNIT_CASE(a_software_version_that_is_reported_stays),
	KUNIT_CASE(versions_that_are_reported_stay),
	KUNIT_CASE(required_bits_come_from_the_profile),
	KUNIT_CASE(required_bits_that_are_not_offered_do_not_fit),
	KUNIT_CASE(params_are_merged_by_name),
	KUNIT_CASE(a_param_of_another_type_is_a_conflict),
	KUNIT_CASE(one_param_too_many_does_not_fit),
	KUNIT_CASE(the_number_of_instances_is_a_fact),
	{ }
};

struct kunit_suite vdev_merge_suite = {
	.name = "vdev-merge",
	.test_cases = merge_cases,
};
