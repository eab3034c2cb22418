// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of events: which there are, in which order, and what happens to those
 * that cannot be sent.
 */
#include <linux/err.h>

#include "core/events.h"
#include "netlink/notify.h"
#include "tests.h"

#define EVENTS	3

/* One more than the queue holds. */
#define TOO_MANY	1025

static const struct vdev_facts no_facts;

static int setup(struct kunit *test)
{
	test->priv = vdev_test_provider(test, "kunit", NULL);
	return 0;
}

static struct vdev_endpoint *add_device(struct kunit *test, const char *name)
{
	return vdev_test_device(test, test->priv, name, &no_facts, NULL);
}

/* As so many threads do that are in the middle of a change each. */
static void queue_events(struct vdev_endpoint **endpoints, unsigned int number)
{
	unsigned int i;

	mutex_lock(&vdev_registry_lock);
	for (i = 0; i < number; i++)
		vdev_event_queue_locked(endpoints[i % EVENTS], VDEV_CHANGE);
	mutex_unlock(&vdev_registry_lock);
}

static void each_change_is_one_event(struct kunit *test)
{
	const struct vdev_facts facts = { .driver = "kunit" };
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);
	struct vdev_endpoint *a = add_device(test, "a");
	u32 id = vdev_endpoint_id(a);

	vdev_hear_event(test, subscriber, VDEV_CMD_DEV_CREATE_NTF, id);
	vdev_update(a, &facts);
	vdev_hear_event(test, subscriber, VDEV_CMD_DEV_CHANGE_NTF, id);
	vdev_update(a, &facts);
	vdev_expect_silence(test, subscriber);
	vdev_unregister(a);
	vdev_hear_event(test, subscriber, VDEV_CMD_DEV_DELETE_NTF, id);
	vdev_expect_silence(test, subscriber);
}

static void removal_has_a_generation_of_its_own(struct kunit *test)
{
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);
	struct vdev_endpoint *a = add_device(test, "a");
	u64 before = vdev_hear_next(test, subscriber).generation;

	vdev_unregister(a);
	KUNIT_EXPECT_EQ(test, vdev_hear_next(test, subscriber).generation,
			before + 1);
}

static void provider_that_goes_reports_each_endpoint(struct kunit *test)
{
	u32 a = vdev_endpoint_id(add_device(test, "a"));
	u32 b = vdev_endpoint_id(add_device(test, "b"));
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);

	vdev_test_drop_provider(test, test->priv);
	vdev_hear_event(test, subscriber, VDEV_CMD_DEV_DELETE_NTF, a);
	vdev_hear_event(test, subscriber, VDEV_CMD_DEV_DELETE_NTF, b);
	vdev_expect_silence(test, subscriber);
}

/* The first thread sends what the others have queued before. */
static void one_sends_for_all_in_their_order(struct kunit *test)
{
	struct vdev_endpoint *devices[] = {
		add_device(test, "c"), add_device(test, "a"),
		add_device(test, "b"),
	};
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);
	u64 sent, lost, sent_then, lost_then;
	unsigned int i;

	vdev_notify_count(&sent, &lost);
	queue_events(devices, EVENTS);
	vdev_expect_silence(test, subscriber);
	vdev_events_send();
	for (i = 0; i < EVENTS; i++)
		vdev_hear_event(test, subscriber, VDEV_CMD_DEV_CHANGE_NTF,
				vdev_endpoint_id(devices[i]));
	vdev_events_send();
	vdev_expect_silence(test, subscriber);
	vdev_notify_count(&sent_then, &lost_then);
	KUNIT_EXPECT_EQ(test, sent_then, sent + EVENTS);
	KUNIT_EXPECT_EQ(test, lost_then, lost);
}

/* An event that is queued is of its moment, whatever happens until it is sent. */
static void event_is_of_the_moment_of_the_change(struct kunit *test)
{
	struct vdev_endpoint *devices[] = {
		add_device(test, "a"), add_device(test, "b"),
		add_device(test, "c"),
	};
	const struct vdev_facts facts = { .driver = "later" };
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);
	u32 id = vdev_endpoint_id(devices[0]);

	queue_events(devices, 1);
	vdev_update(devices[0], &facts);
	KUNIT_EXPECT_STREQ(test, "",
			   vdev_hear_event(test, subscriber,
					   VDEV_CMD_DEV_CHANGE_NTF, id).driver);
	KUNIT_EXPECT_STREQ(test, "later",
			   vdev_hear_event(test, subscriber,
					   VDEV_CMD_DEV_CHANGE_NTF, id).driver);
	vdev_expect_silence(test, subscriber);
}

static void event_without_room_is_reported_as_a_loss(struct kunit *test)
{
	struct vdev_endpoint *devices[] = {
		add_device(test, "a"), add_device(test, "b"),
		add_device(test, "c"),
	};
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);
	unsigned int heard = 0, losses = 0;
	u64 sent, lost, sent_then, lost_then;
	int err;

	vdev_notify_count(&sent, &lost);
	queue_events(devices, TOO_MANY);
	vdev_events_send();
	while (heard + losses < TOO_MANY) {
		err = vdev_hear_next(test, subscriber).err;
		KUNIT_ASSERT_TRUE(test, !err || err == -ENOBUFS);
		heard += !err;
		losses += err == -ENOBUFS;
	}
	KUNIT_EXPECT_EQ(test, losses, 1);
	vdev_notify_count(&sent_then, &lost_then);
	KUNIT_EXPECT_EQ(test, sent_then, sent + TOO_MANY - 1);
	KUNIT_EXPECT_EQ(test, lost_then, lost + 1);

	/* It is reported once. */
	queue_events(devices, 1);
	vdev_events_send();
	vdev_hear_event(test, subscriber, VDEV_CMD_DEV_CHANGE_NTF,
			vdev_endpoint_id(devices[0]));
	vdev_expect_silence(test, subscriber);
}

static void nothing_is_queued_for_nobody(struct kunit *test)
{
	struct vdev_endpoint *devices[] = {
		add_device(test, "a"), add_device(test, "b"),
		add_device(test, "c"),
	};
	struct vdev_subscriber *subscriber;
	u64 sent, lost, sent_then, lost_then;

	if (vdev_is_subscribed())
		kunit_skip(test, "somebody subscribes");
	vdev_notify_count(&sent, &lost);
	queue_events(devices, TOO_MANY);
	subscriber = vdev_test_subscribe(test);
	KUNIT_EXPECT_TRUE(test, vdev_is_subscribed());
	vdev_events_send();
	vdev_expect_silence(test, subscriber);
	vdev_notify_count(&sent_then, &lost_then);
	KUNIT_EXPECT_EQ(test, sent_then, sent);
	KUNIT_EXPECT_EQ(test, lost_then, lost);
	vdev_test_unsubscribe(test, subscriber);
	KUNIT_EXPECT_FALSE(test, vdev_is_subscribed());
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_change_is_one_event),
	KUNIT_CASE(removal_has_a_generation_of_its_own),
	KUNIT_CASE(provider_that_goes_reports_each_endpoint),
	KUNIT_CASE(one_sends_for_all_in_their_order),
	KUNIT_CASE(event_is_of_the_moment_of_the_change),
	KUNIT_CASE(event_without_room_is_reported_as_a_loss),
	KUNIT_CASE(nothing_is_queued_for_nobody),
	{ }
};

struct kunit_suite vdev_notify_suite = {
	.name = "vdev-notify",
	.init = setup,
	.test_cases = cases,
};
