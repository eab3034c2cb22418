// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the filter of a dump: each condition alone, all of them together,
 * and what the policy rejects.
 */
#include <linux/limits.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "compat.h"
#include "netlink/netlink.h"
#include "tests.h"

/* The family has reached it, whatever it is. */
enum { GENERATION = 1 };

/* A condition of a filter: an attribute with a string, a number or nothing. */
struct condition {
	int type;
	const char *string;
	u64 number;
};

struct filter_case {
	const char *label;
	struct condition conditions[VDEV_A_FILTER_MAX];
	bool match;
};

#define STRING(name, value)	{ VDEV_A_FILTER_##name, value }
#define SINCE(value)		{ VDEV_A_FILTER_SINCE, NULL, value }
#define ENDPOINT(value)		{ VDEV_A_FILTER_ENDPOINT, NULL, value }
#define MIGRATABLE		{ VDEV_A_FILTER_MIGRATABLE }

/* What matches the endpoint that make_endpoint() makes, and what does not. */
static const struct filter_case filter_cases[] = {
	{ "no condition", { }, true },
	{ "bus", { STRING(BUS, "kunit") }, true },
	{ "bus begins so", { STRING(BUS, "kuni") } },
	{ "bus goes on", { STRING(BUS, "kunits") } },
	{ "bus empty", { STRING(BUS, "") } },
	{ "parent-bus", { STRING(PARENT_BUS, "pci") }, true },
	{ "parent-bus other", { STRING(PARENT_BUS, "kunit") } },
	{ "parent", { STRING(PARENT, "p0") }, true },
	{ "parent other", { STRING(PARENT, "p1") } },
	{ "type", { STRING(TYPE, "t") }, true },
	{ "type other", { STRING(TYPE, "m") } },
	{ "model", { STRING(MODEL, "m") }, true },
	{ "model accepted", { STRING(MODEL, "n") } },
	{ "device-api absent", { STRING(DEVICE_API, "vfio-pci") } },
	{ "device-api empty", { STRING(DEVICE_API, "") } },
	{ "migratable", { MIGRATABLE }, true },
	{ "since before", { SINCE(GENERATION - 1) }, true },
	{ "since its own change", { SINCE(GENERATION) } },
	{ "endpoint", { ENDPOINT(VDEV_ENDPOINT_KIND_DEVICE) }, true },
	{ "endpoint other", { ENDPOINT(VDEV_ENDPOINT_KIND_TYPE) } },
	{ "all hold", { STRING(BUS, "kunit"), STRING(PARENT_BUS, "pci"),
			STRING(PARENT, "p0"), STRING(TYPE, "t"),
			STRING(MODEL, "m"), MIGRATABLE, SINCE(0) }, true },
	{ "one of all does not", { STRING(BUS, "kunit"), STRING(TYPE, "t"),
				   STRING(MODEL, "x"), MIGRATABLE } },
};

static void filter_label(const struct filter_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(filter, filter_cases, filter_label);

static int put_condition(struct sk_buff *skb, const struct condition *condition)
{
	switch (condition->type) {
	case VDEV_A_FILTER_MIGRATABLE:
		return nla_put_flag(skb, condition->type);
	case VDEV_A_FILTER_SINCE:
		return vdev_compat_put_uint(skb, condition->type,
					    condition->number) ?:
		       nla_put_u32(skb, VDEV_A_FILTER_INSTANCE,
				   vdev_instance());
	case VDEV_A_FILTER_INSTANCE:
	case VDEV_A_FILTER_AT_LEAST:
	case VDEV_A_FILTER_ENDPOINT:
		return nla_put_u32(skb, condition->type, condition->number);
	default:
		return nla_put_string(skb, condition->type, condition->string);
	}
}

static void free_skb(void *skb)
{
	kfree_skb(skb);
}

/* The attribute as a request would hold it. */
static const struct nlattr *make_attr(struct kunit *test,
				      const struct condition *conditions)
{
	struct sk_buff *skb = nlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	struct nlattr *nest;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_skb, skb));
	nest = nla_nest_start(skb, VDEV_A_FILTER);
	KUNIT_ASSERT_NOT_NULL(test, nest);
	for (; conditions->type; conditions++)
		KUNIT_ASSERT_EQ(test, 0, put_condition(skb, conditions));
	nla_nest_end(skb, nest);
	return nest;
}

static const struct vdev_facts facts = {
	.migration = VDEV_MIGRATION_SUPPORTED,
	.record = {
		.type = { .value = "t" },
		.model = {
			.value = "m",
			.accept = (const char *const []){ "n" },
			.num_accept = 1,
		},
	},
};

static void free_blob(void *blob)
{
	vdev_blob_put(blob);
}

static struct vdev_endpoint *make_endpoint(struct kunit *test,
					   const struct vdev_facts *facts)
{
	struct vdev_reason reason = { };
	struct vdev_endpoint *endpoint;
	struct vdev_blob *blob;

	endpoint = kunit_kzalloc(test, sizeof(*endpoint), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, endpoint);
	endpoint->mark = VDEV_IS_DEVICE;
	endpoint->generation = GENERATION;
	endpoint->handle = (struct vdev_handle){ "kunit", "a", "pci", "p0" };
	blob = vdev_blob_build(&reason, "kunit", &endpoint->handle, facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, blob, "%s", reason.why);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, free_blob, blob));
	RCU_INIT_POINTER(endpoint->blob, blob);
	return endpoint;
}

