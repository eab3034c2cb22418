// SPDX-License-Identifier: GPL-2.0
/* The judgement of feature sets. */
#include "test.h"

#include "expect.h"

#define WORDS_MAX (VDEV_FEATURE_BYTES / sizeof(uint64_t))

static struct vdev_feature from_set, to_set;

/* Both sides have one set, "f", and report what they were given of it. */
static void sets(const struct vdev_bitmap *older, const struct vdev_bitmap *newer)
{
	from_set = (struct vdev_feature){ .name = "f", .provisioned = *older };
	to_set = (struct vdev_feature){ .name = "f", .provisioned = *newer };
	from.features = &from_set;
	from.num_features = 1;
	to.features = &to_set;
	to.num_features = 1;
}

static struct vdev_bitmap bits(const uint64_t *words, unsigned int num)
{
	return (struct vdev_bitmap){ words, num };
}

static void expect_bits(const struct vdev_bitmap *bitmap, uint64_t word)
{
	assert_int_equal(bitmap->num_words, word ? 1 : 0);
	assert_int_equal(word ? bitmap->words[0] : 0, word);
	assert_int_equal(!bitmap->words, !word);
}

struct set_case {
	uint64_t from;
	uint64_t to;
	uint64_t required;
	uint32_t code;
	uint64_t missing;
	uint64_t unmet;
	uint32_t surplus;
};

static void expect_sets(uint32_t rule, const struct set_case *c, size_t num)
{
	const struct vdev_finding *finding;
	struct vdev_bitmap older, newer;

	for (; num; num--, c++) {
		older = bits(&c->from, 1);
		newer = bits(&c->to, 1);
		sets(&older, &newer);
		to_set.required = bits(&c->required, 1);
		to_set.rule = rule;
		finding = expect(VDEV_FIELD_FEATURE, "f", c->code);
		assert_int_equal(finding->rule, rule ? rule : VDEV_RULE_SUBSET);
		expect_values(finding, NULL, NULL);
		expect_bits(&finding->missing, c->missing);
		expect_bits(&finding->unmet, c->unmet);
		assert_int_equal(judged.check.rank.surplus, c->surplus);
	}
}

static void a_subset_passes(void **state)
{
	static const struct set_case cases[] = {
		{ 0x0, 0x0, 0x0, VDEV_CODE_SAME, 0x0, 0x0, 0 },
		{ 0x7, 0x7, 0x7, VDEV_CODE_SAME, 0x0, 0x0, 0 },
		{ 0x3, 0x7, 0x0, VDEV_CODE_ACCEPTED, 0x0, 0x0, 1 },
		{ 0x0, 0xf, 0x0, VDEV_CODE_ACCEPTED, 0x0, 0x0, 4 },
		{ 0x3, 0x7, 0x2, VDEV_CODE_ACCEPTED, 0x0, 0x0, 1 },
		{ 0x7, 0x3, 0x0, VDEV_CODE_FEATURE_MISSING, 0x4, 0x0, 0 },
		{ 0x8, 0x7, 0x5, VDEV_CODE_FEATURE_MISSING, 0x8, 0x5, 3 },
		{ 0x3, 0x7, 0x4, VDEV_CODE_FEATURE_REQUIRED, 0x0, 0x4, 1 },
		{ 1ULL << 63, 0x0, 0x0, VDEV_CODE_FEATURE_MISSING, 1ULL << 63, 0x0, 0 },
	};

	(void)state;
	expect_sets(0, cases, TEST_ARRAY_SIZE(cases));
	expect_sets(VDEV_RULE_SUBSET, cases, TEST_ARRAY_SIZE(cases));
}

static void equal_sets_alone_are_equal(void **state)
{
	static const struct set_case cases[] = {
		{ 0x7, 0x7, 0x1, VDEV_CODE_SAME, 0x0, 0x0, 0 },
		{ 0x7, 0x3, 0x1, VDEV_CODE_FEATURE_DIFFERS, 0x4, 0x0, 0 },
		{ 0x3, 0x7, 0x1, VDEV_CODE_FEATURE_DIFFERS, 0x0, 0x4, 1 },
		{ 0x6, 0x3, 0x0, VDEV_CODE_FEATURE_DIFFERS, 0x4, 0x1, 1 },
	};

	(void)state;
	expect_sets(VDEV_RULE_EQUAL, cases, TEST_ARRAY_SIZE(cases));
}

