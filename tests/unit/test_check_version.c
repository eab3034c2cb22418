// SPDX-License-Identifier: GPL-2.0
/* The judgement of the version of the state stream, and of the device version. */
#include "test.h"

#include "expect.h"

static struct vdev_software_version from_software, to_software;

static void software(uint32_t rule, const struct vdev_semver *older, const struct vdev_semver *newer)
{
	from_software = (struct vdev_software_version){ .value = *older };
	to_software = (struct vdev_software_version){ .value = *newer, .rule = rule };
	from.software_version = &from_software;
	to.software_version = &to_software;
}

struct software_case {
	struct vdev_semver from;
	struct vdev_semver to;
	uint32_t code;
};

static void expect_software(uint32_t rule, const struct software_case *cases, size_t num)
{
	size_t i;

	for (i = 0; i < num; i++) {
		software(rule, &cases[i].from, &cases[i].to);
		expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, cases[i].code);
	}
}

static void semver_wants_the_major_and_no_less_than_the_minor(void **state)
{
	static const struct software_case cases[] = {
		{ { 1, 2, 3 }, { 1, 2, 3 }, VDEV_CODE_SAME },
		{ { 1, 2, 3 }, { 1, 2, 0 }, VDEV_CODE_ACCEPTED },
		{ { 1, 2, 3 }, { 1, 2, 4 }, VDEV_CODE_ACCEPTED },
		{ { 1, 2, 3 }, { 1, 3, 0 }, VDEV_CODE_ACCEPTED },
		{ { 1, 2, 3 }, { 1, 1, 9 }, VDEV_CODE_VERSION_MINOR },
		{ { 1, 2, 3 }, { 2, 2, 3 }, VDEV_CODE_VERSION_MAJOR },
		{ { 1, 2, 3 }, { 0, 2, 3 }, VDEV_CODE_VERSION_MAJOR },
		{ { 0, 0, 0 }, { 0, 0, 0 }, VDEV_CODE_SAME },
		{ { 1, UINT32_MAX, 0 }, { 1, 0, 0 }, VDEV_CODE_VERSION_MINOR },
		{ { UINT32_MAX, 0, 0 }, { UINT32_MAX, UINT32_MAX, 0 }, VDEV_CODE_ACCEPTED },
	};

	(void)state;
	expect_software(0, cases, TEST_ARRAY_SIZE(cases));
	expect_software(VDEV_RULE_SEMVER, cases, TEST_ARRAY_SIZE(cases));
}

static void equal_wants_all_three_numbers(void **state)
{
	static const struct software_case cases[] = {
		{ { 1, 2, 3 }, { 1, 2, 3 }, VDEV_CODE_SAME },
		{ { 1, 2, 3 }, { 1, 2, 4 }, VDEV_CODE_VERSION_DIFFERS },
		{ { 1, 2, 3 }, { 1, 3, 3 }, VDEV_CODE_VERSION_DIFFERS },
		{ { 1, 2, 3 }, { 2, 2, 3 }, VDEV_CODE_VERSION_DIFFERS },
	};

	(void)state;
	expect_software(VDEV_RULE_EQUAL, cases, TEST_ARRAY_SIZE(cases));
}

