// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of dumps, called as netlink calls them: which of them are marked as
 * interrupted, and what a buffer that grows is charged.
 */
#include <linux/err.h>
#include <linux/net.h>
#include <linux/sizes.h>
#include <linux/skbuff.h>
#include <net/genetlink.h>
#include <net/sock.h>

#include "netlink/netlink.h"
#include "netlink/walk.h"
#include "tests.h"

struct fixture {
	struct vdev_provider *provider;
	struct vdev_endpoint *devices[3];
	struct sk_buff *request;
	struct nlattr *attrs[VDEV_A_MAX + 1];
	struct genl_dumpit_info info;
	struct netlink_ext_ack extack;
	struct netlink_callback cb;
	unsigned int messages;
	bool interrupted;
};

static const struct vdev_facts facts = { .migration = VDEV_MIGRATION_SUPPORTED };
static const struct vdev_facts others = {
	.migration = VDEV_MIGRATION_UNSUPPORTED,
};

static void free_skb(void *skb)
{
	kfree_skb(skb);
}

static struct sk_buff *new_skb(struct kunit *test, unsigned int size)
{
	struct sk_buff *skb = alloc_skb(size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_skb, skb));
	return skb;
}

static int setup(struct kunit *test)
{
	static const char *const names[] = { "a", "b", "c" };
	struct fixture *fixture;
	unsigned int i;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	fixture->provider = vdev_test_provider(test, "kunit", NULL);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		fixture->devices[i] = vdev_test_device(test, fixture->provider,
						       names[i], &facts, NULL);
	fixture->request = new_skb(test, NLMSG_GOODSIZE);
	fixture->info.info.attrs = fixture->attrs;
	fixture->info.info.extack = &fixture->extack;
	fixture->cb.data = &fixture->info;
	fixture->cb.extack = &fixture->extack;
	fixture->cb.skb = fixture->request;
	return 0;
}

/* A request of that command, whose only attribute is the source, if any. */
static void make_request(struct kunit *test, u8 cmd, const char *source)
{
	struct fixture *fixture = test->priv;
	struct sk_buff *skb = fixture->request;
	struct nlattr *nest;

	KUNIT_ASSERT_NOT_NULL(test, genlmsg_put(skb, 1, 1, &vdev_nl_family,
						NLM_F_DUMP, cmd));
	fixture->cb.nlh = nlmsg_hdr(skb);
	if (!source)
		return;
	nest = nla_nest_start(skb, VDEV_A_SOURCE);
	KUNIT_ASSERT_NOT_NULL(test, nest);
	KUNIT_ASSERT_EQ(test, 0,
			nla_put_string(skb, VDEV_A_SOURCE_BUS, "kunit") ?:
			nla_put_string(skb, VDEV_A_SOURCE_NAME, source));
	nla_nest_end(skb, nest);
	fixture->attrs[VDEV_A_SOURCE] = nest;
}

static void look(struct fixture *fixture, const struct sk_buff *skb)
{
	const struct nlmsghdr *message = (const struct nlmsghdr *)skb->data;
	int left = skb->len;

	for (; nlmsg_ok(message, left); message = nlmsg_next(message, &left)) {
		fixture->messages++;
		fixture->interrupted |= message->nlmsg_flags & NLM_F_DUMP_INTR;
	}
}

/* Netlink does as much for the end of a dump. */
static void look_at_end(struct fixture *fixture)
{
	fixture->interrupted |= fixture->cb.prev_seq != fixture->cb.seq;
}

/* A buffer with so much room; true if there is more to come. */
static bool fill(struct kunit *test, unsigned int room,
		 int (*dump)(struct sk_buff *skb, struct netlink_callback *cb))
{
	struct fixture *fixture = test->priv;
	struct sk_buff *skb = new_skb(test, room);
	int err;

	skb_reserve(skb, skb_tailroom(skb) - room);
	err = dump(skb, &fixture->cb);
	KUNIT_ASSERT_GE(test, err, 0);
	look(fixture, skb);
	return err;
}

static void begin_find(struct kunit *test, const char *source)
{
	struct fixture *fixture = test->priv;

	make_request(test, VDEV_CMD_FIND, source);
	KUNIT_ASSERT_EQ_MSG(test, 0, vdev_nl_find_start(&fixture->cb), "%s",
			    fixture->extack._msg ?: "");
}

static void end_find(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	while (fill(test, SZ_16K, vdev_nl_find_dumpit))
		;
	look_at_end(fixture);
	vdev_nl_find_done(&fixture->cb);
}

static void search_is_whole(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	begin_find(test, "a");
	end_find(test);
	KUNIT_EXPECT_GE(test, fixture->messages, 3);
	KUNIT_EXPECT_FALSE(test, fixture->interrupted);
}