static void a_set_can_be_ignored(void **state)
{
	static const struct set_case cases[] = {
		{ 0x7, 0x7, 0x0, VDEV_CODE_IGNORED, 0x0, 0x0, 0 },
		{ 0x6, 0x3, 0x1, VDEV_CODE_IGNORED, 0x4, 0x1, 1 },
	};

	(void)state;
	expect_sets(VDEV_RULE_IGNORE, cases, TEST_ARRAY_SIZE(cases));
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

/* Of a device counts what it was given; to one of a type all can be given. */
static void what_counts_depends_on_the_kind_of_the_target(void **state)
{
	static const uint64_t all = 0xff, given = 0x3;
	struct vdev_bitmap supported = bits(&all, 1), provisioned = bits(&given, 1);

	(void)state;
	sets(&provisioned, &provisioned);
	from_set.supported = supported;
	to_set.supported = supported;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
	from_set.provisioned = supported;
	expect_bits(&expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING)->missing, 0xfc);
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
	to_set.provisioned = (struct vdev_bitmap){ 0 };
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
	from_set.provisioned = provisioned;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_ACCEPTED);
	assert_int_equal(judged.check.rank.surplus, 6);
}

/* What was given may be 9, and the type gives 1 unless it is told otherwise. */
static void a_type_takes_what_it_supports_and_what_it_gives(void **state)
{
	static const uint64_t nine = 1 << 9, one = 1 << 1;
	struct vdev_bitmap source_set = bits(&nine, 1), type_set = bits(&one, 1);

	(void)state;
	sets(&source_set, &type_set);
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	expect_bits(&expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING)->missing, nine);
	to_set.supported = source_set;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_ACCEPTED);
	from_set.provisioned = type_set;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
	to_set.rule = VDEV_RULE_EQUAL;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
	from_set.provisioned = source_set;
	expect_bits(&expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_DIFFERS)->unmet, one);
}

static void a_device_that_reports_no_given_set_may_have_all_and_offers_none(void **state)
{
	static const uint64_t nine = 1 << 9, zero;
	struct vdev_bitmap set = bits(&nine, 1), empty = bits(&zero, 1);

	(void)state;
	sets(&set, &set);
	to_set.provisioned = (struct vdev_bitmap){ 0 };
	to_set.supported = set;
	expect_bits(&expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING)->missing, nine);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);

	sets(&empty, &empty);
	from_set.provisioned = (struct vdev_bitmap){ 0 };
	from_set.supported = set;
	expect_bits(&expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING)->missing, nine);
	to.num_features = 0;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING);

	sets(&set, &set);
	from_set = (struct vdev_feature){ .name = "f", .supported = set };
	to_set = from_set;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
}

static void what_is_negotiated_does_not_matter(void **state)
{
	static const uint64_t all = 0xff, some = 0x3;
	struct vdev_bitmap offered = bits(&all, 1);

	(void)state;
	sets(&offered, &offered);
	from_set.negotiated = bits(&some, 1);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
}

static void words_that_are_not_there_are_zeros(void **state)
{
	static const uint64_t long_words[] = { 0x1, 0x0, 0x0, 0x0 };
	static const uint64_t second[] = { 0x1, 0x6 };
	struct vdev_bitmap four = bits(long_words, 4), one = bits(long_words, 1);
	struct vdev_bitmap two = bits(second, 2), none = bits(long_words, 0);

	(void)state;
	sets(&four, &one);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
	sets(&one, &four);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
	sets(&none, &one);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_ACCEPTED);

	sets(&two, &one);
	assert_int_equal(expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING)
			 ->missing.num_words, 2);
	assert_int_equal(judged.findings[1].missing.words[0], 0x0);
	assert_int_equal(judged.findings[1].missing.words[1], 0x6);
	sets(&one, &two);
	to_set.required = two;
	assert_int_equal(expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_REQUIRED)
			 ->unmet.num_words, 2);
	sets(&one, &one);
	to_set.required = four;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
}

static void a_set_may_have_16384_bits(void **state)
{
	static uint64_t all[WORDS_MAX], one[WORDS_MAX];
	struct vdev_bitmap full = bits(all, WORDS_MAX), last = bits(one, WORDS_MAX);
	const struct vdev_finding *finding;
	struct vdev_bitmap none = { 0 };

	(void)state;
	memset(all, 0xff, sizeof(all));
	one[WORDS_MAX - 1] = 1ULL << 63;
	sets(&last, &full);
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_ACCEPTED);
	assert_int_equal(judged.check.rank.surplus, 16383);
	to_set.required = full;
	finding = expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_REQUIRED);
	assert_int_equal(finding->unmet.num_words, WORDS_MAX);
	assert_int_equal(finding->unmet.words[WORDS_MAX - 1], UINT64_MAX >> 1);

	sets(&last, &none);
	finding = expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING);
	assert_int_equal(finding->missing.num_words, WORDS_MAX);
	assert_int_equal(finding->missing.words[WORDS_MAX - 1], 1ULL << 63);
}

