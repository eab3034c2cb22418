// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what a profile is for: patterns, the endpoints that it matches,
 * and which of two takes precedence.
 */
#include "core/match.h"
#include "tests.h"

struct pattern_case {
	const char *pattern;
	const char *string;
	bool match;
};

static const struct pattern_case pattern_cases[] = {
	{ "", "", true },
	{ "", "a" },
	{ "a", "" },
	{ "abc", "abc", true },
	{ "abc", "abd" },
	{ "abc", "abcd" },
	{ "abc", "ab" },
	{ "?", "a", true },
	{ "?", "" },
	{ "a?c", "abc", true },
	{ "a?c", "ac" },
	{ "*", "", true },
	{ "*", "anything", true },
	{ "a*", "a", true },
	{ "a*", "ba" },
	{ "*a", "bca", true },
	{ "*a", "bcab" },
	{ "a*b*c", "a1b2b3c", true },
	{ "a*b*c", "a1b2b3" },
	{ "**", "x", true },
	{ "*?", "" },
	{ "*?", "x", true },
	{ "?*?", "x" },
	{ "mtty-*", "mtty-2", true },
	{ "mtty-?", "mtty-12" },
	{ "[a]", "a" },
	{ "[a]", "[a]", true },
	{ "\\*", "\\anything", true },
	{ "*aab", "aaaaaab", true },
};

static void pattern_label(const struct pattern_case *c, char *label)
{
	snprintf(label, KUNIT_PARAM_DESC_SIZE, "%s on %s", c->pattern,
		 c->string);
}

KUNIT_ARRAY_PARAM(pattern, pattern_cases, pattern_label);

static void a_pattern_matches_whole_strings(struct kunit *test)
{
	const struct pattern_case *c = test->param_value;

	KUNIT_EXPECT_EQ(test, vdev_pattern_match(c->pattern, c->string),
			c->match);
}

/* The worst that the bounds allow ends soon. */
static void the_worst_pattern_ends(struct kunit *test)
{
	char *pattern = vdev_test_string(test, '*', VDEV_STRING_LEN);
	char *string = vdev_test_string(test, 'a', VDEV_STRING_LEN);
	unsigned int i;

	for (i = 1; i < VDEV_STRING_LEN; i += 2)
		pattern[i] = 'a';
	pattern[VDEV_STRING_LEN - 1] = 'b';
	KUNIT_EXPECT_FALSE(test, vdev_pattern_match(pattern, string));
}

static const struct vdev_scope endpoint = { "mdev", "mtty", "mtty-1" };
static const struct vdev_scope unknown = { "mdev", NULL, NULL };

static void what_is_not_given_matches_any(struct kunit *test)
{
	const struct vdev_scope bus = { .bus = "mdev" };
	const struct vdev_scope driver = { .driver = "mtty" };
	const struct vdev_scope type = { .type = "mtty-?" };
	const struct vdev_scope all = { "mdev", "mtty", "mtty-*" };

	KUNIT_EXPECT_TRUE(test, vdev_scope_matches(&bus, &endpoint));
	KUNIT_EXPECT_TRUE(test, vdev_scope_matches(&driver, &endpoint));
	KUNIT_EXPECT_TRUE(test, vdev_scope_matches(&type, &endpoint));
	KUNIT_EXPECT_TRUE(test, vdev_scope_matches(&all, &endpoint));
	KUNIT_EXPECT_TRUE(test, vdev_scope_matches(&bus, &unknown));
}

static void all_that_is_given_must_hold(struct kunit *test)
{
	const struct vdev_scope bus = { "vdpa", "mtty", "mtty-1" };
	const struct vdev_scope driver = { "mdev", "mttyx", "mtty-1" };
	const struct vdev_scope type = { "mdev", "mtty", "mtty" };
	const struct vdev_scope any_type = { .type = "*" };

	KUNIT_EXPECT_FALSE(test, vdev_scope_matches(&bus, &endpoint));
	KUNIT_EXPECT_FALSE(test, vdev_scope_matches(&driver, &endpoint));
	KUNIT_EXPECT_FALSE(test, vdev_scope_matches(&type, &endpoint));
	KUNIT_EXPECT_FALSE(test, vdev_scope_matches(&driver, &unknown));
	KUNIT_EXPECT_FALSE(test, vdev_scope_matches(&any_type, &unknown));
}

/* Each takes precedence over the next. */
static const struct vdev_scope ordered[] = {
	{ "mdev", "mtty", "mtty-2" },
	{ "mdev", "mtty", "mtty-?" },
	{ "mdev", "mtty", "mtty-*?" },
	{ "mdev", "mtty", "*2" },
	{ "mdev", "mtty", "*" },
	{ NULL, "mtty", "a-much-longer-type" },
	{ NULL, "mtty", "mtty-2" },
	{ "mdev", "mtty", NULL },
	{ NULL, NULL, "mtty-2" },
	{ "mdev", NULL, NULL },
};

static void the_more_specific_takes_precedence(struct kunit *test)
{
	unsigned int i, j;
	int order;

	for (i = 0; i < ARRAY_SIZE(ordered); i++) {
		for (j = 0; j < ARRAY_SIZE(ordered); j++) {
			order = vdev_scope_compare(&ordered[i], &ordered[j]);
			KUNIT_EXPECT_EQ_MSG(test, order < 0, i < j, "%u %u", i,
					    j);
			KUNIT_EXPECT_EQ_MSG(test, order > 0, i > j, "%u %u", i,
					    j);
		}
	}
}

static void equally_specific_ones_are_equal(struct kunit *test)
{
	const struct vdev_scope a = { "mdev", NULL, "a?" };
	const struct vdev_scope b = { NULL, "other", "*b" };

	KUNIT_EXPECT_EQ(test, vdev_scope_compare(&a, &b), 0);
	KUNIT_EXPECT_EQ(test, vdev_scope_compare(&a, &a), 0);
}

static struct kunit_case match_cases[] = {
	KUNIT_CASE_PARAM(a_pattern_matches_whole_strings, pattern_gen_params),
	KUNIT_CASE(the_worst_pattern_ends),
	KUNIT_CASE(what_is_not_given_matches_any),
	KUNIT_CASE(all_that_is_given_must_hold),
	KUNIT_CASE(the_more_specific_takes_precedence),
	KUNIT_CASE(equally_specific_ones_are_equal),
	{ }
};

struct kunit_suite vdev_match_suite = {
	.name = "vdev-match",
	.test_cases = match_cases,
};
