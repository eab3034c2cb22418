// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of when a device is polled: once in an interval, when somebody reads or
 * subscribes, when its provider says so, and not while that says otherwise.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/workqueue.h>

#include "core/events.h"
#include "core/poll_internal.h"
#include "netlink/notify.h"
#include "tests.h"

/* Nobody waits for so long: in it no round begins. */
#define HOUR	3600000

/* How many intervals after the last reader rounds go on, and some more. */
#define LATELY	13

struct fixture {
	struct vdev_polled *polled;
	struct vdev_provider *provider;
};

static const struct vdev_facts read_facts = { .poll = VDEV_POLL_READ };
static const struct vdev_facts unread_facts = { .poll = VDEV_POLL_UNREAD };
static const struct vdev_facts facts_of_none;

static int setup(struct kunit *test)
{
	struct fixture *fixture;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	fixture->provider = vdev_test_poll_provider(test, &fixture->polled);
	return 0;
}

static struct vdev_endpoint *add(struct kunit *test,
				 const struct vdev_facts *facts)
{
	struct fixture *fixture = test->priv;

	return vdev_test_device(test, fixture->provider, "a", facts,
				fixture->polled);
}

static void ask_in_every_way(struct vdev_endpoint *endpoint)
{
	const struct vdev_key key = { VDEV_IS_DEVICE, 0, { "kunit", "a" } };
	const struct vdev_key *keys[] = { &key };

	vdev_poll_want();
	vdev_poll_hasten(endpoint->poll, U64_MAX, U64_MAX);
	vdev_poll_wait(keys, 1, 0);
	vdev_poll_wait_all(VDEV_IS_DEVICE, 0);
}

static void device_is_polled_once_in_an_interval_whoever_asks(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_polled *polled = fixture->polled;
	u64 began = ktime_get_ns(), interval, elapsed;
	struct vdev_endpoint *a = add(test, &read_facts);

	interval = VDEV_TEST_INTERVAL * NSEC_PER_MSEC;
	do {
		ask_in_every_way(a);
		elapsed = ktime_get_ns() - began;
	} while (elapsed < 10 * interval);
	KUNIT_EXPECT_GE(test, READ_ONCE(polled->polls), 3);
	KUNIT_EXPECT_GE(test, READ_ONCE(polled->gap), interval / 2);
	KUNIT_EXPECT_LE(test, READ_ONCE(polled->polls),
			div64_u64(ktime_get_ns() - began, interval) + 1);
}

static void device_that_has_nothing_to_poll_is_not_polled(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *a = add(test, &facts_of_none);
	u32 age;

	KUNIT_EXPECT_NULL(test, a->poll);
	vdev_poll_now(a);
	vdev_poll_pause(a);
	vdev_poll_resume(a);
	vdev_poll_want();
	vdev_test_sleep(3);
	KUNIT_EXPECT_EQ(test, fixture->polled->polls, 0);
	KUNIT_EXPECT_FALSE(test, vdev_poll_age(a->poll, &age));
}

static void nobody_reads_so_nobody_polls(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_polled *polled = fixture->polled;
	unsigned int polls;

	if (vdev_is_subscribed())
		kunit_skip(test, "somebody subscribes");
	add(test, &read_facts);
	vdev_poll_want();
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(polled, 2));
	vdev_test_sleep(LATELY);
	polls = READ_ONCE(polled->polls);
	vdev_test_sleep(2 * LATELY);
	KUNIT_EXPECT_EQ(test, READ_ONCE(polled->polls), polls);
	vdev_poll_want();
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(polled, polls + 1));
}

static void who_subscribes_has_devices_polled(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_polled *polled = fixture->polled;
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);
	unsigned int polls;

	add(test, &read_facts);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(polled, 2 * LATELY));
	vdev_test_unsubscribe(test, subscriber);
	if (vdev_is_subscribed())
		return;
	vdev_test_sleep(LATELY);
	polls = READ_ONCE(polled->polls);
	vdev_test_sleep(LATELY);
	KUNIT_EXPECT_EQ(test, READ_ONCE(polled->polls), polls);
}

static void shorter_interval_begins_at_once(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	vdev_test_set_interval(test, HOUR);
	add(test, &read_facts);
	vdev_poll_want();
	vdev_test_sleep(3);
	KUNIT_EXPECT_EQ(test, READ_ONCE(fixture->polled->polls), 0);
	vdev_test_set_interval(test, VDEV_TEST_INTERVAL);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 2));
}