static void a_set_that_the_source_does_not_know_is_empty(void **state)
{
	static const uint64_t word = 0x3, need = 0x2;
	struct vdev_bitmap set = bits(&word, 1);
	const struct vdev_finding *finding;

	(void)state;
	sets(&set, &set);
	from.num_features = 0;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_ACCEPTED);
	assert_int_equal(judged.check.rank.surplus, 2);
	to_set.required = bits(&need, 1);
	finding = expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_REQUIRED);
	expect_bits(&finding->unmet, 0x2);
	to_set.rule = VDEV_RULE_EQUAL;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_DIFFERS);
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_NOT_REPORTED);
	to_set.provisioned = (struct vdev_bitmap){ 0 };
	to_set.required = (struct vdev_bitmap){ 0 };
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_SAME);
}

static void a_set_that_the_target_does_not_know_is_empty(void **state)
{
	static const uint64_t word = 0x3, zero;
	struct vdev_bitmap set = bits(&word, 1);
	const struct vdev_finding *finding;

	(void)state;
	sets(&set, &set);
	to.num_features = 0;
	finding = expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING);
	assert_int_equal(finding->rule, 0);
	expect_bits(&finding->missing, 0x3);
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_NOT_REPORTED);
	from_set.provisioned = bits(&zero, 1);
	expect(VDEV_FIELD_FEATURE, "f", 0);
	from_set.provisioned = (struct vdev_bitmap){ 0 };
	expect(VDEV_FIELD_FEATURE, "f", 0);
}

/* An undeclared side's own words contradict all the same. */
static void what_is_reported_counts_without_a_contract(void **state)
{
	static const uint64_t older = 0x3, newer = 0x1;
	struct vdev_bitmap from_bits = bits(&older, 1), to_bits = bits(&newer, 1);

	(void)state;
	sets(&from_bits, &to_bits);
	source.migration = VDEV_MIGRATION_UNDECLARED;
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_FEATURE, "f", VDEV_CODE_FEATURE_MISSING);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
}

static void sets_are_matched_by_name(void **state)
{
	static const uint64_t one = 0x1, two = 0x3;
	static const struct vdev_feature older[] = {
		{ .name = "c", .provisioned = { &one, 1 } },
		{ .name = "a", .provisioned = { &one, 1 } },
		{ .name = "B", .provisioned = { &one, 1 } },
	};
	static const struct vdev_feature newer[] = {
		{ .name = "b", .provisioned = { &two, 1 } },
		{ .name = "a", .provisioned = { &two, 1 } },
		{ .name = "c", .provisioned = { &one, 1 } },
		{ .name = "d", .provisioned = { &two, 1 } },
	};
	static const char *const names[] = { "B", "a", "b", "c", "d" };
	static const uint32_t codes[] = {
		VDEV_CODE_FEATURE_MISSING, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED,
		VDEV_CODE_SAME, VDEV_CODE_ACCEPTED,
	};
	size_t i;

	(void)state;
	from.features = older;
	from.num_features = 3;
	to.features = newer;
	to.num_features = 4;
	judge();
	assert_int_equal(judged.num, 6);
	for (i = 0; i < TEST_ARRAY_SIZE(names); i++) {
		assert_string_equal(judged.findings[1 + i].name, names[i]);
		assert_int_equal(judged.findings[1 + i].code, codes[i]);
	}
	assert_int_equal(judged.check.rank.surplus, 1 + 2 + 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		EXPECT_TEST(a_subset_passes),
		EXPECT_TEST(equal_sets_alone_are_equal),
		EXPECT_TEST(a_set_can_be_ignored),
		EXPECT_TEST(what_counts_depends_on_the_kind_of_the_target),
		EXPECT_TEST(a_type_takes_what_it_supports_and_what_it_gives),
		EXPECT_TEST(a_device_that_reports_no_given_set_may_have_all_and_offers_none),
		EXPECT_TEST(what_is_negotiated_does_not_matter),
		EXPECT_TEST(words_that_are_not_there_are_zeros),
		EXPECT_TEST(a_set_may_have_16384_bits),
		EXPECT_TEST(a_set_that_the_source_does_not_know_is_empty),
		EXPECT_TEST(a_set_that_the_target_does_not_know_is_empty),
		EXPECT_TEST(what_is_reported_counts_without_a_contract),
		EXPECT_TEST(sets_are_matched_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
