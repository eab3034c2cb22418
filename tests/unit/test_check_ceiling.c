// SPDX-License-Identifier: GPL-2.0
/* The judgement of what is above a ceiling, and what is below one. */
#include "test.h"

#include "../../kernel/model/bounds.h"
#include "../../kernel/model/ceiling.h"
#include "expect.h"

#define BOTH (VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT)

static struct vdev_ceiling ceiling;
static struct vdev_version source_versions[1], target_versions[3];
static struct vdev_feature source_feature, target_feature;
static struct vdev_param source_param, target_param;
static uint64_t has[2], offers[2], allowed[2];

static int setup(void **state)
{
	memset(&ceiling, 0, sizeof(ceiling));
	fresh(state);
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	to.ceiling = &ceiling;
	return 0;
}

#define CEILING_TEST(test) cmocka_unit_test_setup(test, setup)

static void versions(const char *name, uint32_t rule, uint32_t oldest, uint32_t middle, uint32_t newest)
{
	source_versions[0] = (struct vdev_version){ name, VDEV_VERSION_FLAG_CURRENT };
	from.versions = source_versions;
	from.num_versions = name ? 1 : 0;
	target_versions[0] = (struct vdev_version){ "v1", oldest };
	target_versions[1] = (struct vdev_version){ "v2", middle };
	target_versions[2] = (struct vdev_version){ "v3", newest };
	to.versions = target_versions;
	to.num_versions = 3;
	to.versions_rule = rule;
}

static void expect_version(const char *name, uint32_t rule, uint32_t code)
{
	versions(name, rule, BOTH, BOTH, BOTH | VDEV_VERSION_FLAG_DEFAULT);
	expect(VDEV_FIELD_VERSION, NULL, code);
}

static void a_newer_version_is_above_whatever_the_rule(void **state)
{
	(void)state;
	expect_version("v3", 0, VDEV_CODE_SAME);
	ceiling.max_version = "v2";
	expect_version("v1", 0, VDEV_CODE_ACCEPTED);
	expect_version("v2", 0, VDEV_CODE_ACCEPTED);
	expect_version("v3", 0, VDEV_CODE_CEILING);
	expect_version("v3", VDEV_RULE_EQUAL, VDEV_CODE_CEILING);
	expect_version("v3", VDEV_RULE_IGNORE, VDEV_CODE_CEILING);
	expect_version("v2", VDEV_RULE_EQUAL, VDEV_CODE_VERSION_DIFFERS);
	expect_version("v0", 0, VDEV_CODE_VERSION_NOT_ACCEPTED);
	expect_version(NULL, 0, VDEV_CODE_MISSING);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
}

static void without_its_version_a_ceiling_lets_none_pass(void **state)
{
	(void)state;
	ceiling.max_version = "v9";
	expect_version("v1", 0, VDEV_CODE_CEILING);
	to.num_versions = 0;
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_MISSING);
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_CEILING);
}

static void the_default_moves_to_what_can_be_created_and_accepted(void **state)
{
	(void)state;
	ceiling.max_version = "v2";
	versions(NULL, 0, BOTH, BOTH, BOTH | VDEV_VERSION_FLAG_DEFAULT);
	assert_string_equal(vdev_ceiling_default_version(&to), "v2");
	versions(NULL, 0, BOTH, VDEV_VERSION_FLAG_CREATE, BOTH | VDEV_VERSION_FLAG_DEFAULT);
	assert_string_equal(vdev_ceiling_default_version(&to), "v1");
	versions(NULL, 0, VDEV_VERSION_FLAG_ACCEPT, VDEV_VERSION_FLAG_CREATE,
		 BOTH | VDEV_VERSION_FLAG_DEFAULT);
	assert_null(vdev_ceiling_default_version(&to));
	versions(NULL, 0, BOTH | VDEV_VERSION_FLAG_DEFAULT, BOTH, BOTH);
	assert_string_equal(vdev_ceiling_default_version(&to), "v1");
	ceiling.max_version = "v9";
	assert_null(vdev_ceiling_default_version(&to));
	to.ceiling = NULL;
	assert_string_equal(vdev_ceiling_default_version(&to), "v1");
}

/* A type with a ceiling as the source: @in_use is what a device of it would be. */
static void expect_source_type(const char *max_version, const char *in_use, uint32_t code)
{
	const struct vdev_finding *finding;
	static struct vdev_version accepts[] = {
		{ "v1", VDEV_VERSION_FLAG_ACCEPT },
		{ "v2", VDEV_VERSION_FLAG_ACCEPT | VDEV_VERSION_FLAG_CURRENT },
	};

	from = to;
	source.kind = VDEV_ENDPOINT_KIND_TYPE;
	target.kind = VDEV_ENDPOINT_KIND_DEVICE;
	ceiling.max_version = max_version;
	to = (struct vdev_record){ .versions = accepts, .num_versions = 2 };
	finding = expect(VDEV_FIELD_VERSION, NULL, code);
	expect_values(finding, in_use, "v2");
}

static void a_type_is_a_source_of_what_can_be_made_of_it(void **state)
{
	(void)state;
	versions(NULL, 0, BOTH, BOTH, BOTH | VDEV_VERSION_FLAG_DEFAULT);
	expect_source_type("v2", "v2", VDEV_CODE_SAME);
}

