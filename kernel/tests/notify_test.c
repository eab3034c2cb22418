// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of events: a socket of the kernel's own listens to the family that is
 * live. Nothing else listens, or changes endpoints, meanwhile.
 */
#include <linux/err.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <net/genetlink.h>

#include "../notify.h"
#include "tests.h"

#define EVENTS	3

/**
 * struct heard - what came next on the socket
 * @err: 0, or the errno that it ended with
 * @cmd: VDEV_CMD_DEV_NEW_NTF or another one
 * @id: VDEV_A_ID
 * @generation: VDEV_A_GENERATION
 */
struct heard {
	int err;
	u8 cmd;
	u32 id;
	u64 generation;
};

struct fixture {
	struct vdev_provider *provider;
	struct socket *sock;
	u8 buffer[4096];
};

static int join(struct socket *sock)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	int group = vdev_nl_family.mcgrp_offset + VDEV_NL_MONITOR;

	return kernel_bind(sock, (struct sockaddr *)&address,
			   sizeof(address)) ?:
	       sock->ops->setsockopt(sock, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
				     KERNEL_SOCKPTR(&group), sizeof(group));
}

static void listen(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	KUNIT_ASSERT_EQ(test, 0, sock_create_kern(&init_net, AF_NETLINK,
						  SOCK_RAW, NETLINK_GENERIC,
						  &fixture->sock));
	KUNIT_ASSERT_EQ(test, 0, join(fixture->sock));
}

static int setup(struct kunit *test)
{
	struct fixture *fixture;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	fixture->provider = vdev_provider_register("kunit", NULL, NULL);
	return PTR_ERR_OR_ZERO(fixture->provider);
}

static void teardown(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (!fixture)
		return;
	vdev_provider_unregister(fixture->provider);
	if (fixture->sock)
		sock_release(fixture->sock);
}

static struct vdev_endpoint *add_device(struct kunit *test, const char *name)
{
	const struct vdev_handle handle = { .bus = "kunit", .name = name };
	struct fixture *fixture = test->priv;
	const struct vdev_facts facts = { };
	struct vdev_endpoint *endpoint;

	endpoint = vdev_device_register(fixture->provider, &handle, &facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, endpoint);
	return endpoint;
}

static void parse(struct kunit *test, struct heard *heard, void *data)
{
	const struct nlmsghdr *message = data;
	const struct genlmsghdr *header = nlmsg_data(message);
	const struct nlattr *id, *generation;

	id = nlmsg_find_attr(message, GENL_HDRLEN, VDEV_A_ID);
	generation = nlmsg_find_attr(message, GENL_HDRLEN, VDEV_A_GENERATION);
	KUNIT_ASSERT_NOT_NULL(test, id);
	KUNIT_ASSERT_NOT_NULL(test, generation);
	heard->cmd = header->cmd;
	heard->id = nla_get_u32(id);
	heard->generation = nla_get_u64(generation);
}

static struct heard hear(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct kvec vec = { fixture->buffer, sizeof(fixture->buffer) };
	struct msghdr msg = { };
	struct heard heard = { };
	int len;

	len = kernel_recvmsg(fixture->sock, &msg, &vec, 1, vec.iov_len,
			     MSG_DONTWAIT);
	if (len < 0)
		heard.err = len;
	else
		parse(test, &heard, fixture->buffer);
	return heard;
}

static void expect_silence(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hear(test).err, -EAGAIN);
}

static void expect_event(struct kunit *test, u8 cmd, u32 id)
{
	struct heard heard = hear(test);

	KUNIT_EXPECT_EQ(test, heard.err, 0);
	KUNIT_EXPECT_EQ(test, heard.cmd, cmd);
	KUNIT_EXPECT_EQ(test, heard.id, id);
}

/* As EVENTS threads do that are in the middle of a change each. */
static void queue_events(struct vdev_event *events,
			 struct vdev_endpoint **endpoints)
{
	unsigned int i;

	down_write(&vdev_registry_sem);
	for (i = 0; i < EVENTS; i++)
		vdev_event_queue_locked(&events[i], endpoints[i], VDEV_CHANGE);
	up_write(&vdev_registry_sem);
}

