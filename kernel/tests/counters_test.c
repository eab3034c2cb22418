// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what providers count for their devices: what of it is read, what is rejected,
 * and that nobody gets an event of it.
 */
#include <linux/err.h>
#include <linux/skbuff.h>
#include <net/netlink.h>

#include "tests.h"

/* Of many counters, the values are the same at any instant. */
#define WRITES	2000

static const struct vdev_counter some[] = { { "saves", 3 }, { "loads", S64_MAX } };

static int setup(struct kunit *test)
{
	test->priv = vdev_test_provider(test, "kunit", NULL);
	return 0;
}

static struct vdev_endpoint *add_device(struct kunit *test)
{
	static const struct vdev_facts facts = { .driver = "kunit" };

	return vdev_test_device(test, test->priv, "a", &facts, NULL);
}

static void free_skb(void *skb)
{
	kfree_skb(skb);
}

/* What a reader gets, in a buffer of that size; the buffer goes with the test. */
static int read_counters(struct kunit *test, struct vdev_endpoint *endpoint,
			 unsigned int size, struct sk_buff **skb)
{
	*skb = alloc_skb(size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, *skb);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_skb, *skb));
	skb_reserve(*skb, skb_tailroom(*skb) - size);
	return vdev_counters_put(*skb, endpoint);
}

static void expect_counters(struct kunit *test, struct vdev_endpoint *endpoint,
			    const struct vdev_counter *counters, unsigned int num)
{
	const struct nlattr *nest;
	unsigned int i = 0;
	struct sk_buff *skb;
	int rem;

	KUNIT_EXPECT_EQ(test, num, read_counters(test, endpoint, 8192, &skb));
	nla_for_each_attr(nest, (const struct nlattr *)skb->data, skb->len, rem) {
		KUNIT_ASSERT_LT(test, i, num);
		KUNIT_EXPECT_EQ(test, VDEV_A_COUNTER, nla_type(nest));
		vdev_expect_string(test, vdev_attr_in(test, nest, VDEV_A_COUNTER_NAME),
				   counters[i].name);
		vdev_expect_uint(test, vdev_attr_in(test, nest, VDEV_A_COUNTER_VALUE),
				 counters[i].value);
		i++;
	}
	KUNIT_EXPECT_EQ(test, num, i);
}

static void readers_get_what_was_set_last(struct kunit *test)
{
	static const struct vdev_counter later[] = { { "saves", 4 }, { "loads", 0 } };
	static const struct vdev_counter others[] = { { "loads", 9 }, { "resets", 1 }, { "x", 2 } };
	struct vdev_endpoint *a = add_device(test);

	expect_counters(test, a, NULL, 0);
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, some, ARRAY_SIZE(some)));
	expect_counters(test, a, some, ARRAY_SIZE(some));
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, later, ARRAY_SIZE(later)));
	expect_counters(test, a, later, ARRAY_SIZE(later));
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, others, ARRAY_SIZE(others)));
	expect_counters(test, a, others, ARRAY_SIZE(others));
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, others, 1));
	expect_counters(test, a, others, 1);
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, NULL, 0));
	expect_counters(test, a, NULL, 0);
}

static void counters_are_copied(struct kunit *test)
{
	struct vdev_endpoint *a = add_device(test);
	char name[] = "saves";
	struct vdev_counter own[] = { { name, 3 } };

	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, own, ARRAY_SIZE(own)));
	name[0] = 'x';
	own[0].value = 0;
	expect_counters(test, a, some, 1);
}

static void nobody_gets_an_event(struct kunit *test)
{
	struct vdev_subscriber *subscriber = vdev_test_subscribe(test);
	struct vdev_endpoint *a = add_device(test);
	u64 before = vdev_generation();

	vdev_hear_event(test, subscriber, VDEV_CMD_DEV_CREATE_NTF, vdev_endpoint_id(a));
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, some, ARRAY_SIZE(some)));
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, NULL, 0));
	vdev_expect_silence(test, subscriber);
	KUNIT_EXPECT_EQ(test, before, vdev_generation());
}

static void rejected_counters_change_nothing(struct kunit *test)
{
	static const struct vdev_counter twice[] = { { "a", 1 }, { "b", 2 }, { "a", 3 } };
	static const struct vdev_counter nameless[] = { { "a", 1 }, { NULL, 2 } };
	static const struct vdev_counter spaced[] = { { "two words", 1 } };
	static const struct vdev_counter large[] = { { "saves", 4 }, { "loads", 1ULL << 63 } };
	struct vdev_endpoint *a = add_device(test);
	struct vdev_provider *provider = test->priv;

	KUNIT_ASSERT_EQ(test, 0, vdev_counters_set(a, some, ARRAY_SIZE(some)));
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_counters_set(a, twice, ARRAY_SIZE(twice)));
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_counters_set(a, nameless, ARRAY_SIZE(nameless)));
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_counters_set(a, spaced, ARRAY_SIZE(spaced)));
	KUNIT_EXPECT_EQ(test, -ERANGE, vdev_counters_set(a, large, ARRAY_SIZE(large)));
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_counters_set(a, NULL, 1));
	expect_counters(test, a, some, ARRAY_SIZE(some));
	KUNIT_EXPECT_EQ(test, 5, atomic64_read(&provider->stats.rejected));
}

