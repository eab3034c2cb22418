// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what becomes of the words and flags of a source that are not known:
 * each is reported by its path and replaced, and what is known stays as it is.
 */
#include <linux/limits.h>

#include "model/skew.h"
#include "tests.h"

#define MOST	32

/**
 * struct source - a source that has two of everything, and what was reported
 * @operand: what the evaluator takes
 * @record: its record
 * @version: its software version
 * @versions: its versions
 * @features: its feature sets
 * @params: its parameters
 * @allowed: what the second parameter allows
 * @blockers: its blockers
 * @paths: what was reported
 * @num: how often
 */
struct source {
	struct vdev_operand operand;
	struct vdev_record record;
	struct vdev_software_version version;
	struct vdev_version versions[2];
	struct vdev_feature features[2];
	struct vdev_param params[2];
	struct vdev_allowed allowed[2];
	struct vdev_blocker blockers[2];
	char paths[MOST][VDEV_PATH_LEN + 1];
	unsigned int num;
};

static struct source *source_new(struct kunit *test)
{
	struct source *source = kunit_kzalloc(test, sizeof(*source), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, source);
	source->operand.kind = VDEV_ENDPOINT_KIND_DEVICE;
	source->operand.migration = VDEV_MIGRATION_SUPPORTED;
	source->operand.record = &source->record;
	source->operand.blockers = source->blockers;
	source->operand.num_blockers = ARRAY_SIZE(source->blockers);
	source->record.software_version = &source->version;
	source->record.versions = source->versions;
	source->record.num_versions = ARRAY_SIZE(source->versions);
	source->record.features = source->features;
	source->record.num_features = ARRAY_SIZE(source->features);
	source->record.params = source->params;
	source->record.num_params = ARRAY_SIZE(source->params);
	source->params[0].type = VDEV_VALUE_TYPE_BOOL;
	source->params[1].type = VDEV_VALUE_TYPE_U64;
	source->params[1].value.type = VDEV_VALUE_TYPE_U64;
	source->params[1].off.type = VDEV_VALUE_TYPE_U64;
	source->params[1].allowed = source->allowed;
	source->params[1].num_allowed = ARRAY_SIZE(source->allowed);
	return source;
}

static void keep(const struct vdev_skew *skew, const char *path)
{
	struct source *source = skew->arg;

	if (source->num < MOST)
		strscpy(source->paths[source->num], path, VDEV_PATH_LEN + 1);
	source->num++;
}

static void run(struct source *source)
{
	const struct vdev_skew skew = { .note = keep, .arg = source };

	source->num = 0;
	vdev_skew_operand(&skew, &source->operand, &source->record);
}

/**
 * struct skew_case - a word or flags
 * @path: its path
 * @offset: where it is in a struct source
 * @last: the last one that is known, or all flags that are
 * @otherwise: what takes the place of another word
 * @flags: it is flags
 */
struct skew_case {
	const char *path;
	size_t offset;
	u32 last;
	u32 otherwise;
	bool flags;
};

#define AT(member)	offsetof(struct source, member)
#define RULE(path, member)	\
	{ path ".rule", AT(member), VDEV_RULE_IGNORE, VDEV_RULE_IGNORE }
#define FLAGS(path, member, known)	\
	{ path ".flags", AT(member), known, .flags = true }

/* In the order in which they are reported. */
static const struct skew_case skew_cases[] = {
	{ "endpoint", AT(operand.kind), VDEV_ENDPOINT_KIND_TYPE,
	  VDEV_ENDPOINT_KIND_DEVICE },
	{ "migration", AT(operand.migration), VDEV_MIGRATION_SUPPORTED,
	  VDEV_MIGRATION_UNDECLARED },
	FLAGS("blocker[0]", blockers[0].flags, VDEV_BLOCKER_FLAG_PERMANENT),
	FLAGS("blocker[1]", blockers[1].flags, VDEV_BLOCKER_FLAG_PERMANENT),
	RULE("record.device-api", record.device_api.rule),
	RULE("record.model", record.model.rule),
	RULE("record.type", record.type.rule),
	RULE("record.software-version", version.rule),
	RULE("record.versions", record.versions_rule),
	FLAGS("record.versions.entry[0]", versions[0].flags, 0xf),
	FLAGS("record.versions.entry[1]", versions[1].flags, 0xf),
	RULE("record.feature[0]", features[0].rule),
	RULE("record.feature[1]", features[1].rule),
	RULE("record.param[0]", params[0].rule),
	{ "record.param[0].value-type", AT(params[0].type),
	  VDEV_VALUE_TYPE_BOOL, VDEV_VALUE_TYPE_U64 },
	FLAGS("record.param[0]", params[0].flags, 3),
	{ "record.param[0].origin", AT(params[0].origin), VDEV_ORIGIN_PROFILE,
	  VDEV_ORIGIN_DEFAULT },
	RULE("record.param[1]", params[1].rule),
	{ "record.param[1].value-type", AT(params[1].type),
	  VDEV_VALUE_TYPE_BOOL, VDEV_VALUE_TYPE_U64 },
	FLAGS("record.param[1]", params[1].flags, 3),
	{ "record.param[1].origin", AT(params[1].origin), VDEV_ORIGIN_PROFILE,
	  VDEV_ORIGIN_DEFAULT },
	RULE("record.aggregation", record.aggregation.rule),
};