static void each_change_is_sent_before_the_call_returns(struct kunit *test)
{
	const struct vdev_facts facts = { .driver = "kunit" };
	struct vdev_endpoint *a;
	u32 id;

	listen(test);
	a = add_device(test, "a");
	id = vdev_endpoint_id(a);
	expect_event(test, VDEV_CMD_DEV_NEW_NTF, id);
	vdev_update(a, &facts);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id);
	vdev_update(a, &facts);
	expect_silence(test);
	vdev_unregister(a);
	expect_event(test, VDEV_CMD_DEV_DEL_NTF, id);
	expect_silence(test);
}

static void removal_has_a_generation_of_its_own(struct kunit *test)
{
	struct vdev_endpoint *a;
	u64 before;

	listen(test);
	a = add_device(test, "a");
	before = hear(test).generation;
	vdev_unregister(a);
	KUNIT_EXPECT_GT(test, hear(test).generation, before);
}

static void provider_that_goes_tells_of_each_endpoint(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	u32 a, b;

	a = vdev_endpoint_id(add_device(test, "a"));
	b = vdev_endpoint_id(add_device(test, "b"));
	listen(test);
	vdev_provider_unregister(fixture->provider);
	fixture->provider = NULL;
	expect_event(test, VDEV_CMD_DEV_DEL_NTF, a);
	expect_event(test, VDEV_CMD_DEV_DEL_NTF, b);
	expect_silence(test);
}

/* Whoever comes first sends what the others have queued before. */
static void one_delivers_for_all_in_their_order(struct kunit *test)
{
	struct vdev_endpoint *devices[] = {
		add_device(test, "c"), add_device(test, "a"),
		add_device(test, "b"),
	};
	struct vdev_event events[EVENTS] = { };
	unsigned int i;

	listen(test);
	queue_events(events, devices);
	expect_silence(test);
	vdev_event_deliver(&events[EVENTS - 1]);
	for (i = 0; i < EVENTS; i++)
		expect_event(test, VDEV_CMD_DEV_CHANGE_NTF,
			     vdev_endpoint_id(devices[i]));
	vdev_event_deliver(&events[0]);
	vdev_event_deliver(&events[1]);
	expect_silence(test);
}

/* An error of a socket is told before what waits there. */
static void message_without_memory_is_told_as_a_loss(struct kunit *test)
{
	struct vdev_endpoint *devices[] = {
		add_device(test, "a"), add_device(test, "b"),
		add_device(test, "c"),
	};
	struct vdev_event events[EVENTS] = { };

	listen(test);
	queue_events(events, devices);
	nlmsg_free(events[1].message);
	events[1].message = NULL;
	vdev_event_deliver(&events[0]);
	KUNIT_EXPECT_EQ(test, hear(test).err, -ENOBUFS);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF,
		     vdev_endpoint_id(devices[0]));
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF,
		     vdev_endpoint_id(devices[2]));
	expect_silence(test);
	vdev_event_deliver(&events[1]);
	vdev_event_deliver(&events[2]);
	expect_silence(test);
}

static void nothing_is_built_for_nobody(struct kunit *test)
{
	struct vdev_endpoint *devices[] = {
		add_device(test, "a"), add_device(test, "b"),
		add_device(test, "c"),
	};
	struct vdev_event events[EVENTS] = { };
	unsigned int i;

	if (vdev_listened_to())
		kunit_skip(test, "somebody listens");
	queue_events(events, devices);
	for (i = 0; i < EVENTS; i++) {
		KUNIT_EXPECT_FALSE(test, events[i].queued);
		KUNIT_EXPECT_NULL(test, events[i].message);
		vdev_event_deliver(&events[i]);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_change_is_sent_before_the_call_returns),
	KUNIT_CASE(removal_has_a_generation_of_its_own),
	KUNIT_CASE(provider_that_goes_tells_of_each_endpoint),
	KUNIT_CASE(one_delivers_for_all_in_their_order),
	KUNIT_CASE(message_without_memory_is_told_as_a_loss),
	KUNIT_CASE(nothing_is_built_for_nobody),
	{ }
};

struct kunit_suite vdev_notify_suite = {
	.name = "vdev-notify",
	.init = setup,
	.exit = teardown,
	.test_cases = cases,
};
