// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of pins and views: an endpoint that is pinned stays while it is being
 * unregistered, and what a reader holds of it never changes.
 */
#include <linux/delay.h>
#include <linux/err.h>

#include "tests.h"

static const struct vdev_facts no_facts;

static int setup(struct kunit *test)
{
	test->priv = vdev_test_provider(test, "kunit", NULL);
	return 0;
}

static struct vdev_endpoint *add(struct kunit *test)
{
	return vdev_test_device(test, test->priv, "a", &no_facts, NULL);
}

static struct vdev_endpoint *find_view(struct vdev_view *view)
{
	const struct vdev_key key = { VDEV_IS_DEVICE, 0, { "kunit", "a" } };

	return vdev_view_find(view, &key);
}

static void unregistering_waits_for_a_pin(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	struct vdev_test_end *end;

	rcu_read_lock();
	KUNIT_EXPECT_TRUE(test, vdev_endpoint_pin(a));
	rcu_read_unlock();
	end = vdev_test_begin_end(test, a);
	while (vdev_test_find("a"))
		usleep_range(2000, 4000);
	msleep(50);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(end->done));
	KUNIT_EXPECT_STREQ(test, a->handle.name, "a");
	vdev_endpoint_unpin(a);
	vdev_test_expect_end(test, end);
}

static void unregistering_waits_for_the_last_pin(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	struct vdev_test_end *end;

	rcu_read_lock();
	KUNIT_EXPECT_TRUE(test, vdev_endpoint_pin(a));
	KUNIT_EXPECT_TRUE(test, vdev_endpoint_pin(a));
	rcu_read_unlock();
	end = vdev_test_begin_end(test, a);
	vdev_endpoint_unpin(a);
	msleep(50);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(end->done));
	vdev_endpoint_unpin(a);
	vdev_test_expect_end(test, end);
}

/* While it is pinned, the name is free as soon as it is no longer found. */
static void name_of_a_pinned_endpoint_is_free(struct kunit *test)
{
	struct vdev_endpoint *a = add(test), *again;
	struct vdev_test_end *end;
	struct vdev_view view;

	KUNIT_ASSERT_PTR_EQ(test, find_view(&view), a);
	end = vdev_test_begin_end(test, a);
	while (vdev_test_find("a"))
		usleep_range(2000, 4000);
	again = add(test);
	KUNIT_EXPECT_PTR_EQ(test, vdev_test_find("a"), again);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(end->done));
	vdev_view_release(&view, a);
	vdev_test_expect_end(test, end);
	KUNIT_EXPECT_PTR_EQ(test, vdev_test_find("a"), again);
}

static void view_stays_as_it_was(struct kunit *test)
{
	static const struct vdev_facts facts = { .driver = "kunit" };
	struct vdev_endpoint *a = add(test);
	struct vdev_view before, after;
	struct vdev_reason reason = { };
	struct vdev_blob *blob;

	KUNIT_ASSERT_PTR_EQ(test, find_view(&before), a);
	vdev_update(a, &facts);
	KUNIT_ASSERT_PTR_EQ(test, find_view(&after), a);
	KUNIT_EXPECT_PTR_NE(test, before.blob, after.blob);
	KUNIT_EXPECT_EQ(test, after.generation, before.generation + 1);
	KUNIT_EXPECT_EQ(test, after.snapshot, before.snapshot + 1);
	KUNIT_EXPECT_EQ(test, after.id, before.id);

	blob = vdev_blob_build(&reason, "kunit", &a->handle, &no_facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, blob);
	KUNIT_EXPECT_TRUE(test, vdev_blob_same(before.blob, blob));
	vdev_blob_put(blob);
	vdev_view_release(&before, a);
	vdev_view_release(&after, a);
}

static void view_outlives_the_endpoint_s_name(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	struct vdev_test_end *end;
	struct vdev_view view, none;

	KUNIT_ASSERT_PTR_EQ(test, find_view(&view), a);
	end = vdev_test_begin_end(test, a);
	while (vdev_test_find("a"))
		usleep_range(2000, 4000);
	KUNIT_EXPECT_NULL(test, find_view(&none));
	KUNIT_EXPECT_GT(test, view.blob->len, 0);
	vdev_view_release(&view, a);
	vdev_test_expect_end(test, end);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(unregistering_waits_for_a_pin),
	KUNIT_CASE(unregistering_waits_for_the_last_pin),
	KUNIT_CASE(name_of_a_pinned_endpoint_is_free),
	KUNIT_CASE(view_stays_as_it_was),
	KUNIT_CASE(view_outlives_the_endpoint_s_name),
	{ }
};

struct kunit_suite vdev_pin_suite = {
	.name = "vdev-pin",
	.init = setup,
	.test_cases = cases,
};