static bool matches(struct kunit *test, const struct nlattr *attr,
		    struct vdev_endpoint *endpoint)
{
	struct netlink_ext_ack extack = { };
	struct vdev_filter *filter;
	struct vdev_view view;
	bool match;

	filter = vdev_filter_new(attr, &extack);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, filter);
	rcu_read_lock();
	vdev_view_of(&view, endpoint);
	match = vdev_filter_match(filter, endpoint, &view);
	rcu_read_unlock();
	kfree(filter);
	return match;
}

static void conditions_hold_or_not(struct kunit *test)
{
	const struct filter_case *c = test->param_value;
	struct vdev_endpoint *endpoint = make_endpoint(test, &facts);

	KUNIT_EXPECT_EQ(test, c->match,
			matches(test, make_attr(test, c->conditions),
				endpoint));
}

static void no_filter_lets_all_pass(struct kunit *test)
{
	static const struct vdev_facts empty;

	KUNIT_EXPECT_TRUE(test, matches(test, NULL,
					make_endpoint(test, &empty)));
}

static void blocked_device_is_not_migratable(struct kunit *test)
{
	static const struct condition conditions[] = { MIGRATABLE, { } };
	static const struct vdev_blocker blocker = { "b", "blocked" };
	struct vdev_facts blocked = facts;
	struct vdev_facts undeclared = facts;

	blocked.blockers = &blocker;
	blocked.num_blockers = 1;
	undeclared.migration = 0;
	KUNIT_EXPECT_FALSE(test, matches(test, make_attr(test, conditions),
					 make_endpoint(test, &blocked)));
	KUNIT_EXPECT_FALSE(test, matches(test, make_attr(test, conditions),
					 make_endpoint(test, &undeclared)));
}

static void expect_rejected(struct kunit *test,
			    const struct condition *conditions, int want)
{
	struct netlink_ext_ack extack = { };
	struct vdev_filter *filter;

	filter = vdev_filter_new(make_attr(test, conditions), &extack);
	KUNIT_ASSERT_TRUE(test, IS_ERR(filter));
	KUNIT_EXPECT_EQ(test, PTR_ERR(filter), want);
	KUNIT_EXPECT_TRUE(test, extack.bad_attr || extack.miss_type);
}

static void long_strings_are_rejected(struct kunit *test)
{
	struct condition conditions[] = {
		STRING(BUS, vdev_test_string(test, 'b', VDEV_NAME_LEN + 1)),
		{ },
	};

	expect_rejected(test, conditions, -EINVAL);
	conditions[0].string++;
	KUNIT_EXPECT_FALSE(test, matches(test, make_attr(test, conditions),
					 make_endpoint(test, &facts)));
	conditions[0].type = VDEV_A_FILTER_MODEL;
	conditions[0].string = vdev_test_string(test, 'm', VDEV_STRING_LEN + 1);
	expect_rejected(test, conditions, -EINVAL);
}

static void generation_to_come_is_rejected(struct kunit *test)
{
	static const struct condition conditions[] = { SINCE(U64_MAX), { } };

	expect_rejected(test, conditions, -ESTALE);
}

static void instance_alone_is_rejected(struct kunit *test)
{
	static const struct condition conditions[] = {
		{ VDEV_A_FILTER_INSTANCE, NULL, 1 }, { }
	};

	expect_rejected(test, conditions, -EINVAL);
}

static void verdict_is_for_who_judges(struct kunit *test)
{
	static const struct condition conditions[] = {
		{ VDEV_A_FILTER_AT_LEAST, NULL, VDEV_VERDICT_COMPATIBLE }, { }
	};
	static const struct condition none[] = { { } };
	struct vdev_filter *filter;
	struct netlink_ext_ack extack;

	filter = vdev_filter_new(make_attr(test, conditions), &extack);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, filter);
	KUNIT_EXPECT_EQ(test, vdev_filter_at_least(filter),
			VDEV_VERDICT_COMPATIBLE);
	kfree(filter);
	filter = vdev_filter_new(make_attr(test, none), &extack);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, filter);
	KUNIT_EXPECT_EQ(test, vdev_filter_at_least(filter), 0);
	kfree(filter);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(conditions_hold_or_not, filter_gen_params),
	KUNIT_CASE(no_filter_lets_all_pass),
	KUNIT_CASE(blocked_device_is_not_migratable),
	KUNIT_CASE(long_strings_are_rejected),
	KUNIT_CASE(generation_to_come_is_rejected),
	KUNIT_CASE(instance_alone_is_rejected),
	KUNIT_CASE(verdict_is_for_who_judges),
	{ }
};

struct kunit_suite vdev_filter_suite = {
	.name = "vdev-filter",
	.test_cases = cases,
};