/* As when ticks that come late are counted together. */
static void work_that_runs_too_early_is_not_lost(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *a;

	vdev_test_set_interval(test, HOUR);
	a = add(test, &read_facts);
	vdev_poll_hasten(a->poll, 0, U64_MAX);
	flush_delayed_work(&a->poll->work);
	KUNIT_EXPECT_EQ(test, READ_ONCE(fixture->polled->polls), 0);
	KUNIT_EXPECT_TRUE(test, delayed_work_pending(&a->poll->work));
}

static void provider_has_it_polled_at_once(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *a;
	unsigned int polls;

	vdev_test_set_interval(test, HOUR);
	a = add(test, &read_facts);
	for (polls = 1; polls <= 3; polls++) {
		vdev_poll_now(a);
		KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled,
							     polls));
	}
	ask_in_every_way(a);
	vdev_test_sleep(3);
	KUNIT_EXPECT_EQ(test, READ_ONCE(fixture->polled->polls), 3);
}

/* What was read before it said so, is not fresh. */
static void what_was_read_before_is_out_of_date(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *a;

	vdev_test_set_interval(test, HOUR);
	a = add(test, &read_facts);
	KUNIT_EXPECT_TRUE(test, vdev_poll_is_fresh(a->poll, 0));
	vdev_test_hold(fixture->polled);
	vdev_poll_now(a);
	KUNIT_EXPECT_FALSE(test, vdev_poll_is_fresh(a->poll, 0));
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 1));
	/* It learns of another change while the first one is being read. */
	vdev_poll_now(a);
	vdev_test_release(fixture->polled, 0);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 2));
}

static void paused_device_is_not_polled(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_polled *polled = fixture->polled;
	struct vdev_endpoint *a = add(test, &read_facts);
	unsigned int polls, i;

	vdev_poll_pause(a);
	polls = READ_ONCE(polled->polls);
	for (i = 0; i < 3; i++) {
		vdev_poll_now(a);
		ask_in_every_way(a);
		vdev_test_sleep(1);
	}
	KUNIT_EXPECT_EQ(test, READ_ONCE(polled->polls), polls);
	vdev_poll_resume(a);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(polled, polls + 1));
}

static void pause_waits_for_the_poll_under_way(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_polled *polled = fixture->polled;
	struct vdev_endpoint *a = add(test, &read_facts);

	vdev_test_hold(polled);
	vdev_poll_now(a);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(polled, 1));
	vdev_test_release(polled, VDEV_TEST_INTERVAL);
	vdev_poll_pause(a);
	KUNIT_EXPECT_EQ(test, polled->ended, polled->polls);
}

static void unregistering_waits_for_the_poll_under_way(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_polled *polled = fixture->polled;
	struct vdev_endpoint *a = add(test, &read_facts);
	struct vdev_test_end *end;

	vdev_test_hold(polled);
	vdev_poll_now(a);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(polled, 1));
	end = vdev_test_begin_end(test, a);
	vdev_test_sleep(2);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(end->done));
	/* Readers find it no longer since it began. */
	while (vdev_test_find("a"))
		usleep_range(2000, 4000);
	vdev_test_release(polled, 0);
	vdev_test_expect_end(test, end);
	KUNIT_EXPECT_EQ(test, polled->ended, 1);
	vdev_test_sleep(3);
	KUNIT_EXPECT_EQ(test, polled->polls, 1);
}

static void unread_device_is_polled_though_nobody_reads(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *a;
	u32 age;

	vdev_test_set_interval(test, HOUR);
	a = add(test, &unread_facts);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 1));
	while (atomic_read(&fixture->provider->unread))
		vdev_provider_settle(fixture->provider);
	KUNIT_EXPECT_TRUE(test, vdev_poll_age(a->poll, &age));
}

static void device_stays_unread_while_it_is_busy(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_provider_stats *stats = &fixture->provider->stats;
	struct vdev_endpoint *a;
	u64 began;
	u32 age;

	fixture->polled->err = -EBUSY;
	a = add(test, &unread_facts);
	vdev_poll_want();
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 2));
	KUNIT_EXPECT_FALSE(test, vdev_poll_age(a->poll, &age));
	KUNIT_EXPECT_GE(test, atomic64_read(&stats->busy), 1);
	began = ktime_get_ns();
	vdev_provider_settle(fixture->provider);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - began, 100 * NSEC_PER_MSEC);

	WRITE_ONCE(fixture->polled->err, 0);
	vdev_poll_now(a);
	while (atomic_read(&fixture->provider->unread))
		vdev_provider_settle(fixture->provider);
	KUNIT_EXPECT_TRUE(test, vdev_poll_age(a->poll, &age));
}

