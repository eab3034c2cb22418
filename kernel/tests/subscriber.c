// SPDX-License-Identifier: GPL-2.0
/*
 * A socket of the kernel's own that has joined the group of the family that is
 * live. Nothing else changes endpoints meanwhile.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include <net/sock.h>

#include "compat.h"
#include "netlink/netlink.h"
#include "netlink/notify.h"
#include "tests.h"

/* Room for all that a test does. */
#define RECEIVE_BYTES	(32 << 20)
/* How often an event that must come is polled for. */
#define TRIES		5000

struct vdev_subscriber {
	struct socket *sock;
	struct vdev_heard profile;
	u8 buffer[8192];
};

static int subscribe(struct socket *sock)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	int group = vdev_nl_family.mcgrp_offset + VDEV_NL_MONITOR;

	return kernel_bind(sock, (VDEV_COMPAT_SOCKADDR *)&address,
			   sizeof(address)) ?:
	       sock->ops->setsockopt(sock, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
				     KERNEL_SOCKPTR(&group), sizeof(group));
}

static void unsubscribe(void *sock)
{
	sock_release(sock);
}

struct vdev_subscriber *vdev_test_subscribe(struct kunit *test)
{
	struct vdev_subscriber *subscriber;

	subscriber = kunit_kzalloc(test, sizeof(*subscriber), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, subscriber);
	KUNIT_ASSERT_EQ(test, 0, sock_create_kern(&init_net, AF_NETLINK,
						  SOCK_RAW, NETLINK_GENERIC,
						  &subscriber->sock));
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, unsubscribe,
							   subscriber->sock));
	subscriber->sock->sk->sk_rcvbuf = RECEIVE_BYTES;
	KUNIT_ASSERT_EQ(test, 0, subscribe(subscriber->sock));
	return subscriber;
}

/* Before the test is over. */
void vdev_test_unsubscribe(struct kunit *test, struct vdev_subscriber *subscriber)
{
	kunit_release_action(test, unsubscribe, subscriber->sock);
}

static void copy_string(const struct nlmsghdr *message, int type, char *text,
			size_t size)
{
	const struct nlattr *attr;

	attr = nlmsg_find_attr(message, GENL_HDRLEN, type);
	if (attr)
		nla_strscpy(text, attr, size);
}

static bool is_of_profile(const struct vdev_heard *heard)
{
	return !heard->err && heard->cmd >= VDEV_CMD_PROFILE_CREATE_NTF;
}

static void parse(struct kunit *test, struct vdev_heard *heard, void *data)
{
	const struct nlmsghdr *message = data;
	const struct genlmsghdr *header = nlmsg_data(message);
	const struct nlattr *id, *generation;

	generation = nlmsg_find_attr(message, GENL_HDRLEN, VDEV_A_GENERATION);
	KUNIT_ASSERT_NOT_NULL(test, generation);
	heard->cmd = header->cmd;
	heard->generation = vdev_compat_get_uint(generation);
	if (is_of_profile(heard)) {
		copy_string(message, VDEV_A_PROFILE_NAME, heard->profile,
			    sizeof(heard->profile));
		return;
	}
	id = nlmsg_find_attr(message, GENL_HDRLEN, VDEV_A_ID);
	KUNIT_ASSERT_NOT_NULL(test, id);
	heard->id = nla_get_u32(id);
	heard->stale = nlmsg_find_attr(message, GENL_HDRLEN, VDEV_A_STALE);
	copy_string(message, VDEV_A_PROVIDER, heard->provider,
		    sizeof(heard->provider));
	copy_string(message, VDEV_A_DRIVER, heard->driver,
		    sizeof(heard->driver));
	copy_string(message, VDEV_A_PROFILE, heard->profile,
		    sizeof(heard->profile));
}

static struct vdev_heard hear_any(struct kunit *test,
				  struct vdev_subscriber *subscriber)
{
	struct kvec vec = { subscriber->buffer, sizeof(subscriber->buffer) };
	struct vdev_heard heard = { };
	struct msghdr msg = { };
	int len;

	len = kernel_recvmsg(subscriber->sock, &msg, &vec, 1, vec.iov_len,
			     MSG_DONTWAIT);
	if (len < 0)
		heard.err = len;
	else
		parse(test, &heard, subscriber->buffer);
	return heard;
}

struct vdev_heard vdev_hear(struct kunit *test, struct vdev_subscriber *subscriber)
{
	struct vdev_heard heard = hear_any(test, subscriber);

	while (is_of_profile(&heard)) {
		subscriber->profile = heard;
		heard = hear_any(test, subscriber);
	}
	return heard;
}

struct vdev_heard vdev_heard_profile(const struct vdev_subscriber *subscriber)
{
	return subscriber->profile;
}

/* Where sending took long before, an event is sent by another thread. */
struct vdev_heard vdev_hear_next(struct kunit *test,
				 struct vdev_subscriber *subscriber)
{
	struct vdev_heard heard = vdev_hear(test, subscriber);
	unsigned int tries;

	for (tries = 0; heard.err == -EAGAIN && tries < TRIES; tries++) {
		usleep_range(2000, 4000);
		heard = vdev_hear(test, subscriber);
	}
	return heard;
}

struct vdev_heard vdev_hear_event(struct kunit *test,
				  struct vdev_subscriber *subscriber, u8 cmd,
				  u32 id)
{
	struct vdev_heard heard = vdev_hear_next(test, subscriber);

	KUNIT_EXPECT_EQ(test, heard.err, 0);
	KUNIT_EXPECT_EQ(test, heard.cmd, cmd);
	KUNIT_EXPECT_EQ(test, heard.id, id);
	return heard;
}

void vdev_expect_silence(struct kunit *test, struct vdev_subscriber *subscriber)
{
	KUNIT_EXPECT_EQ(test, vdev_hear(test, subscriber).err, -EAGAIN);
}
