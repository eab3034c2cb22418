// SPDX-License-Identifier: GPL-2.0
/* The judgement of parameters that are in effect: rules, lists, and what can be chosen. */
#include "test.h"

#include "expect_param.h"

struct number_case {
	uint64_t from;
	uint64_t to;
	uint32_t code;
};

static void expect_numbers(uint32_t rule, const struct number_case *c, size_t num)
{
	params(VDEV_VALUE_TYPE_U64);
	to_param.rule = rule;
	for (; num; num--, c++) {
		from_param.value = (struct vdev_value)U64(c->from);
		to_param.value = (struct vdev_value)U64(c->to);
		expect_param(c->code);
		assert_int_equal(judged.findings[1].rule, rule ? rule : VDEV_RULE_EQUAL);
		assert_int_equal(judged.findings[1].source.u64, c->from);
		assert_int_equal(judged.findings[1].target.u64, c->to);
	}
}

static void numbers_are_judged_by_the_rule(void **state)
{
	static const struct number_case equal[] = {
		{ 5, 5, VDEV_CODE_SAME },
		{ 5, 6, VDEV_CODE_VALUE_DIFFERS },
		{ 0, INT64_MAX, VDEV_CODE_VALUE_DIFFERS },
	};
	static const struct number_case at_least[] = {
		{ 5, 5, VDEV_CODE_SAME },
		{ 5, 6, VDEV_CODE_ACCEPTED },
		{ 5, 4, VDEV_CODE_TOO_SMALL },
		{ INT64_MAX, 0, VDEV_CODE_TOO_SMALL },
	};
	static const struct number_case at_most[] = {
		{ 5, 5, VDEV_CODE_SAME },
		{ 5, 4, VDEV_CODE_ACCEPTED },
		{ 5, 6, VDEV_CODE_TOO_LARGE },
	};
	static const struct number_case ignore[] = {
		{ 5, 5, VDEV_CODE_IGNORED },
		{ 5, 6, VDEV_CODE_IGNORED },
	};

	(void)state;
	expect_numbers(0, equal, TEST_ARRAY_SIZE(equal));
	expect_numbers(VDEV_RULE_EQUAL, equal, TEST_ARRAY_SIZE(equal));
	expect_numbers(VDEV_RULE_AT_LEAST, at_least, TEST_ARRAY_SIZE(at_least));
	expect_numbers(VDEV_RULE_AT_MOST, at_most, TEST_ARRAY_SIZE(at_most));
	expect_numbers(VDEV_RULE_IGNORE, ignore, TEST_ARRAY_SIZE(ignore));
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void strings_and_bools_are_equal_or_not(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_STRING);
	from_param.value = (struct vdev_value)STRING("ab");
	to_param.value = (struct vdev_value)STRING("ab");
	expect_param(VDEV_CODE_SAME);
	to_param.value = (struct vdev_value)STRING("abc");
	expect_param(VDEV_CODE_VALUE_DIFFERS);
	from_param.value = (struct vdev_value)STRING("");
	expect_param(VDEV_CODE_VALUE_DIFFERS);

	params(VDEV_VALUE_TYPE_BOOL);
	from_param.value = (struct vdev_value)BOOL(true);
	to_param.value = (struct vdev_value)BOOL(true);
	expect_param(VDEV_CODE_SAME);
	to_param.value = (struct vdev_value)BOOL(false);
	expect_param(VDEV_CODE_VALUE_DIFFERS);
}

static const struct vdev_allowed numbers[] = { { 1, 1, NULL }, { 4, 8, NULL } };
static const struct vdev_allowed strings[] = { { 0, 0, "red" }, { 0, 0, "blue" } };

static void allow(const struct vdev_allowed *allowed, uint32_t rule)
{
	to_param.allowed = allowed;
	to_param.num_allowed = 2;
	to_param.rule = rule;
}

/* The target itself has 9, which is not in its list. */
static void lists_and_ranges_are_one_thing(void **state)
{
	static const uint64_t taken[] = { 1, 4, 6, 8 }, rejected[] = { 0, 2, 3, 10, INT64_MAX };
	static const uint32_t rules[] = { VDEV_RULE_ONE_OF, VDEV_RULE_RANGE };
	size_t i, j;

	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	to_param.value = (struct vdev_value)U64(9);
	for (i = 0; i < TEST_ARRAY_SIZE(rules); i++) {
		allow(numbers, rules[i]);
		for (j = 0; j < TEST_ARRAY_SIZE(taken); j++) {
			from_param.value = (struct vdev_value)U64(taken[j]);
			expect_param(VDEV_CODE_ACCEPTED);
		}
		for (j = 0; j < TEST_ARRAY_SIZE(rejected); j++) {
			from_param.value = (struct vdev_value)U64(rejected[j]);
			expect_param(VDEV_CODE_VALUE_NOT_ALLOWED);
		}
		from_param.value = (struct vdev_value)U64(9);
		expect_param(VDEV_CODE_SAME);
	}
}

