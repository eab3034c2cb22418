// SPDX-License-Identifier: GPL-2.0
/* The judgement of the strings that identify an endpoint: interface, model, type. */
#include "test.h"

#include "expect.h"

static const char *const accepted[] = { "n", "o" };

struct ident_case {
	uint32_t field;
	struct vdev_ident *from;
	struct vdev_ident *to;
	uint32_t code;
	uint32_t rule;
};

/* What holds for each of the three strings; their defaults differ. */
static const struct ident_case idents[] = {
	{ VDEV_FIELD_DEVICE_API, &from.device_api, &to.device_api, VDEV_CODE_DEVICE_API,
	  VDEV_RULE_EQUAL },
	{ VDEV_FIELD_MODEL, &from.model, &to.model, VDEV_CODE_MODEL, VDEV_RULE_ONE_OF },
	{ VDEV_FIELD_TYPE, &from.type, &to.type, VDEV_CODE_TYPE, VDEV_RULE_EQUAL },
};

#define FOR_EACH_IDENT(c) \
	for (const struct ident_case *c = idents; c < idents + TEST_ARRAY_SIZE(idents); c++)

static void the_same_string_passes(void **state)
{
	const struct vdev_finding *finding;

	(void)state;
	FOR_EACH_IDENT(c) {
		c->from->value = "m";
		c->to->value = "m";
		finding = expect(c->field, NULL, VDEV_CODE_SAME);
		assert_int_equal(finding->rule, c->rule);
		expect_values(finding, "m", "m");
	}
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void a_string_is_compared_byte_for_byte(void **state)
{
	static const char *const others[] = { "M", "m ", " m", "mm", "m\xc2\xa0" };
	size_t i;

	(void)state;
	FOR_EACH_IDENT(c) {
		c->from->value = "m";
		for (i = 0; i < TEST_ARRAY_SIZE(others); i++) {
			c->to->value = others[i];
			expect_values(expect(c->field, NULL, c->code), "m", others[i]);
			expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
		}
		fresh(state);
	}
}

static void a_string_that_is_accepted_passes(void **state)
{
	(void)state;
	FOR_EACH_IDENT(c) {
		c->from->value = "o";
		*c->to = (struct vdev_ident){ "m", VDEV_RULE_ONE_OF, accepted, 2 };
		expect(c->field, NULL, VDEV_CODE_ACCEPTED);
		expect_verdict(VDEV_VERDICT_COMPATIBLE);
		c->from->value = "p";
		expect(c->field, NULL, c->code);
		fresh(state);
	}
}

static void equal_looks_at_no_list(void **state)
{
	(void)state;
	FOR_EACH_IDENT(c) {
		c->from->value = "o";
		*c->to = (struct vdev_ident){ "m", VDEV_RULE_EQUAL, accepted, 2 };
		expect(c->field, NULL, c->code);
	}
}

static void what_is_accepted_decides_for_the_default(void **state)
{
	(void)state;
	FOR_EACH_IDENT(c) {
		c->from->value = "o";
		*c->to = (struct vdev_ident){ "m", 0, accepted, 2 };
	}
	expect(VDEV_FIELD_DEVICE_API, NULL, VDEV_CODE_DEVICE_API);
	expect(VDEV_FIELD_MODEL, NULL, VDEV_CODE_ACCEPTED);
	assert_int_equal(expect(VDEV_FIELD_TYPE, NULL, VDEV_CODE_ACCEPTED)->rule, VDEV_RULE_ONE_OF);
}

static void a_string_can_be_ignored(void **state)
{
	(void)state;
	FOR_EACH_IDENT(c) {
		*c->to = (struct vdev_ident){ .value = "m", .rule = VDEV_RULE_IGNORE };
		expect_values(expect(c->field, NULL, VDEV_CODE_IGNORED), NULL, "m");
		c->from->value = "o";
		expect_values(expect(c->field, NULL, VDEV_CODE_IGNORED), "o", "m");
	}
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void the_source_s_rule_does_not_matter(void **state)
{
	(void)state;
	FOR_EACH_IDENT(c) {
		*c->from = (struct vdev_ident){ "m", VDEV_RULE_IGNORE, NULL, 0 };
		c->to->value = "n";
		expect(c->field, NULL, c->code);
	}
}

static void a_source_that_is_silent_fails_or_not(void **state)
{
	(void)state;
	FOR_EACH_IDENT(c) {
		c->to->value = "m";
		source.migration = VDEV_MIGRATION_SUPPORTED;
		expect_values(expect(c->field, NULL, VDEV_CODE_MISSING), NULL, "m");
		source.migration = VDEV_MIGRATION_UNSUPPORTED;
		expect(c->field, NULL, VDEV_CODE_MISSING);
		source.migration = VDEV_MIGRATION_UNDECLARED;
		expect(c->field, NULL, VDEV_CODE_NOT_REPORTED);
	}
	expect_verdict(VDEV_VERDICT_UNDECLARED);
}

static void a_target_that_is_silent_fails_or_not(void **state)
{
	const struct vdev_finding *finding;

	(void)state;
	from.device_api.value = "m";
	from.model.value = "m";
	finding = expect(VDEV_FIELD_DEVICE_API, NULL, VDEV_CODE_MISSING);
	assert_int_equal(finding->rule, 0);
	expect_values(finding, "m", NULL);
	expect(VDEV_FIELD_MODEL, NULL, VDEV_CODE_MISSING);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_DEVICE_API, NULL, VDEV_CODE_NOT_REPORTED);
	expect(VDEV_FIELD_MODEL, NULL, VDEV_CODE_NOT_REPORTED);
	expect_verdict(VDEV_VERDICT_UNDECLARED);
}

static void a_target_without_types_asks_for_none(void **state)
{
	(void)state;
	from.type.value = "t";
	expect(VDEV_FIELD_TYPE, NULL, VDEV_CODE_NOT_REPORTED);
	expect_verdict(VDEV_VERDICT_COMPATIBLE);
}

static void models_are_listed_in_order_of_preference(void **state)
{
	(void)state;
	to.model = (struct vdev_ident){ "m", 0, accepted, 2 };
	from.model.value = "m";
	judge();
	assert_int_equal(judged.check.rank.preference, 0);
	from.model.value = "n";
	judge();
	assert_int_equal(judged.check.rank.preference, 1);
	from.model.value = "o";
	judge();
	assert_int_equal(judged.check.rank.preference, 2);
	to.model.rule = VDEV_RULE_IGNORE;
	judge();
	assert_int_equal(judged.check.rank.preference, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		EXPECT_TEST(the_same_string_passes),
		EXPECT_TEST(a_string_is_compared_byte_for_byte),
		EXPECT_TEST(a_string_that_is_accepted_passes),
		EXPECT_TEST(equal_looks_at_no_list),
		EXPECT_TEST(what_is_accepted_decides_for_the_default),
		EXPECT_TEST(a_string_can_be_ignored),
		EXPECT_TEST(the_source_s_rule_does_not_matter),
		EXPECT_TEST(a_source_that_is_silent_fails_or_not),
		EXPECT_TEST(a_target_that_is_silent_fails_or_not),
		EXPECT_TEST(a_target_without_types_asks_for_none),
		EXPECT_TEST(models_are_listed_in_order_of_preference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