static void one_counter_too_many_is_rejected(struct kunit *test)
{
	struct vdev_counter *many = kunit_kcalloc(test, VDEV_COUNTERS_MAX + 1,
						  sizeof(*many), GFP_KERNEL);
	struct vdev_endpoint *a = add_device(test);
	struct sk_buff *skb;
	unsigned int i;
	char *name;

	KUNIT_ASSERT_NOT_NULL(test, many);
	for (i = 0; i <= VDEV_COUNTERS_MAX; i++) {
		/* As long as can be, and each another one. */
		name = vdev_test_string(test, 'n', VDEV_NAME_LEN);
		name[0] = ' ' + 1 + i % 10;
		name[1] = '0' + i / 10;
		many[i] = (struct vdev_counter){ name, S64_MAX - i };
	}
	KUNIT_EXPECT_EQ(test, -EMSGSIZE, vdev_counters_set(a, many, VDEV_COUNTERS_MAX + 1));
	expect_counters(test, a, NULL, 0);
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(a, many, VDEV_COUNTERS_MAX));
	expect_counters(test, a, many, VDEV_COUNTERS_MAX);
	KUNIT_EXPECT_EQ(test, -EMSGSIZE, read_counters(test, a, 1024, &skb));
}

static void type_has_no_counters(struct kunit *test)
{
	const struct vdev_handle handle = { "kunit", "t", "kunit", "p" };
	static const struct vdev_facts facts = { .driver = "kunit" };
	struct vdev_endpoint *type;

	type = vdev_type_register(test->priv, &handle, &facts, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, type);
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_counters_set(type, some, ARRAY_SIZE(some)));
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(type, NULL, 0));
	expect_counters(test, type, NULL, 0);
}

static void nothing_is_counted_for_what_was_not_registered(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(NULL, some, ARRAY_SIZE(some)));
	KUNIT_EXPECT_EQ(test, 0, vdev_counters_set(ERR_PTR(-ENOMEM), some, ARRAY_SIZE(some)));
}

/**
 * struct writer - who sets counters, while others read them
 * @work: what does it
 * @endpoint: of this device
 * @done: it has ended
 */
struct writer {
	struct work_struct work;
	struct vdev_endpoint *endpoint;
	bool done;
};

/* Both have the same value; now and then there are three of them. */
static void write_all(struct work_struct *work)
{
	struct writer *writer = container_of(work, struct writer, work);
	u64 i;

	for (i = 0; i < WRITES; i++) {
		const struct vdev_counter counters[] = { { "a", i }, { "b", i }, { "c", i } };

		vdev_counters_set(writer->endpoint, counters, i % 7 ? 2 : 3);
		cond_resched();
	}
	WRITE_ONCE(writer->done, true);
}

static u64 value_of(const struct nlattr *nest)
{
	const struct nlattr *value = nla_find_nested(nest, VDEV_A_COUNTER_VALUE);

	return nla_len(value) == sizeof(u32) ? nla_get_u32(value) : nla_get_u64(value);
}

static void counters_are_of_one_instant(struct kunit *test)
{
	struct writer *writer = kunit_kzalloc(test, sizeof(*writer), GFP_KERNEL);
	struct sk_buff *skb = alloc_skb(1024, GFP_KERNEL);
	const struct nlattr *nest, *first;
	bool over = false;
	int rem, num;

	KUNIT_ASSERT_NOT_NULL(test, writer);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_skb, skb));
	writer->endpoint = add_device(test);
	INIT_WORK(&writer->work, write_all);
	schedule_work(&writer->work);
	while (!over) {
		over = READ_ONCE(writer->done);
		skb_trim(skb, 0);
		num = vdev_counters_put(skb, writer->endpoint);
		KUNIT_EXPECT_TRUE(test, !num || num == 2 || num == 3);
		first = (const struct nlattr *)skb->data;
		nla_for_each_attr(nest, first, skb->len, rem)
			KUNIT_EXPECT_EQ(test, value_of(first), value_of(nest));
		cond_resched();
	}
	flush_work(&writer->work);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(readers_get_what_was_set_last),
	KUNIT_CASE(counters_are_copied),
	KUNIT_CASE(nobody_gets_an_event),
	KUNIT_CASE(rejected_counters_change_nothing),
	KUNIT_CASE(one_counter_too_many_is_rejected),
	KUNIT_CASE(type_has_no_counters),
	KUNIT_CASE(nothing_is_counted_for_what_was_not_registered),
	KUNIT_CASE(counters_are_of_one_instant),
	{ }
};

struct kunit_suite vdev_counters_suite = {
	.name = "vdev-counters",
	.init = setup,
	.test_cases = cases,
};