static void strings_can_be_listed(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_STRING);
	allow(strings, VDEV_RULE_ONE_OF);
	from_param.value = (struct vdev_value)STRING("blue");
	expect_param(VDEV_CODE_ACCEPTED);
	from_param.value = (struct vdev_value)STRING("Blue");
	expect_param(VDEV_CODE_VALUE_NOT_ALLOWED);
	to_param.value = (struct vdev_value)STRING("Blue");
	expect_param(VDEV_CODE_SAME);
}

static void a_list_does_not_soften_another_rule(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	allow(numbers, VDEV_RULE_EQUAL);
	to_param.value = (struct vdev_value)U64(9);
	from_param.value = (struct vdev_value)U64(4);
	expect_param(VDEV_CODE_VALUE_DIFFERS);
	allow(numbers, VDEV_RULE_AT_MOST);
	expect_param(VDEV_CODE_TOO_LARGE);
}

static void a_target_without_a_value_has_its_list(void **state)
{
	static const uint32_t rules[] = { 0, VDEV_RULE_AT_LEAST, VDEV_RULE_AT_MOST };
	size_t i;

	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	for (i = 0; i < TEST_ARRAY_SIZE(rules); i++) {
		allow(numbers, rules[i]);
		from_param.value = (struct vdev_value)U64(5);
		expect_param(VDEV_CODE_ACCEPTED);
		from_param.value = (struct vdev_value)U64(9);
		expect_param(VDEV_CODE_VALUE_NOT_ALLOWED);
		to_param.num_allowed = 0;
		target.migration = VDEV_MIGRATION_SUPPORTED;
		expect_param(VDEV_CODE_MISSING);
		target.migration = VDEV_MIGRATION_UNDECLARED;
		expect_param(VDEV_CODE_NOT_REPORTED);
	}
}

static void a_type_s_value_can_be_chosen(void **state)
{
	static const uint32_t rules[] = { 0, VDEV_RULE_AT_LEAST, VDEV_RULE_AT_MOST,
					  VDEV_RULE_ONE_OF, VDEV_RULE_RANGE };
	size_t i;

	(void)state;
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	params(VDEV_VALUE_TYPE_U64);
	to_param.flags = VDEV_PARAM_FLAG_CONFIGURABLE;
	to_param.value = (struct vdev_value)U64(2);
	for (i = 0; i < TEST_ARRAY_SIZE(rules); i++) {
		allow(numbers, rules[i]);
		from_param.value = (struct vdev_value)U64(8);
		expect_param(VDEV_CODE_ACCEPTED);
		from_param.value = (struct vdev_value)U64(2);
		expect_param(VDEV_CODE_SAME);
		from_param.value = (struct vdev_value)U64(9);
		expect_param(VDEV_CODE_VALUE_NOT_ALLOWED);
	}
	to_param.rule = VDEV_RULE_IGNORE;
	expect_param(VDEV_CODE_IGNORED);
}

static void without_a_list_anything_can_be_chosen(void **state)
{
	(void)state;
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	params(VDEV_VALUE_TYPE_U64);
	to_param.flags = VDEV_PARAM_FLAG_CONFIGURABLE;
	from_param.value = (struct vdev_value)U64(8);
	expect_param(VDEV_CODE_ACCEPTED);
	to_param.value = (struct vdev_value)U64(2);
	expect_param(VDEV_CODE_ACCEPTED);
	params(VDEV_VALUE_TYPE_BOOL);
	to_param.flags = VDEV_PARAM_FLAG_CONFIGURABLE;
	to_param.value = (struct vdev_value)BOOL(false);
	from_param.value = (struct vdev_value)BOOL(true);
	expect_param(VDEV_CODE_ACCEPTED);
}

static void only_a_type_s_configurable_value_can_be_chosen(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	from_param.value = (struct vdev_value)U64(8);
	to_param.value = (struct vdev_value)U64(2);
	to_param.flags = VDEV_PARAM_FLAG_CONFIGURABLE;
	expect_param(VDEV_CODE_VALUE_DIFFERS);
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	to_param.flags = 0;
	expect_param(VDEV_CODE_VALUE_DIFFERS);
}

