// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of changes of one blocker: what is published is what an update with all
 * facts would have published.
 */
#include <linux/err.h>

#include "tests.h"

static const struct vdev_blocker busy = { "busy", "a command is under way", 0 };
static const struct vdev_blocker pinned = { "pinned", "a peer maps the memory", 0 };
static const struct vdev_blocker lasting = { "busy", "the firmware has failed",
					     VDEV_BLOCKER_FLAG_PERMANENT };

/* Something before the blockers and something behind them. */
static const struct vdev_info info = {
	"serial", { VDEV_VALUE_TYPE_STRING, { .string = "1" } },
};

static struct vdev_facts facts_with(const struct vdev_blocker *blockers,
				    unsigned int num)
{
	return (struct vdev_facts) {
		.driver = "kunit",
		.migration = VDEV_MIGRATION_SUPPORTED,
		.info = &info,
		.num_info = 1,
		.blockers = blockers,
		.num_blockers = num,
		.record = { .model = { .value = "m" } },
	};
}

static int setup(struct kunit *test)
{
	test->priv = vdev_test_provider(test, "kunit", NULL);
	return 0;
}

static struct vdev_endpoint *add_device(struct kunit *test)
{
	const struct vdev_facts facts = facts_with(NULL, 0);

	return vdev_test_device(test, test->priv, "a", &facts, NULL);
}

/* An update to the same facts is no change. */
static void expect_blockers(struct kunit *test, struct vdev_endpoint *endpoint,
			    const struct vdev_blocker *blockers, unsigned int num)
{
	const struct vdev_facts facts = facts_with(blockers, num);
	u64 before = endpoint->generation;

	KUNIT_EXPECT_EQ(test, 0, vdev_update(endpoint, &facts));
	KUNIT_EXPECT_EQ(test, endpoint->generation, before);
}

static void blockers_come_and_go_one_by_one(struct kunit *test)
{
	const struct vdev_blocker both[] = { busy, pinned };
	struct vdev_endpoint *a = add_device(test);

	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &busy));
	expect_blockers(test, a, &busy, 1);
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &pinned));
	expect_blockers(test, a, both, 2);
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_del(a, "busy"));
	expect_blockers(test, a, &pinned, 1);
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_del(a, "pinned"));
	expect_blockers(test, a, NULL, 0);
}

static void blocker_takes_the_place_of_its_name(struct kunit *test)
{
	const struct vdev_blocker both[] = { lasting, pinned };
	struct vdev_endpoint *a = add_device(test);

	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &busy));
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &pinned));
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &lasting));
	expect_blockers(test, a, both, 2);
}

static void change_of_nothing_is_none(struct kunit *test)
{
	struct vdev_endpoint *a = add_device(test);
	u64 before;

	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &busy));
	before = a->generation;
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &busy));
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_del(a, "pinned"));
	KUNIT_EXPECT_EQ(test, a->generation, before);
}

static void rejected_blocker_changes_nothing(struct kunit *test)
{
	const struct vdev_blocker nameless = { "", "reason", 0 };
	struct vdev_endpoint *a = add_device(test);
	u64 before = a->generation;

	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_blocker_add(a, &nameless));
	KUNIT_EXPECT_EQ(test, a->generation, before);
}

static void one_blocker_too_many_is_rejected(struct kunit *test)
{
	struct vdev_endpoint *a = add_device(test);
	struct vdev_blocker one = { .reason = "r" };
	char name[8];
	int i;

	one.name = name;
	for (i = 0; i < VDEV_BLOCKERS_MAX; i++) {
		snprintf(name, sizeof(name), "b%d", i);
		KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &one));
	}
	/* Another reason for the last of them is none. */
	one.reason = "other";
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(a, &one));
	KUNIT_EXPECT_EQ(test, -EMSGSIZE, vdev_blocker_add(a, &busy));
}

/* So that a driver need not look at what it was given. */
static void what_was_not_registered_is_ignored(struct kunit *test)
{
	const struct vdev_handle handle = { "kunit", "a" };
	const struct vdev_facts facts = facts_with(NULL, 0);
	struct vdev_endpoint *none = ERR_PTR(-ENOMEM);

	KUNIT_EXPECT_PTR_EQ(test, none,
			    vdev_device_register(ERR_PTR(-ENOMEM), &handle, &facts, NULL));
	KUNIT_EXPECT_EQ(test, 0, vdev_update(none, &facts));
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_add(none, &busy));
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_del(NULL, "busy"));
	vdev_poll_now(none);
	vdev_poll_pause(none);
	vdev_poll_resume(NULL);
	vdev_unregister(none);
	KUNIT_EXPECT_NULL(test, vdev_test_find("a"));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(blockers_come_and_go_one_by_one),
	KUNIT_CASE(blocker_takes_the_place_of_its_name),
	KUNIT_CASE(change_of_nothing_is_none),
	KUNIT_CASE(rejected_blocker_changes_nothing),
	KUNIT_CASE(one_blocker_too_many_is_rejected),
	KUNIT_CASE(what_was_not_registered_is_ignored),
	{ }
};

struct kunit_suite vdev_blocker_suite = {
	.name = "vdev-blocker",
	.init = setup,
	.test_cases = cases,
};