static void a_type_of_which_nothing_can_be_made_stays_what_it_is(void **state)
{
	(void)state;
	versions(NULL, 0, VDEV_VERSION_FLAG_ACCEPT, 0, BOTH | VDEV_VERSION_FLAG_DEFAULT);
	expect_source_type("v2", "v3", VDEV_CODE_VERSION_NOT_ACCEPTED);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
}

static void bitmap(struct vdev_bitmap *bitmap, uint64_t *words, uint64_t low, uint64_t high)
{
	words[0] = low;
	words[1] = high;
	*bitmap = (struct vdev_bitmap){ words, 2 };
}

static void features(uint64_t low, uint64_t high)
{
	source_feature = (struct vdev_feature){ .name = "f" };
	bitmap(&source_feature.provisioned, has, low, high);
	from.features = &source_feature;
	from.num_features = 1;
	target_feature = (struct vdev_feature){ .name = "f", .rule = target_feature.rule };
	bitmap(&target_feature.supported, offers, 0xff, 1);
	to.features = &target_feature;
	to.num_features = 1;
}

static void bits_above_are_named(void **state)
{
	struct vdev_ceiling_feature limit = { .name = "f" };
	const struct vdev_finding *finding;

	(void)state;
	bitmap(&limit.mask, allowed, 0x0f, 0);
	limit.mask.num_words = 1;
	ceiling.features = &limit;
	ceiling.num_features = 1;
	features(0x3, 0);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_ACCEPTED);
	features(0x13, 1);
	finding = expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_CEILING);
	assert_int_equal(finding->missing.num_words, 2);
	assert_int_equal(finding->missing.words[0], 0x10);
	assert_int_equal(finding->missing.words[1], 1);
	features(0x113, 0);
	finding = expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING);
	assert_int_equal(finding->missing.words[0], 0x100);
	target_feature.rule = VDEV_RULE_IGNORE;
	features(0x10, 0);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_CEILING);
	target_feature.rule = 0;
	limit.name = "g";
	features(0x13, 1);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_ACCEPTED);
}

static void params(uint64_t value, uint32_t rule)
{
	source_param = (struct vdev_param){ .name = "n", .type = VDEV_VALUE_TYPE_U64,
		.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = value },
		.off = { .type = VDEV_VALUE_TYPE_U64, .u64 = 0 } };
	from.params = &source_param;
	from.num_params = 1;
	target_param = (struct vdev_param){ .name = "n", .type = VDEV_VALUE_TYPE_U64, .rule = rule,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.off = { .type = VDEV_VALUE_TYPE_U64, .u64 = 0 } };
	to.params = &target_param;
	to.num_params = 1;
}

static void numbers_outside_are_above_if_they_are_in_effect(void **state)
{
	struct vdev_ceiling_param limit = { .name = "n", .low = 2, .high = 4 };

	(void)state;
	ceiling.params = &limit;
	ceiling.num_params = 1;
	params(2, 0);
	expect(VDEV_FIELD_PARAM, "n", VDEV_CODE_ACCEPTED);
	params(4, 0);
	expect(VDEV_FIELD_PARAM, "n", VDEV_CODE_ACCEPTED);
	params(5, 0);
	expect(VDEV_FIELD_PARAM, "n", VDEV_CODE_CEILING);
	params(1, VDEV_RULE_IGNORE);
	expect(VDEV_FIELD_PARAM, "n", VDEV_CODE_CEILING);
	params(0, 0);
	expect(VDEV_FIELD_PARAM, "n", VDEV_CODE_NOT_IN_EFFECT);
	limit.name = "m";
	params(5, 0);
	expect(VDEV_FIELD_PARAM, "n", VDEV_CODE_ACCEPTED);
}

static void expect_rejected(int err, const char *why)
{
	struct vdev_reason reason = { .why = "" };

	assert_int_equal(vdev_ceiling_check(&reason, &ceiling), err);
	assert_string_equal(reason.why, why);
}

static void a_ceiling_has_bounds(void **state)
{
	struct vdev_ceiling_param limits[] = { { "n", 3, 2 }, { "n", 1, 2 } };

	(void)state;
	expect_rejected(0, "");
	ceiling.max_version = "a/b";
	expect_rejected(-EINVAL, "max-version: name is not printable ASCII without space and slash");
	ceiling.max_version = NULL;
	ceiling.num_features = 1;
	expect_rejected(-EINVAL, "ceiling features: list is missing");
	ceiling.num_features = 17;
	expect_rejected(-EMSGSIZE, "ceiling features: more than 16 entries");
	ceiling.num_features = 0;
	ceiling.params = limits;
	ceiling.num_params = 1;
	expect_rejected(-EINVAL, "ceiling param n: range ends before it starts");
	limits[0].high = UINT64_MAX;
	expect_rejected(-ERANGE, "n: number is above 2^63 - 1");
	limits[0].high = 4;
	ceiling.num_params = 2;
	expect_rejected(-EINVAL, "ceiling param n: duplicate");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CEILING_TEST(a_newer_version_is_above_whatever_the_rule),
		CEILING_TEST(without_its_version_a_ceiling_lets_none_pass),
		CEILING_TEST(the_default_moves_to_what_can_be_created_and_accepted),
		CEILING_TEST(a_type_is_a_source_of_what_can_be_made_of_it),
		CEILING_TEST(a_type_of_which_nothing_can_be_made_stays_what_it_is),
		CEILING_TEST(bits_above_are_named),
		CEILING_TEST(numbers_outside_are_above_if_they_are_in_effect),
		CEILING_TEST(a_ceiling_has_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
