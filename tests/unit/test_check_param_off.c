// SPDX-License-Identifier: GPL-2.0
/* The judgement of parameters that are off, or that one side does not report. */
#include "test.h"

#include "expect_param.h"

static void a_parameter_that_the_target_does_not_know(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	to.num_params = 0;
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	from_param.value = (struct vdev_value)U64(0);
	from_param.off = (struct vdev_value)U64(0);
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	expect_verdict(VDEV_VERDICT_IDENTICAL);
	from_param.value = (struct vdev_value)U64(1);
	expect_param(VDEV_CODE_PARAM_UNKNOWN);
	assert_int_equal(judged.findings[1].rule, 0);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect_param(VDEV_CODE_NOT_REPORTED);
	from_param.value = (struct vdev_value)U64(0);
	from_param.off = (struct vdev_value)NONE;
	expect_param(VDEV_CODE_NOT_REPORTED);
}

static void off_on_both_sides_passes(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	from_param.off = (struct vdev_value)U64(0);
	to_param.off = (struct vdev_value)U64(0);
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	to_param.value = (struct vdev_value)U64(0);
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	from_param.value = (struct vdev_value)U64(0);
	expect_param(VDEV_CODE_SAME);
	to_param.value = (struct vdev_value)U64(7);
	to_param.off = (struct vdev_value)U64(7);
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

/* Off at the source, in effect at the target: the target's own off is meant. */
static void off_is_what_the_target_says_it_is(void **state)
{
	static const struct vdev_value source_off[] = { NONE, U64(0), U64(5) };
	size_t i;

	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	to_param.off = (struct vdev_value)U64(3);
	for (i = 0; i < TEST_ARRAY_SIZE(source_off); i++) {
		from_param.value = source_off[i];
		from_param.off = source_off[i];
		to_param.rule = VDEV_RULE_EQUAL;
		to_param.value = (struct vdev_value)U64(5);
		expect_param(VDEV_CODE_VALUE_DIFFERS);
		to_param.rule = VDEV_RULE_AT_LEAST;
		expect_param(VDEV_CODE_ACCEPTED);
		to_param.value = (struct vdev_value)U64(2);
		expect_param(VDEV_CODE_TOO_SMALL);
		to_param.rule = VDEV_RULE_AT_MOST;
		expect_param(VDEV_CODE_ACCEPTED);
		to_param.value = (struct vdev_value)U64(3);
		judge();
		assert_int_equal(judged.check.verdict, VDEV_VERDICT_IDENTICAL);
	}
}

static void without_a_word_for_off_the_source_s_is_compared(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	from_param.value = (struct vdev_value)U64(5);
	from_param.off = (struct vdev_value)U64(5);
	to_param.value = (struct vdev_value)U64(5);
	expect_param(VDEV_CODE_SAME);
	to_param.value = (struct vdev_value)U64(6);
	expect_param(VDEV_CODE_VALUE_DIFFERS);
	to_param.rule = VDEV_RULE_AT_LEAST;
	expect_param(VDEV_CODE_ACCEPTED);
}

static void a_source_that_is_silent_fails_or_not(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	from.num_params = 0;
	to_param.value = (struct vdev_value)U64(5);
	expect_param(VDEV_CODE_MISSING);
	expect_values(&judged.findings[0], NULL, NULL);
	from.num_params = 1;
	expect_param(VDEV_CODE_MISSING);
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect_param(VDEV_CODE_NOT_REPORTED);
	to_param.off = (struct vdev_value)U64(0);
	expect_param(VDEV_CODE_NOT_REPORTED);
	to_param.rule = VDEV_RULE_AT_LEAST;
	expect_param(VDEV_CODE_ACCEPTED);
	from_param.value = (struct vdev_value)U64(0);
	from_param.off = (struct vdev_value)U64(0);
	to_param.rule = VDEV_RULE_EQUAL;
	expect_param(VDEV_CODE_VALUE_DIFFERS);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		EXPECT_TEST(a_parameter_that_the_target_does_not_know),
		EXPECT_TEST(off_on_both_sides_passes),
		EXPECT_TEST(off_is_what_the_target_says_it_is),
		EXPECT_TEST(without_a_word_for_off_the_source_s_is_compared),
		EXPECT_TEST(a_source_that_is_silent_fails_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