static void a_version_can_be_ignored(void **state)
{
	static const struct software_case cases[] = {
		{ { 1, 2, 3 }, { 1, 2, 3 }, VDEV_CODE_IGNORED },
		{ { 1, 2, 3 }, { 9, 0, 0 }, VDEV_CODE_IGNORED },
	};

	(void)state;
	expect_software(VDEV_RULE_IGNORE, cases, TEST_ARRAY_SIZE(cases));
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

struct range_case {
	struct vdev_semver from;
	uint32_t under_semver;
	uint32_t under_range;
};

/* The target is 3.1.0 and accepts 2.0.2-2.0.4 and 2.1.0-. */
static void ranges_compare_all_three_numbers(void **state)
{
	static const struct vdev_semver_range ranges[] = {
		{ { 2, 0, 2 }, { 2, 0, 4 }, false },
		{ { 2, 1, 0 }, { 0, 0, 0 }, true },
	};
	static const struct range_case cases[] = {
		{ { 2, 0, 1 }, VDEV_CODE_VERSION_MAJOR, VDEV_CODE_VERSION_RANGE },
		{ { 2, 0, 2 }, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED },
		{ { 2, 0, 4 }, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED },
		{ { 2, 0, 5 }, VDEV_CODE_VERSION_MAJOR, VDEV_CODE_VERSION_RANGE },
		{ { 2, 1, 0 }, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED },
		{ { 3, 0, 0 }, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED },
		{ { 3, 1, 0 }, VDEV_CODE_SAME, VDEV_CODE_SAME },
		{ { 9, 0, 0 }, VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED },
		{ { 1, 9, 9 }, VDEV_CODE_VERSION_MAJOR, VDEV_CODE_VERSION_RANGE },
	};
	static const struct vdev_semver own = { 3, 1, 0 };
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(cases); i++) {
		software(VDEV_RULE_SEMVER, &cases[i].from, &own);
		to_software.accept = ranges;
		to_software.num_accept = 2;
		expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, cases[i].under_semver);
		to_software.rule = VDEV_RULE_RANGE;
		expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, cases[i].under_range);
		to_software.rule = VDEV_RULE_EQUAL;
		expect(VDEV_FIELD_SOFTWARE_VERSION, NULL,
		       i == 6 ? VDEV_CODE_SAME : VDEV_CODE_VERSION_DIFFERS);
	}
}

static void a_closed_range_keeps_a_newer_minor_out_under_range_alone(void **state)
{
	static const struct vdev_semver_range range = { { 1, 0, 0 }, { 1, 0, 9 }, false };
	static const struct vdev_semver older = { 1, 1, 0 }, own = { 1, 2, 0 };

	(void)state;
	software(VDEV_RULE_SEMVER, &older, &own);
	to_software.accept = &range;
	to_software.num_accept = 1;
	expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, VDEV_CODE_ACCEPTED);
	to_software.rule = VDEV_RULE_RANGE;
	expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, VDEV_CODE_VERSION_RANGE);
}

static void versions_are_shown_as_text(void **state)
{
	static const struct vdev_semver small = { 0, 2, 30 };
	static const struct vdev_semver large = { UINT32_MAX, UINT32_MAX, UINT32_MAX };
	static const char large_text[] = "4294967295.4294967295.4294967295";

	(void)state;
	software(0, &small, &large);
	expect_values(expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, VDEV_CODE_VERSION_MAJOR),
		      "0.2.30", large_text);
	from.software_version = NULL;
	expect_values(expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, VDEV_CODE_MISSING), NULL,
		      large_text);
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, VDEV_CODE_NOT_REPORTED);
}

static void a_target_without_a_software_version_fails_or_not(void **state)
{
	static const struct vdev_semver version = { 1, 2, 3 };

	(void)state;
	software(0, &version, &version);
	to.software_version = NULL;
	expect_values(expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, VDEV_CODE_MISSING), "1.2.3", NULL);
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_SOFTWARE_VERSION, NULL, VDEV_CODE_NOT_REPORTED);
}

#define CREATE	VDEV_VERSION_FLAG_CREATE
#define ACCEPT	VDEV_VERSION_FLAG_ACCEPT
#define DEFAULT	(VDEV_VERSION_FLAG_DEFAULT | VDEV_VERSION_FLAG_CREATE)
#define CURRENT	VDEV_VERSION_FLAG_CURRENT

static void versions(struct vdev_record *record, const struct vdev_version *list, unsigned int num)
{
	record->versions = list;
	record->num_versions = num;
}

