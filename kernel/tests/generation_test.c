// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the generation: each visible change moves it by one, nothing else
 * does, and who reads meanwhile learns of it.
 */
#include <linux/err.h>

#include "tests.h"

static const struct vdev_facts no_facts;
static const struct vdev_facts some_facts = { .driver = "kunit" };

static int setup(struct kunit *test)
{
	test->priv = vdev_test_provider(test, "kunit", NULL);
	return 0;
}

static struct vdev_endpoint *add(struct kunit *test)
{
	return vdev_test_device(test, test->priv, "a", &no_facts, NULL);
}

static void expect_still(struct kunit *test, u64 generation)
{
	KUNIT_EXPECT_EQ(test, vdev_generation(), generation);
	KUNIT_EXPECT_FALSE(test, vdev_generation_moved(generation));
}

/* By exactly one, since that one. */
static void expect_moved(struct kunit *test, u64 generation)
{
	KUNIT_EXPECT_EQ(test, vdev_generation(), generation + 1);
	KUNIT_EXPECT_TRUE(test, vdev_generation_moved(generation));
	KUNIT_EXPECT_FALSE(test, vdev_generation_moved(generation + 1));
}

static void each_change_moves_it_by_one(struct kunit *test)
{
	u64 before = vdev_generation();
	struct vdev_endpoint *a = add(test);

	expect_moved(test, before);
	KUNIT_EXPECT_EQ(test, a->generation, before + 1);
	vdev_update(a, &some_facts);
	expect_moved(test, before + 1);
	KUNIT_EXPECT_EQ(test, a->generation, before + 2);
	mutex_lock(&vdev_registry_lock);
	vdev_stale_locked(a, true);
	vdev_stale_locked(a, false);
	mutex_unlock(&vdev_registry_lock);
	expect_moved(test, before + 3);
	vdev_unregister(a);
	expect_moved(test, before + 4);
}

static void what_changes_nothing_does_not_move_it(struct kunit *test)
{
	const struct vdev_handle handle = { .bus = "kunit", .name = "a" };
	const struct vdev_facts bad = { .migration = 99 };
	struct vdev_endpoint *a = add(test);
	u64 before = vdev_generation();

	vdev_update(a, &no_facts);
	vdev_update(a, &bad);
	KUNIT_EXPECT_TRUE(test, IS_ERR(vdev_device_register(test->priv, &handle,
							    &some_facts,
							    NULL)));
	expect_still(test, before);
}

/* Nobody relies on what is read while a change is being made. */
static void it_has_moved_for_who_began_before(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	u64 before = vdev_generation();
	struct vdev_view view;

	rcu_read_lock();
	vdev_view_of(&view, a);
	rcu_read_unlock();
	KUNIT_EXPECT_FALSE(test, vdev_generation_moved(before));
	vdev_update(a, &some_facts);
	KUNIT_EXPECT_TRUE(test, vdev_generation_moved(before));
	/* Also of a generation that is still to come. */
	KUNIT_EXPECT_TRUE(test, vdev_generation_moved(before + 2));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_change_moves_it_by_one),
	KUNIT_CASE(what_changes_nothing_does_not_move_it),
	KUNIT_CASE(it_has_moved_for_who_began_before),
	{ }
};

struct kunit_suite vdev_generation_suite = {
	.name = "vdev-generation",
	.init = setup,
	.test_cases = cases,
};
