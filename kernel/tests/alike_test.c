// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what makes two endpoints be judged alike: what a judgement tells or
 * goes by, and nothing of what is only reported.
 */
#include <linux/slab.h>

#include "tests.h"

static const struct vdev_blocker blocker = { "b", "why" };

static const struct vdev_blocker other_blocker = { "b", "who" };

static const struct vdev_info info = {
	"i", { VDEV_VALUE_TYPE_U64, { .u64 = 1 } }
};

static const struct vdev_param params[] = {
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_EQUAL, 0, 0, { VDEV_VALUE_TYPE_BOOL } },
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_IGNORE, 0, 0, { VDEV_VALUE_TYPE_BOOL } },
	{ "q", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_IGNORE, 0, 0, { VDEV_VALUE_TYPE_BOOL } },
	{ "p", VDEV_VALUE_TYPE_STRING, VDEV_RULE_IGNORE, 0, 0,
	  { VDEV_VALUE_TYPE_STRING, { .string = "much longer" } } },
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_EQUAL, 0, 0,
	  { VDEV_VALUE_TYPE_BOOL, { .boolean = true } } },
};

#define PARAM(n)	{ .record = { .params = &params[n], .num_params = 1 } }

#define MODEL(m)	.record = { .model = { m } }

/* Each is held against the first. */
static const struct alike_case {
	const char *label;
	struct vdev_handle handle;
	struct vdev_facts facts;
	bool alike;
} alike_cases[] = {
	{ "same", { "b", "n" }, { MODEL("m") }, true },
	{ "name", { "other", "name", "of", "another" }, { MODEL("m") }, true },
	{ "driver", { "b", "n" }, {
		.driver = "d", .driver_version = "1", .bound_driver = "b",
		MODEL("m") }, true },
	{ "capabilities", { "b", "n" }, {
		.capabilities = VDEV_CAPABILITY_P2P, .cost = { 1, 2, 3 },
		MODEL("m") }, true },
	{ "info", { "b", "n" }, {
		.info = &info, .num_info = 1, MODEL("m") }, true },
	{ "model", { "b", "n" }, { MODEL("n") } },
	{ "longer model", { "b", "n" }, { MODEL("much longer") } },
	{ "no model", { "b", "n" } },
	{ "migration", { "b", "n" }, {
		.migration = VDEV_MIGRATION_SUPPORTED, MODEL("m") } },
	{ "blocker", { "b", "n" }, {
		.blockers = &blocker, .num_blockers = 1, MODEL("m") } },
	{ "capacity", { "b", "n" }, {
		.capacity = { VDEV_CAPACITY_STATE_BUSY }, MODEL("m") } },
};

static void alike_label(const struct alike_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(alike, alike_cases, alike_label);

static void free_blob(void *blob)
{
	vdev_blob_put(blob);
}

static const struct vdev_blob *build(struct kunit *test,
				     const struct vdev_handle *handle,
				     const struct vdev_facts *facts)
{
	struct vdev_refusal refusal = { };
	struct vdev_blob *blob;

	blob = vdev_blob_build(&refusal, "kunit", handle, facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, blob, "%s", refusal.why);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, free_blob, blob));
	return blob;
}

static void judged_facts_make_the_difference(struct kunit *test)
{
	const struct alike_case *first = &alike_cases[0], *c = test->param_value;
	const struct vdev_blob *a, *b;

	a = build(test, &first->handle, &first->facts);
	b = build(test, &c->handle, &c->facts);
	KUNIT_EXPECT_EQ(test, vdev_blob_alike(a, b), c->alike);
	KUNIT_EXPECT_EQ(test, vdev_blob_alike(b, a), c->alike);
}

static void expect_different(struct kunit *test, const struct vdev_facts *a,
			     const struct vdev_facts *b)
{
	const struct vdev_handle *handle = &alike_cases[0].handle;

	KUNIT_EXPECT_FALSE(test, vdev_blob_alike(build(test, handle, a),
						 build(test, handle, b)));
}

/* They are as long as each other, so that no length tells them apart. */
static void details_make_the_difference(struct kunit *test)
{
	static const struct vdev_facts values[] = { PARAM(0), PARAM(4) };
	static const struct vdev_facts rules[] = { PARAM(0), PARAM(1) };
	static const struct vdev_facts names[] = { PARAM(1), PARAM(2) };
	static const struct vdev_facts states[] = {
		{ .capacity = { VDEV_CAPACITY_STATE_SUFFICIENT, 1, 4 } },
		{ .capacity = { VDEV_CAPACITY_STATE_SUFFICIENT, 2, 4 } },
	};
	static const struct vdev_facts reasons[] = {
		{ .blockers = &blocker, .num_blockers = 1 },
		{ .blockers = &other_blocker, .num_blockers = 1 },
	};

	expect_different(test, &values[0], &values[1]);
	expect_different(test, &rules[0], &rules[1]);
	expect_different(test, &names[0], &names[1]);
	expect_different(test, &states[0], &states[1]);
	expect_different(test, &reasons[0], &reasons[1]);
}

static void ignored_values_make_none(struct kunit *test)
{
	static const struct vdev_facts facts[] = { PARAM(1), PARAM(3) };
	const struct vdev_handle *handle = &alike_cases[0].handle;
	const struct vdev_blob *a = build(test, handle, &facts[0]);
	const struct vdev_blob *b = build(test, handle, &facts[1]);

	KUNIT_EXPECT_FALSE(test, vdev_blob_same(a, b));
	KUNIT_EXPECT_TRUE(test, vdev_blob_alike(a, b));
	KUNIT_EXPECT_TRUE(test, vdev_blob_alike(b, a));
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(judged_facts_make_the_difference, alike_gen_params),
	KUNIT_CASE(details_make_the_difference),
	KUNIT_CASE(ignored_values_make_none),
	{ }
};

struct kunit_suite vdev_alike_suite = {
	.name = "vdev-alike",
	.test_cases = cases,
};