/* C takes A, B and C; B and C can be created. */
static void what_can_be_created_and_accepted_are_two_sets(void **state)
{
	static const struct vdev_version list[] = {
		{ "A", ACCEPT }, { "B", CREATE | ACCEPT }, { "C", DEFAULT | ACCEPT },
		{ "D", CREATE },
	};
	static const struct vdev_version use[] = {
		{ "A", CURRENT }, { "B", CURRENT }, { "C", CURRENT }, { "D", CURRENT },
		{ "E", CURRENT },
	};
	static const uint32_t codes[] = {
		VDEV_CODE_ACCEPTED, VDEV_CODE_ACCEPTED, VDEV_CODE_SAME,
		VDEV_CODE_VERSION_NOT_ACCEPTED, VDEV_CODE_VERSION_NOT_ACCEPTED,
	};
	size_t i;

	(void)state;
	versions(&to, list, 4);
	for (i = 0; i < TEST_ARRAY_SIZE(use); i++) {
		versions(&from, &use[i], 1);
		expect_values(expect(VDEV_FIELD_VERSION, NULL, codes[i]), use[i].name, "C");
	}
}

static void the_current_version_takes_precedence(void **state)
{
	static const struct vdev_version list[] = { { "A", CURRENT }, { "B", DEFAULT | ACCEPT } };
	static const struct vdev_version turned[] = { { "B", DEFAULT | ACCEPT }, { "A", CURRENT } };

	(void)state;
	versions(&from, list, 2);
	versions(&to, turned, 2);
	expect_values(expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_SAME), "A", "A");
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void equal_wants_the_version_in_use(void **state)
{
	static const struct vdev_version list[] = { { "A", ACCEPT }, { "B", DEFAULT | ACCEPT } };
	static const struct vdev_version a = { "A", CURRENT }, b = { "B", CURRENT };

	(void)state;
	versions(&to, list, 2);
	to.versions_rule = VDEV_RULE_EQUAL;
	versions(&from, &a, 1);
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_VERSION_DIFFERS);
	versions(&from, &b, 1);
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_SAME);
	versions(&from, &a, 1);
	to.versions_rule = VDEV_RULE_IGNORE;
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_IGNORED);
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void versions_none_of_which_is_in_use(void **state)
{
	static const struct vdev_version list = { "A", ACCEPT };
	static const struct vdev_version use = { "A", CURRENT };

	(void)state;
	versions(&from, &list, 1);
	versions(&to, &list, 1);
	expect(VDEV_FIELD_VERSION, NULL, 0);
	expect_verdict(VDEV_VERDICT_IDENTICAL);

	versions(&from, &use, 1);
	expect_values(expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_ACCEPTED), "A", NULL);
	to.versions_rule = VDEV_RULE_EQUAL;
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_VERSION_DIFFERS);

	versions(&from, &list, 1);
	versions(&to, &use, 1);
	expect_values(expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_MISSING), NULL, "A");
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_NOT_REPORTED);
}

static void a_target_without_versions_fails_or_not(void **state)
{
	static const struct vdev_version use = { "A", CURRENT };

	(void)state;
	versions(&from, &use, 1);
	expect_values(expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_MISSING), "A", NULL);
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_VERSION, NULL, VDEV_CODE_NOT_REPORTED);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		EXPECT_TEST(semver_wants_the_major_and_no_less_than_the_minor),
		EXPECT_TEST(equal_wants_all_three_numbers),
		EXPECT_TEST(a_version_can_be_ignored),
		EXPECT_TEST(ranges_compare_all_three_numbers),
		EXPECT_TEST(a_closed_range_keeps_a_newer_minor_out_under_range_alone),
		EXPECT_TEST(versions_are_shown_as_text),
		EXPECT_TEST(a_target_without_a_software_version_fails_or_not),
		EXPECT_TEST(what_can_be_created_and_accepted_are_two_sets),
		EXPECT_TEST(the_current_version_takes_precedence),
		EXPECT_TEST(equal_wants_the_version_in_use),
		EXPECT_TEST(versions_none_of_which_is_in_use),
		EXPECT_TEST(a_target_without_versions_fails_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
