// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the generation: each visible change moves it by one, nothing else
 * does, and an endpoint is seen together with the generation at which it was so.
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

static struct vdev_endpoint *see(struct vdev_view *view)
{
	const struct vdev_key key = { VDEV_IS_DEVICE, 0, { "kunit", "a" } };
	struct vdev_endpoint *endpoint;

	rcu_read_lock();
	endpoint = vdev_see_rcu(view, &key);
	rcu_read_unlock();
	return endpoint;
}

static struct vdev_endpoint *see_next(struct vdev_view *view, u32 id)
{
	struct vdev_endpoint *endpoint;
	struct vdev_walk walk;

	rcu_read_lock();
	vdev_walk_begin(&walk, VDEV_IS_DEVICE, id);
	endpoint = vdev_walk_next_rcu(&walk, view);
	rcu_read_unlock();
	return endpoint;
}

/* Every reader finds the endpoint as it was made by that change. */
static void expect_seen(struct kunit *test, struct vdev_endpoint *endpoint,
			u64 generation)
{
	struct vdev_view by_name, next;

	KUNIT_EXPECT_EQ(test, vdev_generation(), generation);
	KUNIT_EXPECT_PTR_EQ(test, see(&by_name), endpoint);
	KUNIT_EXPECT_PTR_EQ(test, see_next(&next, endpoint->id), endpoint);
	KUNIT_EXPECT_EQ(test, by_name.generation, generation);
	KUNIT_EXPECT_EQ(test, by_name.snapshot, generation);
	KUNIT_EXPECT_EQ(test, next.generation, generation);
	KUNIT_EXPECT_EQ(test, next.snapshot, generation);
}

static void each_change_moves_it_by_one(struct kunit *test)
{
	u64 before = vdev_generation();
	struct vdev_endpoint *a = add(test);

	expect_seen(test, a, before + 1);
	vdev_update(a, &some_facts);
	expect_seen(test, a, before + 2);
	mutex_lock(&vdev_registry_lock);
	vdev_stale_locked(a, true);
	vdev_stale_locked(a, false);
	mutex_unlock(&vdev_registry_lock);
	expect_seen(test, a, before + 4);
	vdev_unregister(a);
	KUNIT_EXPECT_EQ(test, vdev_generation(), before + 5);
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
	KUNIT_EXPECT_EQ(test, vdev_generation(), before);
}

/* That nothing is there, was so at some generation, too. */
static void what_is_not_there_has_a_snapshot(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	u32 id = a->id;
	struct vdev_view view;

	vdev_unregister(a);
	KUNIT_EXPECT_NULL(test, see(&view));
	KUNIT_EXPECT_EQ(test, view.snapshot, vdev_generation());
	view.snapshot = 0;
	KUNIT_EXPECT_NULL(test, see_next(&view, id));
	KUNIT_EXPECT_EQ(test, view.snapshot, vdev_generation());
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_change_moves_it_by_one),
	KUNIT_CASE(what_changes_nothing_does_not_move_it),
	KUNIT_CASE(what_is_not_there_has_a_snapshot),
	{ }
};

struct kunit_suite vdev_generation_suite = {
	.name = "vdev-generation",
	.init = setup,
	.test_cases = cases,
};