static void kinds_must_be_the_same_where_it_matters(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	from_param.value = (struct vdev_value)U64(1);
	to_param.type = VDEV_VALUE_TYPE_STRING;
	to_param.value = (struct vdev_value)STRING("1");
	expect_param(VDEV_CODE_VALUE_TYPE_DIFFERS);
	to_param.value = (struct vdev_value)NONE;
	expect_param(VDEV_CODE_VALUE_TYPE_DIFFERS);
	from_param.off = (struct vdev_value)U64(1);
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	to_param.value = (struct vdev_value)STRING("1");
	expect_param(VDEV_CODE_MISSING);
	to_param.rule = VDEV_RULE_IGNORE;
	expect_param(VDEV_CODE_IGNORED);
}

static void what_can_be_chosen_can_be_left_off(void **state)
{
	(void)state;
	target.kind = VDEV_ENDPOINT_KIND_TYPE;
	params(VDEV_VALUE_TYPE_U64);
	allow(numbers, VDEV_RULE_EQUAL);
	to_param.flags = VDEV_PARAM_FLAG_CONFIGURABLE;
	to_param.value = (struct vdev_value)U64(5);
	expect_param(VDEV_CODE_NOT_IN_EFFECT);
	to_param.off = (struct vdev_value)U64(0);
	expect_param(VDEV_CODE_VALUE_NOT_ALLOWED);
	to_param.off = (struct vdev_value)U64(1);
	expect_param(VDEV_CODE_ACCEPTED);
	to_param.off = (struct vdev_value)NONE;
	from_param.value = (struct vdev_value)U64(0);
	from_param.off = (struct vdev_value)U64(0);
	expect_param(VDEV_CODE_VALUE_NOT_ALLOWED);
}

static void parameters_of_different_models_are_not_compared(void **state)
{
	(void)state;
	params(VDEV_VALUE_TYPE_U64);
	to_param.value = (struct vdev_value)U64(5);
	from.model.value = "m";
	to.model.value = "n";
	expect(VDEV_FIELD_PARAM, NULL, VDEV_CODE_OTHER_MODEL);
	assert_null(judged_find(&judged, VDEV_FIELD_PARAM, "p"));
	from.num_params = 0;
	expect(VDEV_FIELD_PARAM, NULL, VDEV_CODE_OTHER_MODEL);
	to.num_params = 0;
	expect(VDEV_FIELD_PARAM, NULL, 0);
	from.num_params = 1;
	to.num_params = 1;
	from.model.value = NULL;
	expect(VDEV_FIELD_PARAM, NULL, VDEV_CODE_OTHER_MODEL);
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_PARAM, NULL, 0);
	expect_param(VDEV_CODE_NOT_REPORTED);
}

/* As many as there can be, in opposite orders, every other one at each side. */
static void parameters_are_matched_by_name(void **state)
{
	static struct vdev_param older[VDEV_PARAMS_MAX], newer[VDEV_PARAMS_MAX];
	static char names[2 * VDEV_PARAMS_MAX][4];
	unsigned int i;

	(void)state;
	for (i = 0; i < 2 * VDEV_PARAMS_MAX; i++)
		snprintf(names[i], sizeof(names[i]), "%03u", i % 1000);
	for (i = 0; i < VDEV_PARAMS_MAX; i++) {
		older[i] = (struct vdev_param){ .name = names[2 * i], .type = VDEV_VALUE_TYPE_BOOL };
		newer[VDEV_PARAMS_MAX - 1 - i] = (struct vdev_param){
			.name = names[2 * i + 1],
			.type = VDEV_VALUE_TYPE_BOOL,
		};
	}
	from.params = older;
	from.num_params = VDEV_PARAMS_MAX;
	to.params = newer;
	to.num_params = VDEV_PARAMS_MAX;
	judge();
	assert_int_equal(judged.num, 1 + 2 * VDEV_PARAMS_MAX);
	for (i = 0; i < 2 * VDEV_PARAMS_MAX; i++)
		assert_string_equal(judged.findings[1 + i].name, names[i]);

	to.params = older;
	judge();
	assert_int_equal(judged.num, 1 + VDEV_PARAMS_MAX);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		EXPECT_TEST(numbers_are_judged_by_the_rule),
		EXPECT_TEST(strings_and_bools_are_equal_or_not),
		EXPECT_TEST(lists_and_ranges_are_one_thing),
		EXPECT_TEST(strings_can_be_listed),
		EXPECT_TEST(a_list_does_not_soften_another_rule),
		EXPECT_TEST(a_target_without_a_value_has_its_list),
		EXPECT_TEST(a_type_s_value_can_be_chosen),
		EXPECT_TEST(without_a_list_anything_can_be_chosen),
		EXPECT_TEST(only_a_type_s_configurable_value_can_be_chosen),
		EXPECT_TEST(kinds_must_be_the_same_where_it_matters),
		EXPECT_TEST(what_can_be_chosen_can_be_left_off),
		EXPECT_TEST(parameters_of_different_models_are_not_compared),
		EXPECT_TEST(parameters_are_matched_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