static void busy_device_keeps_its_age(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *a;
	u32 age;

	fixture->polled->err = -EBUSY;
	a = add(test, &read_facts);
	vdev_poll_want();
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 3));
	KUNIT_EXPECT_TRUE(test, vdev_poll_age(a->poll, &age));
	KUNIT_EXPECT_GE(test, age, 3 * VDEV_TEST_INTERVAL);
}

static void unread_device_that_goes_is_not_waited_for(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	fixture->polled->err = -EBUSY;
	vdev_unregister(add(test, &unread_facts));
	KUNIT_EXPECT_EQ(test, atomic_read(&fixture->provider->unread), 0);
}

/* A reader can find an endpoint before its registration has returned. */
static void device_can_be_wanted_before_it_is_started(struct kunit *test)
{
	const struct vdev_handle handle = { .bus = "kunit", .name = "early" };
	struct fixture *fixture = test->priv;
	struct vdev_provider *provider = fixture->provider;
	struct vdev_endpoint *early;

	early = vdev_endpoint_new(provider, VDEV_IS_DEVICE, &handle,
				  fixture->polled);
	KUNIT_ASSERT_NOT_NULL(test, early);
	early->poll = vdev_poll_new(early, &unread_facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, early->poll);
	vdev_poll_hasten(early->poll, 0, U64_MAX);
	msleep(20);
	vdev_poll_start(early->poll);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 1));
	while (atomic_read(&provider->unread))
		vdev_provider_settle(provider);
	vdev_poll_stop(early->poll);
	KUNIT_EXPECT_EQ(test, atomic_read(&provider->unread), 0);
	vdev_poll_free(early->poll);
	vdev_endpoint_free(early);
}

struct held {
	int refs;
};

static bool has_refs(const void *arg)
{
	const struct held *held = arg;

	return module_refcount(THIS_MODULE) == held->refs;
}

/* So that unloading its module fails, whether or not anybody reads. */
static void module_is_held_while_a_poll_takes_long(struct kunit *test)
{
	struct held before = { module_refcount(THIS_MODULE) }, held = before;
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *a;

	vdev_test_set_interval(test, HOUR);
	a = add(test, &read_facts);
	held.refs++;
	vdev_test_hold(fixture->polled);
	vdev_poll_now(a);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait(has_refs, &held));
	vdev_test_release(fixture->polled, 0);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait(has_refs, &before));
}

static void polls_are_counted(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_provider_stats *stats = &fixture->provider->stats;
	struct vdev_endpoint *a;

	vdev_test_set_interval(test, HOUR);
	a = add(test, &read_facts);
	vdev_test_hold(fixture->polled);
	vdev_poll_now(a);
	KUNIT_EXPECT_TRUE(test, vdev_test_wait_polls(fixture->polled, 1));
	usleep_range(30000, 40000);
	vdev_test_release(fixture->polled, 0);
	vdev_poll_pause(a);
	KUNIT_EXPECT_EQ(test, atomic64_read(&stats->polls), 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&stats->busy), 0);
	KUNIT_EXPECT_GE(test, stats->slowest, 20 * USEC_PER_MSEC);
	KUNIT_EXPECT_STREQ(test, stats->slowest_name, "a");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(device_is_polled_once_in_an_interval_whoever_asks),
	KUNIT_CASE(device_that_has_nothing_to_poll_is_not_polled),
	KUNIT_CASE(nobody_reads_so_nobody_polls),
	KUNIT_CASE(who_subscribes_has_devices_polled),
	KUNIT_CASE(shorter_interval_begins_at_once),
	KUNIT_CASE(work_that_runs_too_early_is_not_lost),
	KUNIT_CASE(provider_has_it_polled_at_once),
	KUNIT_CASE(what_was_read_before_is_out_of_date),
	KUNIT_CASE(paused_device_is_not_polled),
	KUNIT_CASE(pause_waits_for_the_poll_under_way),
	KUNIT_CASE(unregistering_waits_for_the_poll_under_way),
	KUNIT_CASE(unread_device_is_polled_though_nobody_reads),
	KUNIT_CASE(device_stays_unread_while_it_is_busy),
	KUNIT_CASE(busy_device_keeps_its_age),
	KUNIT_CASE(unread_device_that_goes_is_not_waited_for),
	KUNIT_CASE(device_can_be_wanted_before_it_is_started),
	KUNIT_CASE(module_is_held_while_a_poll_takes_long),
	KUNIT_CASE(polls_are_counted),
	{ }
};

struct kunit_suite vdev_poll_suite = {
	.name = "vdev-poll",
	.init = setup,
	.test_cases = cases,
};
