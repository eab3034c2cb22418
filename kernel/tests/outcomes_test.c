// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what a find keeps of contracts: what it has found out, of those that are
 * shared, within its bounds.
 */
#include <linux/slab.h>

#include "codec/contract.h"
#include "netlink/outcomes.h"
#include "tests.h"

/* More than there is room for. */
#define MANY	5000

static const char answer[4096] = "answer";

static struct vdev_contract contract_of(u64 number, int refs)
{
	struct vdev_contract contract = { .number = number };

	refcount_set(&contract.refs, refs);
	return contract;
}

static void keep(struct vdev_outcomes *outcomes, u64 number, u32 verdict, const void *data,
		 u32 len)
{
	const struct vdev_contract contract = contract_of(number, 2);

	vdev_outcomes_keep(outcomes, &contract, verdict, data, len);
}

static const struct vdev_outcome *find(const struct vdev_outcomes *outcomes, u64 number)
{
	const struct vdev_contract contract = contract_of(number, 2);

	return vdev_outcomes_find(outcomes, &contract);
}

static int setup(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct vdev_outcomes), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

static void teardown(struct kunit *test)
{
	if (test->priv)
		vdev_outcomes_free(test->priv);
}

static void what_is_kept_is_found(struct kunit *test)
{
	const struct vdev_outcome *outcome;

	KUNIT_EXPECT_NULL(test, find(test->priv, 1));
	keep(test->priv, 1, VDEV_VERDICT_COMPATIBLE, answer, 7);
	keep(test->priv, 2, VDEV_VERDICT_INCOMPATIBLE, NULL, 7);
	KUNIT_EXPECT_NULL(test, find(test->priv, 3));

	outcome = find(test->priv, 1);
	KUNIT_ASSERT_NOT_NULL(test, outcome);
	KUNIT_EXPECT_EQ(test, outcome->verdict, VDEV_VERDICT_COMPATIBLE);
	KUNIT_ASSERT_EQ(test, outcome->len, 7);
	KUNIT_EXPECT_MEMEQ(test, outcome->answer, answer, 7);

	outcome = find(test->priv, 2);
	KUNIT_ASSERT_NOT_NULL(test, outcome);
	KUNIT_EXPECT_EQ(test, outcome->verdict, VDEV_VERDICT_INCOMPATIBLE);
	KUNIT_EXPECT_NULL(test, outcome->answer);
}

/* Nobody else will ask for it. */
static void what_is_not_shared_is_not_kept(struct kunit *test)
{
	const struct vdev_contract alone = contract_of(1, 1);

	vdev_outcomes_keep(test->priv, &alone, VDEV_VERDICT_IDENTICAL, answer, 7);
	KUNIT_EXPECT_NULL(test, find(test->priv, 1));
}

static void many_are_found_within_bounds(struct kunit *test)
{
	struct vdev_outcomes *outcomes = test->priv;
	unsigned int i, found = 0;

	/* Their places are not in order. */
	for (i = 1; i <= MANY; i++)
		keep(outcomes, i * 0x10001ull, i, NULL, 0);
	for (i = 1; i <= MANY; i++) {
		const struct vdev_outcome *outcome = find(outcomes, i * 0x10001ull);

		found += !!outcome;
		if (outcome)
			KUNIT_EXPECT_EQ(test, outcome->verdict, i);
	}
	KUNIT_EXPECT_EQ(test, found, 3072);
	KUNIT_EXPECT_EQ(test, outcomes->used, found);
	KUNIT_EXPECT_EQ(test, outcomes->size, 4096);
}

static void answers_have_bounds(struct kunit *test)
{
	struct vdev_outcomes *outcomes = test->priv;
	unsigned int i, answers = 0;

	keep(outcomes, 1, VDEV_VERDICT_COMPATIBLE, answer, 2049);
	KUNIT_ASSERT_NOT_NULL(test, find(outcomes, 1));
	KUNIT_EXPECT_NULL(test, find(outcomes, 1)->answer);
	for (i = 2; i < 100; i++) {
		keep(outcomes, i, VDEV_VERDICT_COMPATIBLE, answer, 2048);
		KUNIT_ASSERT_NOT_NULL(test, find(outcomes, i));
		answers += !!find(outcomes, i)->answer;
	}
	KUNIT_EXPECT_EQ(test, answers, 32);
	KUNIT_EXPECT_EQ(test, outcomes->kept, 65536);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(what_is_kept_is_found),
	KUNIT_CASE(what_is_not_shared_is_not_kept),
	KUNIT_CASE(many_are_found_within_bounds),
	KUNIT_CASE(answers_have_bounds),
	{ }
};

struct kunit_suite vdev_outcomes_suite = {
	.name = "vdev-outcomes",
	.init = setup,
	.exit = teardown,
	.test_cases = cases,
};
