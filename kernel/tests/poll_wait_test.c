// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of readers who wait for fresher facts: until there are some, and never
 * for long.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/minmax.h>

#include "core/poll.h"
#include "tests.h"

#define HOUR		3600000
#define DEVICES		24
/* Nobody waits longer, but for what a slow machine adds. */
#define MOST_MS		100
#define SLACK_MS	2000
/* What is answered without waiting takes less, the best of so many times. */
#define TRIES		5
#define AT_ONCE_MS	50

struct fixture {
	struct vdev_polled *polled[DEVICES];
	struct vdev_provider *provider;
	struct vdev_endpoint *devices[DEVICES];
	struct vdev_key keys[DEVICES];
	char names[DEVICES][5];
};

static const struct vdev_facts facts = { .poll = VDEV_POLL_READ };

static int setup(struct kunit *test)
{
	struct fixture *fixture;
	unsigned int i;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	vdev_test_set_interval(test, HOUR);
	for (i = 0; i < DEVICES; i++)
		fixture->polled[i] = vdev_test_polled(test);
	fixture->provider = vdev_test_provider(test, "kunit",
					       &vdev_test_poll_ops);
	for (i = 0; i < DEVICES; i++) {
		snprintf(fixture->names[i], sizeof(fixture->names[i]), "d%u", i);
		fixture->keys[i] = (struct vdev_key) {
			VDEV_IS_DEVICE, 0, { "kunit", fixture->names[i] }
		};
		fixture->devices[i] = vdev_test_device(test, fixture->provider,
						       fixture->names[i],
						       &facts,
						       fixture->polled[i]);
	}
	return 0;
}

/* For so many of them; how long it took, in milliseconds. */
static u64 wait_for(struct fixture *fixture, unsigned int number, u32 max_age)
{
	const struct vdev_key *keys[DEVICES];
	u64 began = ktime_get_ns();
	unsigned int i;

	for (i = 0; i < number; i++)
		keys[i] = &fixture->keys[i];
	vdev_poll_wait(keys, number, max_age);
	return div_u64(ktime_get_ns() - began, NSEC_PER_MSEC);
}

static u64 wait_for_all(u32 max_age)
{
	u64 began = ktime_get_ns();

	vdev_poll_wait_all(VDEV_IS_DEVICE, max_age);
	return div_u64(ktime_get_ns() - began, NSEC_PER_MSEC);
}

/* The first and all are answered at once. */
static void expect_no_wait(struct kunit *test, u32 max_age)
{
	u64 one = HOUR, all = HOUR;
	unsigned int i;

	for (i = 0; i < TRIES; i++) {
		one = min(one, wait_for(test->priv, 1, max_age));
		all = min(all, wait_for_all(max_age));
	}
	KUNIT_EXPECT_LT(test, one, AT_ONCE_MS);
	KUNIT_EXPECT_LT(test, all, AT_ONCE_MS);
}

static void hold_all(struct fixture *fixture)
{
	unsigned int i;

	for (i = 0; i < DEVICES; i++)
		vdev_test_hold(fixture->polled[i]);
}

static void release_all(struct fixture *fixture)
{
	unsigned int i;

	for (i = 0; i < DEVICES; i++)
		vdev_test_release(fixture->polled[i], 0);
}

/* And those that are under way do not do: the next may begin at once. */
static void begin_all(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int i;

	for (i = 0; i < DEVICES; i++) {
		vdev_poll_now(fixture->devices[i]);
		KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled[i],
							     1));
		vdev_poll_now(fixture->devices[i]);
	}
}

static void quick_poll_is_waited_for(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int i;
	u64 before;

	vdev_test_set_interval(test, 10);
	msleep(20);
	before = ktime_get_ns();
	for (i = 0; i < TRIES && !READ_ONCE(fixture->polled[0]->ended); i++)
		wait_for(fixture, 1, 0);
	KUNIT_EXPECT_GE(test, fixture->polled[0]->ended, 1);
	KUNIT_EXPECT_TRUE(test, vdev_poll_is_fresh(fixture->devices[0]->poll,
						   before));
	KUNIT_EXPECT_EQ(test, fixture->polled[1]->polls, 0);
}