static void skew_label(const struct skew_case *c, char *label)
{
	strscpy(label, c->path, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(skew, skew_cases, skew_label);

static u32 *word_of(struct source *source, const struct skew_case *c)
{
	return (u32 *)((char *)source + c->offset);
}

static void what_is_known_stays(struct kunit *test)
{
	const struct skew_case *c = test->param_value;
	struct source *source = source_new(test);
	u32 number;

	for (number = 0; number <= c->last; number++) {
		*word_of(source, c) = number;
		run(source);
		KUNIT_EXPECT_EQ(test, source->num, 0);
		KUNIT_EXPECT_EQ(test, *word_of(source, c), number);
	}
}

static void expect_one(struct kunit *test, const struct source *source,
		       const char *path)
{
	KUNIT_EXPECT_EQ(test, source->num, 1);
	KUNIT_EXPECT_STREQ(test, source->paths[0], path);
}

static void what_is_not_known_is_replaced(struct kunit *test)
{
	const struct skew_case *c = test->param_value;
	const u32 numbers[] = { c->last + 1, 1u << 31, U32_MAX };
	struct source *source;
	unsigned int i;
	u32 want;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		source = source_new(test);
		*word_of(source, c) = numbers[i];
		run(source);
		expect_one(test, source, c->path);
		want = c->flags ? numbers[i] & c->last : c->otherwise;
		KUNIT_EXPECT_EQ(test, *word_of(source, c), want);
		run(source);
		KUNIT_EXPECT_EQ(test, source->num, 0);
	}
}

static void all_are_reported_in_order(struct kunit *test)
{
	struct source *source = source_new(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(skew_cases); i++)
		*word_of(source, &skew_cases[i]) = 1u << 31;
	run(source);
	KUNIT_ASSERT_EQ(test, source->num, ARRAY_SIZE(skew_cases));
	for (i = 0; i < ARRAY_SIZE(skew_cases); i++)
		KUNIT_EXPECT_STREQ(test, source->paths[i], skew_cases[i].path);
}

/* Nothing of it could be compared. */
static void value_of_an_unknown_type_is_forgotten(struct kunit *test)
{
	struct source *source = source_new(test);
	const struct vdev_param *param = &source->params[1];

	source->params[1].type = VDEV_VALUE_TYPE_BOOL + 1;
	source->params[1].rule = VDEV_RULE_RANGE;
	source->allowed[1].low = VDEV_ALLOWED_UNKNOWN;
	run(source);
	expect_one(test, source, "record.param[1].value-type");
	KUNIT_EXPECT_EQ(test, param->value.type, 0);
	KUNIT_EXPECT_EQ(test, param->off.type, 0);
	KUNIT_EXPECT_EQ(test, param->num_allowed, 0);
	KUNIT_EXPECT_EQ(test, param->rule, VDEV_RULE_IGNORE);
}

static void rule_needs_a_list_that_is_known(struct kunit *test)
{
	static const u32 rules[][2] = {
		{ VDEV_RULE_RANGE, VDEV_RULE_IGNORE },
		{ VDEV_RULE_ONE_OF, VDEV_RULE_IGNORE },
		{ VDEV_RULE_EQUAL, VDEV_RULE_EQUAL },
		{ VDEV_RULE_AT_LEAST, VDEV_RULE_AT_LEAST },
		{ 0, 0 },
	};
	struct source *source;
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		for (j = 0; j < ARRAY_SIZE(source->allowed); j++) {
			source = source_new(test);
			source->params[1].rule = rules[i][0];
			source->allowed[j].low = VDEV_ALLOWED_UNKNOWN;
			run(source);
			expect_one(test, source, "record.param[1].allowed");
			KUNIT_EXPECT_EQ(test, source->params[1].num_allowed, 0);
			KUNIT_EXPECT_EQ(test, source->params[1].rule,
					rules[i][1]);
			KUNIT_EXPECT_EQ(test, source->params[1].value.type,
					VDEV_VALUE_TYPE_U64);
		}
	}
}

/* No number that a range can start with is taken for it. */
static void largest_number_is_known(struct kunit *test)
{
	struct source *source = source_new(test);

	source->allowed[0].low = S64_MAX;
	source->allowed[0].high = S64_MAX;
	run(source);
	KUNIT_EXPECT_EQ(test, source->num, 0);
	KUNIT_EXPECT_EQ(test, source->params[1].num_allowed, 2);
}

static void record_can_be_empty(struct kunit *test)
{
	struct source *source = source_new(test);

	source->record = (struct vdev_record) { };
	source->operand.blockers = NULL;
	source->operand.num_blockers = 0;
	run(source);
	KUNIT_EXPECT_EQ(test, source->num, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(what_is_known_stays, skew_gen_params),
	KUNIT_CASE_PARAM(what_is_not_known_is_replaced, skew_gen_params),
	KUNIT_CASE(all_are_reported_in_order),
	KUNIT_CASE(value_of_an_unknown_type_is_forgotten),
	KUNIT_CASE(rule_needs_a_list_that_is_known),
	KUNIT_CASE(largest_number_is_known),
	KUNIT_CASE(record_can_be_empty),
	{ }
};

struct kunit_suite vdev_skew_suite = {
	.name = "vdev-skew",
	.test_cases = cases,
};
