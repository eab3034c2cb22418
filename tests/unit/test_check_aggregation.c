// SPDX-License-Identifier: GPL-2.0
/* The judgement of base units. */
#include "test.h"

#include "expect.h"

static void units(uint32_t from_count, uint32_t from_units, uint32_t to_count, uint32_t to_units)
{
	from.aggregation = (struct vdev_aggregation){ "ap", .units = from_units,
						      .count = from_count };
	to.aggregation = (struct vdev_aggregation){ "ap", .units = to_units, .count = to_count };
}

struct units_case {
	uint32_t from_count;
	uint32_t from_units;
	uint32_t to_count;
	uint32_t to_units;
	uint32_t limit;
	uint32_t code;
	uint32_t with_resplit;
};

static void expect_units(const struct units_case *c, size_t num)
{
	for (; num; num--, c++) {
		units(c->from_count, c->from_units, c->to_count, c->to_units);
		to.aggregation.limit = c->limit;
		expect(VDEV_FIELD_AGGREGATION, NULL, c->code);
		to.aggregation.resplit = true;
		expect(VDEV_FIELD_AGGREGATION, NULL, c->with_resplit);
	}
}

static void a_device_is_what_it_is(void **state)
{
	static const struct units_case cases[] = {
		{ 1, 30, 1, 30, 0, VDEV_CODE_SAME, VDEV_CODE_SAME },
		{ 1, 30, 2, 15, 0, VDEV_CODE_AGGREGATION_SPLIT, VDEV_CODE_ACCEPTED },
		{ 2, 15, 1, 30, 0, VDEV_CODE_AGGREGATION_SPLIT, VDEV_CODE_ACCEPTED },
		{ 1, 30, 1, 31, 0, VDEV_CODE_AGGREGATION_TOTAL, VDEV_CODE_AGGREGATION_TOTAL },
		{ 2, 15, 3, 15, 9, VDEV_CODE_AGGREGATION_TOTAL, VDEV_CODE_AGGREGATION_TOTAL },
	};

	(void)state;
	expect_units(cases, TEST_ARRAY_SIZE(cases));
}

static void a_type_can_be_had_in_any_count_up_to_the_limit(void **state)
{
	static const struct units_case cases[] = {
		{ 2, 15, 1, 15, 0, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED },
		{ 2, 15, 1, 15, 2, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED },
		{ 3, 15, 1, 15, 2, VDEV_CODE_AGGREGATION_LIMIT, VDEV_CODE_AGGREGATION_LIMIT },
		{ 1, 15, 1, 15, 1, VDEV_CODE_SAME, VDEV_CODE_SAME },
		{ 1, 30, 1, 15, 0, VDEV_CODE_AGGREGATION_SPLIT, VDEV_CODE_ACCEPTED },
		{ 1, 30, 1, 15, 2, VDEV_CODE_AGGREGATION_SPLIT, VDEV_CODE_ACCEPTED },
		{ 1, 30, 1, 15, 1, VDEV_CODE_AGGREGATION_TOTAL, VDEV_CODE_AGGREGATION_LIMIT },
		{ 2, 15, 1, 30, 1, VDEV_CODE_AGGREGATION_SPLIT, VDEV_CODE_ACCEPTED },
		{ 1, 30, 1, 7, 0, VDEV_CODE_AGGREGATION_TOTAL, VDEV_CODE_AGGREGATION_TOTAL },
		{ 1, 5, 1, 10, 0, VDEV_CODE_AGGREGATION_TOTAL, VDEV_CODE_AGGREGATION_TOTAL },
	};

	(void)state;
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	expect_units(cases, TEST_ARRAY_SIZE(cases));
}

/* The largest total is 2^63 - 1; a count may be more than 32 bits can hold. */
static void large_totals_do_not_overflow(void **state)
{
	static const struct units_case cases[] = {
		{ UINT32_MAX, 0x7fffffff, UINT32_MAX, 0x7fffffff, 0,
		  VDEV_CODE_SAME, VDEV_CODE_SAME },
		{ UINT32_MAX, 0x7fffffff, 0x7fffffff, UINT32_MAX, 0,
		  VDEV_CODE_AGGREGATION_SPLIT, VDEV_CODE_ACCEPTED },
		{ 0x80000000, 0x80, 1, 1, UINT32_MAX,
		  VDEV_CODE_AGGREGATION_TOTAL, VDEV_CODE_AGGREGATION_LIMIT },
		{ 0x80000000, 0x80, 1, 1, 0,
		  VDEV_CODE_AGGREGATION_SPLIT, VDEV_CODE_ACCEPTED },
	};

	(void)state;
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	expect_units(cases, TEST_ARRAY_SIZE(cases));
	target.kind = VDEV_ENDPOINT_KIND_DEVICE;
	expect_units(cases, 2);
}

static void base_units_have_a_name(void **state)
{
	(void)state;
	units(1, 30, 1, 30);
	to.aggregation.base = "aq";
	assert_int_equal(expect(VDEV_FIELD_AGGREGATION, NULL, VDEV_CODE_AGGREGATION_BASE)->rule,
			 VDEV_RULE_EQUAL);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
	to.aggregation.rule = VDEV_RULE_IGNORE;
	expect(VDEV_FIELD_AGGREGATION, NULL, VDEV_CODE_IGNORED);
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void units_are_shown_as_count_and_size(void **state)
{
	(void)state;
	units(1, 30, 2, 15);
	expect_values(expect(VDEV_FIELD_AGGREGATION, NULL, VDEV_CODE_AGGREGATION_SPLIT), "1x30",
		      "2x15");
}

static void a_side_that_is_silent_fails_or_not(void **state)
{
	(void)state;
	units(1, 30, 1, 30);
	to.aggregation = (struct vdev_aggregation){ 0 };
	expect_values(expect(VDEV_FIELD_AGGREGATION, NULL, VDEV_CODE_MISSING), "1x30", NULL);
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_AGGREGATION, NULL, VDEV_CODE_NOT_REPORTED);

	units(1, 30, 1, 30);
	from.aggregation = (struct vdev_aggregation){ 0 };
	expect_values(expect(VDEV_FIELD_AGGREGATION, NULL, VDEV_CODE_MISSING), NULL, "1x30");
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_AGGREGATION, NULL, VDEV_CODE_NOT_REPORTED);
	to.aggregation = (struct vdev_aggregation){ 0 };
	expect(VDEV_FIELD_AGGREGATION, NULL, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		EXPECT_TEST(a_device_is_what_it_is),
		EXPECT_TEST(a_type_can_be_had_in_any_count_up_to_the_limit),
		EXPECT_TEST(large_totals_do_not_overflow),
		EXPECT_TEST(base_units_have_a_name),
		EXPECT_TEST(units_are_shown_as_count_and_size),
		EXPECT_TEST(a_side_that_is_silent_fails_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
