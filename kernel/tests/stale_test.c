// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of devices that do not answer their poller: when that is reported, how
 * often, and when it is over.
 */
#include <linux/err.h>
#include <linux/ktime.h>

#include "core/poll.h"
#include "tests.h"

/* After so many intervals a device that does not answer is stale. */
#define STALE	5
/* Rounds end when nobody has read for ten intervals. */
#define LATELY	13

struct fixture {
	struct vdev_polled *polled;
	struct vdev_provider *provider;
	struct vdev_subscriber *subscriber;
	struct vdev_endpoint *device;
	u32 id;
};

/* Who subscribes has it polled. */
static int setup(struct kunit *test)
{
	static const struct vdev_facts facts = { .poll = VDEV_POLL_READ };
	struct fixture *fixture;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	fixture->provider = vdev_test_poll_provider(test, &fixture->polled);
	fixture->subscriber = vdev_test_subscribe(test);
	fixture->device = vdev_test_device(test, fixture->provider, "a", &facts,
					   fixture->polled);
	fixture->id = vdev_endpoint_id(fixture->device);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CREATE_NTF,
			fixture->id);
	return 0;
}

/* The next event is that it is stale, or not any more. */
static void expect_stale(struct kunit *test, bool stale)
{
	struct fixture *fixture = test->priv;
	struct vdev_heard heard;
	struct vdev_view view;

	heard = vdev_hear_event(test, fixture->subscriber,
				VDEV_CMD_DEV_CHANGE_NTF, fixture->id);
	KUNIT_EXPECT_EQ(test, heard.stale, stale);
	KUNIT_EXPECT_EQ(test, atomic_read(&fixture->provider->stats.stale),
			stale);
	rcu_read_lock();
	vdev_view_of(&view, fixture->device);
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, view.stale, stale);
	KUNIT_EXPECT_EQ(test, view.generation, heard.generation);
}

static void device_that_is_busy_for_long_is_stale(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	u64 began = ktime_get_ns();

	fixture->polled->err = -EBUSY;
	expect_stale(test, true);
	/* Of STALE intervals; the last answer may have been some time ago. */
	KUNIT_EXPECT_GE(test, ktime_get_ns() - began,
			(STALE / 2) * VDEV_TEST_INTERVAL * NSEC_PER_MSEC);
	vdev_test_sleep(2 * STALE);
	vdev_expect_silence(test, fixture->subscriber);
	WRITE_ONCE(fixture->polled->err, 0);
	expect_stale(test, false);
	vdev_test_sleep(2 * STALE);
	vdev_expect_silence(test, fixture->subscriber);
}

static void device_that_hangs_is_stale(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	vdev_test_hold(fixture->polled);
	expect_stale(test, true);
	vdev_test_sleep(2 * STALE);
	vdev_expect_silence(test, fixture->subscriber);
	KUNIT_EXPECT_EQ(test, fixture->polled->polls, fixture->polled->ended + 1);
	vdev_test_release(fixture->polled, 0);
	expect_stale(test, false);
}

static void device_that_is_busy_for_a_moment_is_not_stale(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int polls;

	for (polls = 1; polls < 3 * STALE; polls++) {
		WRITE_ONCE(fixture->polled->err, polls % 3 ? -EBUSY : 0);
		KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled,
							     polls));
	}
	vdev_expect_silence(test, fixture->subscriber);
}

static void paused_device_is_not_stale(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	fixture->polled->err = -EBUSY;
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 1));
	vdev_poll_pause(fixture->device);
	vdev_test_sleep(2 * STALE);
	vdev_expect_silence(test, fixture->subscriber);

	/* Nor is it when it goes on, until it had the time to answer. */
	vdev_test_hold(fixture->polled);
	WRITE_ONCE(fixture->polled->err, 0);
	vdev_poll_resume(fixture->device);
	vdev_test_sleep(STALE - 2);
	vdev_expect_silence(test, fixture->subscriber);
	vdev_test_release(fixture->polled, 0);
	vdev_test_sleep(2);
	vdev_expect_silence(test, fixture->subscriber);
}

/* When it is polled again, it has the time to answer. */
static void device_that_nobody_has_polled_is_not_stale(struct kunit *test)
{
	static const struct vdev_facts facts = { .poll = VDEV_POLL_UNREAD };
	struct fixture *fixture = test->priv;
	struct vdev_polled *other = vdev_test_polled(test);
	struct vdev_endpoint *b;

	fixture->polled->err = -EBUSY;
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 1));
	vdev_test_unsubscribe(test, fixture->subscriber);
	vdev_test_sleep(3 * STALE);

	/* This one is polled at once, and checked. */
	b = vdev_test_device(test, fixture->provider, "b", &facts, other);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(other, 1));
	vdev_test_sleep(STALE);
	vdev_poll_now(fixture->device);
	vdev_test_sleep(STALE - 2);
	KUNIT_EXPECT_EQ(test, atomic_read(&fixture->provider->stats.stale), 0);
	vdev_unregister(b);
}

/* The event lets rounds begin, for one who has subscribed and read nothing. */
static void subscriber_of_a_stale_device_has_it_polled(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	vdev_test_unsubscribe(test, fixture->subscriber);
	vdev_test_sleep(LATELY);
	fixture->subscriber = vdev_test_subscribe(test);
	vdev_test_hold(fixture->polled);
	vdev_poll_now(fixture->device);
	expect_stale(test, true);
	vdev_test_release(fixture->polled, 0);
	expect_stale(test, false);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled,
						     READ_ONCE(fixture->polled->polls) + 3));
}

static void stale_device_can_go(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	fixture->polled->err = -EBUSY;
	expect_stale(test, true);
	vdev_unregister(fixture->device);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_DELETE_NTF,
			fixture->id);
	KUNIT_EXPECT_EQ(test, atomic_read(&fixture->provider->stats.stale), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(device_that_is_busy_for_long_is_stale),
	KUNIT_CASE(device_that_hangs_is_stale),
	KUNIT_CASE(device_that_is_busy_for_a_moment_is_not_stale),
	KUNIT_CASE(paused_device_is_not_stale),
	KUNIT_CASE(device_that_nobody_has_polled_is_not_stale),
	KUNIT_CASE(subscriber_of_a_stale_device_has_it_polled),
	KUNIT_CASE(stale_device_can_go),
	{ }
};

struct kunit_suite vdev_stale_suite = {
	.name = "vdev-stale",
	.init = setup,
	.test_cases = cases,
};