/* It was read when the search began, and is judged as it was then. */
static void source_that_changes_before_the_first_buffer_is_reported(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	begin_find(test, "a");
	vdev_update(fixture->devices[0], &others);
	end_find(test);
	KUNIT_EXPECT_GE(test, fixture->messages, 3);
	KUNIT_EXPECT_TRUE(test, fixture->interrupted);
}

static void source_that_goes_before_the_first_buffer_is_reported(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	begin_find(test, "a");
	vdev_unregister(fixture->devices[0]);
	end_find(test);
	KUNIT_EXPECT_TRUE(test, fixture->interrupted);
}

/* Room for any one of them, and not for two. */
static unsigned int room_for_one(struct fixture *fixture)
{
	struct vdev_view view;
	size_t size;

	rcu_read_lock();
	vdev_view_of(&view, fixture->devices[0]);
	size = vdev_msg_size(view.blob);
	rcu_read_unlock();
	return size;
}

static void begin_dump(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	make_request(test, VDEV_CMD_DEV_GET, NULL);
	KUNIT_ASSERT_EQ(test, 0, vdev_nl_dev_get_start(&fixture->cb));
}

static void end_dump(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	while (fill(test, room_for_one(fixture), vdev_nl_dev_get_dumpit))
		;
	look_at_end(fixture);
	vdev_nl_walk_done(&fixture->cb);
}

static void dump_of_several_buffers_is_whole(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	begin_dump(test);
	end_dump(test);
	KUNIT_EXPECT_EQ(test, fixture->messages, 3);
	KUNIT_EXPECT_FALSE(test, fixture->interrupted);
}

static void change_between_two_buffers_is_reported(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	begin_dump(test);
	KUNIT_EXPECT_TRUE(test, fill(test, room_for_one(fixture),
				     vdev_nl_dev_get_dumpit));
	KUNIT_EXPECT_EQ(test, fixture->messages, 1);
	KUNIT_EXPECT_FALSE(test, fixture->interrupted);
	vdev_update(fixture->devices[2], &others);
	KUNIT_EXPECT_TRUE(test, fill(test, room_for_one(fixture),
				     vdev_nl_dev_get_dumpit));
	KUNIT_EXPECT_TRUE(test, fixture->interrupted);
	end_dump(test);
}

/* Whatever was read, was put or not; and the end of the dump says so. */
static void what_was_seen_and_not_put_counts(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_dump dump = { };

	vdev_nl_dump_see(&fixture->cb, &dump, 1);
	vdev_nl_dump_see(&fixture->cb, &dump, 1);
	KUNIT_EXPECT_EQ(test, fixture->cb.prev_seq, fixture->cb.seq);
	vdev_nl_dump_see(&fixture->cb, &dump, 2);
	KUNIT_EXPECT_NE(test, fixture->cb.prev_seq, fixture->cb.seq);
	/* And so says what comes after that. */
	fixture->cb.prev_seq = fixture->cb.seq;
	vdev_nl_dump_see(&fixture->cb, &dump, 2);
	KUNIT_EXPECT_NE(test, fixture->cb.prev_seq, fixture->cb.seq);
}

static void release_socket(void *sock)
{
	sock_release(sock);
}

/* A buffer that was too small for the first object. */
static void buffer_that_grows_is_charged(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct sk_buff *skb;
	struct socket *sock;

	KUNIT_ASSERT_EQ(test, 0, sock_create_kern(&init_net, AF_NETLINK,
						  SOCK_RAW, NETLINK_GENERIC,
						  &sock));
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, release_socket,
							   sock));
	skb = alloc_skb(64, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_set_owner_r(skb, sock->sk);
	skb_reserve(skb, skb_tailroom(skb) - 16);
	begin_dump(test);
	KUNIT_EXPECT_GE(test, vdev_nl_dev_get_dumpit(skb, &fixture->cb), 0);
	look(fixture, skb);
	KUNIT_EXPECT_GE(test, fixture->messages, 1);
	KUNIT_EXPECT_FALSE(test, fixture->interrupted);
	KUNIT_EXPECT_GE(test, skb->truesize, skb->len);
	KUNIT_EXPECT_EQ(test, atomic_read(&sock->sk->sk_rmem_alloc),
			skb->truesize);
	kfree_skb(skb);
	KUNIT_EXPECT_EQ(test, atomic_read(&sock->sk->sk_rmem_alloc), 0);
	vdev_nl_walk_done(&fixture->cb);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(search_is_whole),
	KUNIT_CASE(source_that_changes_before_the_first_buffer_is_reported),
	KUNIT_CASE(source_that_goes_before_the_first_buffer_is_reported),
	KUNIT_CASE(dump_of_several_buffers_is_whole),
	KUNIT_CASE(change_between_two_buffers_is_reported),
	KUNIT_CASE(what_was_seen_and_not_put_counts),
	KUNIT_CASE(buffer_that_grows_is_charged),
	{ }
};

struct kunit_suite vdev_dump_suite = {
	.name = "vdev-dump",
	.init = setup,
	.test_cases = cases,
};