/* Out of date is as good as old, and does not wait for the interval. */
static void change_that_the_provider_knows_of_is_waited_for(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int i;

	vdev_test_hold(fixture->polled[0]);
	vdev_poll_now(fixture->devices[0]);
	vdev_test_release(fixture->polled[0], 10);
	for (i = 0; i < TRIES && !READ_ONCE(fixture->polled[0]->ended); i++)
		wait_for(fixture, 1, HOUR);
	KUNIT_EXPECT_EQ(test, fixture->polled[0]->ended, 1);
}

static void slow_device_is_waited_for_a_tenth_of_a_second(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	u64 shortest = HOUR;
	unsigned int i;

	hold_all(fixture);
	begin_all(test);
	for (i = 0; i < TRIES; i++)
		shortest = min(shortest, wait_for(fixture, 1, 0));
	KUNIT_EXPECT_GE(test, shortest, MOST_MS);
	KUNIT_EXPECT_LT(test, shortest, MOST_MS + SLACK_MS);
	KUNIT_EXPECT_EQ(test, fixture->polled[0]->ended, 0);
	release_all(fixture);
}

/* Not for one after the other, which would take longer than the slack. */
static void slow_devices_are_waited_for_together(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	hold_all(fixture);
	begin_all(test);
	KUNIT_EXPECT_LT(test, wait_for(fixture, DEVICES, 0),
			MOST_MS + SLACK_MS);
	KUNIT_EXPECT_LT(test, wait_for_all(0), MOST_MS + SLACK_MS);
	release_all(fixture);
}

static void all_are_polled_for_who_asks_for_all(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int i;

	vdev_test_set_interval(test, 10);
	msleep(20);
	wait_for_all(0);
	for (i = 0; i < DEVICES; i++)
		KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled[i],
							     1));
}

static void what_is_fresh_enough_is_not_waited_for(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	hold_all(fixture);
	expect_no_wait(test, HOUR);
	KUNIT_EXPECT_EQ(test, fixture->polled[0]->polls, 0);
	release_all(fixture);
}

static void what_cannot_be_polled_soon_is_not_waited_for(struct kunit *test)
{
	expect_no_wait(test, 0);
}

static void paused_device_is_not_waited_for(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int i;

	for (i = 0; i < DEVICES; i++) {
		vdev_poll_pause(fixture->devices[i]);
		vdev_poll_now(fixture->devices[i]);
	}
	expect_no_wait(test, 0);
}

static void set_stale(struct vdev_endpoint *endpoint, bool stale)
{
	mutex_lock(&vdev_registry_lock);
	vdev_stale_locked(endpoint, stale);
	mutex_unlock(&vdev_registry_lock);
}

static void stale_device_is_not_waited_for(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int i;

	hold_all(fixture);
	begin_all(test);
	for (i = 0; i < DEVICES; i++)
		set_stale(fixture->devices[i], true);
	expect_no_wait(test, 0);
	for (i = 0; i < DEVICES; i++)
		set_stale(fixture->devices[i], false);
	release_all(fixture);
}

static void device_that_is_not_there_is_not_waited_for(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	fixture->keys[0].handle.name = "nobody";
	expect_no_wait(test, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(quick_poll_is_waited_for),
	KUNIT_CASE(change_that_the_provider_knows_of_is_waited_for),
	KUNIT_CASE(slow_device_is_waited_for_a_tenth_of_a_second),
	KUNIT_CASE(slow_devices_are_waited_for_together),
	KUNIT_CASE(all_are_polled_for_who_asks_for_all),
	KUNIT_CASE(what_is_fresh_enough_is_not_waited_for),
	KUNIT_CASE(what_cannot_be_polled_soon_is_not_waited_for),
	KUNIT_CASE(paused_device_is_not_waited_for),
	KUNIT_CASE(stale_device_is_not_waited_for),
	KUNIT_CASE(device_that_is_not_there_is_not_waited_for),
	{ }
};

struct kunit_suite vdev_poll_wait_suite = {
	.name = "vdev-poll-wait",
	.init = setup,
	.test_cases = cases,
};
