// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of ceilings: where they are put, which endpoints follow a change of one, what is
 * killed meanwhile, and what is unregistered.
 */
#include <linux/err.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <net/netlink.h>

#include "codec/contract.h"
#include "codec/facts.h"
#include "codec/parsed.h"
#include "core/ceiling.h"
#include "core/change.h"
#include "core/profile.h"
#include "core/request.h"
#include "tests.h"

struct fixture {
	struct vdev_provider *provider;
	struct vdev_endpoint *type;
	struct vdev_endpoint *device;
	struct vdev_subscriber *subscriber;
};

static const struct vdev_version versions[] = {
	{ "v1", VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT },
	{ "v2", VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT },
};

static const struct vdev_facts facts = {
	.migration = VDEV_MIGRATION_SUPPORTED,
	.record = {
		.type.value = "t",
		.versions = versions,
		.num_versions = ARRAY_SIZE(versions),
	},
};

static const struct vdev_handle type_handle = { "kunit", "t", "kunit", "p" };
static const struct vdev_handle device_handle = { "kunit", "d", "kunit", "p" };
static const struct vdev_key key = { .mark = VDEV_IS_TYPE, .handle = type_handle };

static int do_nothing(struct vdev_endpoint *endpoint, void *priv, const struct vdev_order *order,
		      char *reason, size_t size)
{
	return 0;
}

static const struct vdev_provider_ops ops = {
	.create = do_nothing,
	.configure = do_nothing,
	.remove = do_nothing,
};

static int put_limit(struct sk_buff *skb, const char *max_version)
{
	struct nlattr *nest;
	int err;

	err = nla_put_string(skb, VDEV_A_NAME, "t") ?:
	      nla_put_string(skb, VDEV_A_PARENT_BUS, "kunit") ?:
	      nla_put_string(skb, VDEV_A_PARENT, "p");
	nest = nla_nest_start(skb, VDEV_A_CEILING);
	if (!nest)
		return -EMSGSIZE;
	err = err ?: nla_put_string(skb, VDEV_A_CEILING_MAX_VERSION, max_version);
	nla_nest_end(skb, nest);
	return err;
}

/* For the type of the fixture; to be given to vdev_limit_put(). */
static struct vdev_limit *limit_of(struct kunit *test, const char *max_version)
{
	struct sk_buff *skb = nlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	struct netlink_ext_ack extack = { };
	struct nlattr *attrs[VDEV_A_MAX + 1];
	struct vdev_limit *limit;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	limit = ERR_PTR(put_limit(skb, max_version));
	if (!limit) {
		nla_parse(attrs, VDEV_A_MAX, (const struct nlattr *)skb->data, skb->len, NULL,
			  NULL);
		limit = vdev_limit_new(attrs, &key, &extack);
	}
	kfree_skb(skb);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, limit, "%s", extack._msg ?: "");
	return limit;
}

/* NULL takes the ceiling away. */
static int set(struct kunit *test, const char *max_version, u64 expected,
	       struct vdev_reason *reason)
{
	struct vdev_limit *limit = max_version ? limit_of(test, max_version) : NULL;
	const struct vdev_limit_change change = {
		.type = &key,
		.limit = limit,
		.expected = expected,
	};
	int err;

	err = vdev_limit_set(&change, reason);
	vdev_limit_put(limit);
	return err;
}

static void reset(void *test)
{
	struct vdev_reason reason = { };

	set(test, NULL, 0, &reason);
}

static int setup(struct kunit *test)
{
	struct fixture *fixture;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	fixture->provider = vdev_test_provider(test, "kunit", &ops);
	fixture->type = vdev_type_register(fixture->provider, &type_handle, &facts, NULL);
	fixture->device = vdev_device_register(fixture->provider, &device_handle, &facts, NULL);
	vdev_test_device(test, fixture->provider, "other", &facts, NULL);
	fixture->subscriber = vdev_test_subscribe(test);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fixture->type);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fixture->device);
	return kunit_add_action_or_reset(test, reset, test);
}

/* What the record that is published says of the ceiling, or NULL. */
static const char *max_version_of(struct vdev_endpoint *endpoint)
{
	const struct vdev_ceiling *ceiling;
	const struct vdev_blob *blob;

	blob = rcu_dereference_protected(endpoint->blob, true);
	ceiling = blob->contract->parsed->record.ceiling;
	return ceiling ? ceiling->max_version : NULL;
}

static void expect_limited(struct kunit *test, struct vdev_endpoint *endpoint,
			   const char *max_version)
{
	KUNIT_EXPECT_STREQ(test, max_version_of(endpoint) ?: "none", max_version ?: "none");
}

static void expect_change(struct kunit *test, struct vdev_endpoint *endpoint, u8 cmd)
{
	struct fixture *fixture = test->priv;

	vdev_hear_event(test, fixture->subscriber, cmd, vdev_endpoint_id(endpoint));
}

static void expect_silence(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	vdev_expect_silence(test, fixture->subscriber);
}

static void expect_both(struct kunit *test, const char *max_version)
{
	struct fixture *fixture = test->priv;

	expect_change(test, fixture->type, VDEV_CMD_TYPE_CHANGE_NTF);
	expect_change(test, fixture->device, VDEV_CMD_DEV_CHANGE_NTF);
	expect_silence(test);
	expect_limited(test, fixture->type, max_version);
	expect_limited(test, fixture->device, max_version);
}

static void type_and_devices_follow(struct kunit *test)
{
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ(test, 0, set(test, "v1", 0, &reason));
	expect_both(test, "v1");
	KUNIT_EXPECT_EQ(test, 0, set(test, "v1", 0, &reason));
	expect_silence(test);
	KUNIT_EXPECT_EQ(test, 0, set(test, "v2", 0, &reason));
	expect_both(test, "v2");
	KUNIT_EXPECT_EQ(test, 0, set(test, NULL, 0, &reason));
	expect_both(test, NULL);
	KUNIT_EXPECT_EQ(test, 0, set(test, NULL, 0, &reason));
	expect_silence(test);
}

static void ceiling_is_behind_the_rest_of_the_record(struct kunit *test)
{
	const struct vdev_blob *blob = vdev_test_blob(test, &type_handle, &facts);
	struct vdev_limit *limit = limit_of(test, "v1");
	const struct nlattr *record, *before;
	struct vdev_blob *limited;

	limited = vdev_blob_limit(blob, limit->ceiling);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, limited);
	before = vdev_attr(blob, VDEV_A_RECORD);
	record = vdev_attr(limited, VDEV_A_RECORD);
	KUNIT_EXPECT_MEMEQ(test, blob->data, limited->data, (u8 *)before - blob->data);
	KUNIT_EXPECT_MEMEQ(test, nla_data(before), nla_data(record), nla_len(before));
	KUNIT_EXPECT_EQ(test, limited->len, blob->len + limit->ceiling->nla_len);
	vdev_expect_string(test,
			   vdev_attr_in(test, vdev_attr_in(test, record, VDEV_A_RECORD_CEILING),
					VDEV_A_CEILING_MAX_VERSION), "v1");
	vdev_blob_put(limited);
	vdev_limit_put(limit);
}

static void ceiling_waits_for_its_type(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_reason reason = { };

	vdev_unregister(fixture->device);
	vdev_unregister(fixture->type);
	KUNIT_EXPECT_EQ(test, 0, set(test, "v9", 0, &reason));
	fixture->type = vdev_type_register(fixture->provider, &type_handle, &facts, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fixture->type);
	expect_limited(test, fixture->type, "v9");
	KUNIT_EXPECT_EQ(test, 0, vdev_blocker_del(fixture->type, "none"));
	expect_limited(test, fixture->type, "v9");
}

static void update_keeps_the_ceiling(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_facts changed = facts;
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ(test, 0, set(test, "v1", 0, &reason));
	changed.driver = "d";
	KUNIT_EXPECT_EQ(test, 0, vdev_update(fixture->type, &changed));
	expect_limited(test, fixture->type, "v1");
	changed.record.type.value = "other";
	KUNIT_EXPECT_EQ(test, 0, vdev_update(fixture->device, &changed));
	expect_limited(test, fixture->device, NULL);
}

static void what_is_not_offered_is_rejected(struct kunit *test)
{
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ(test, -ERANGE, set(test, "v9", 0, &reason));
	KUNIT_EXPECT_STREQ(test, reason.why, "max-version v9: the type has no such version");
	KUNIT_EXPECT_EQ(test, -ESTALE, set(test, "v1", 1, &reason));
	KUNIT_EXPECT_EQ(test, 0, set(test, "v1", vdev_generation(), &reason));
	expect_both(test, "v1");
}

static void type_that_is_expected_must_be_there(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_reason reason = { };

	vdev_unregister(fixture->type);
	KUNIT_EXPECT_EQ(test, -ENODEV, set(test, "v1", vdev_generation(), &reason));
	KUNIT_EXPECT_EQ(test, -ENODEV, set(test, NULL, 0, &reason));
	KUNIT_EXPECT_STREQ(test, reason.why, "no such type");
}

static void who_is_killed_sets_nothing(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	u64 before = vdev_generation();
	struct vdev_reason reason = { };
	int err;

	allow_signal(SIGKILL);
	send_sig(SIGKILL, current, 1);
	err = set(test, "v1", 0, &reason);
	flush_signals(current);
	disallow_signal(SIGKILL);
	KUNIT_EXPECT_EQ(test, err, -EINTR);
	KUNIT_EXPECT_EQ(test, vdev_generation(), before);
	expect_limited(test, fixture->type, NULL);
	expect_silence(test);
}

/* As if the ceiling was being set, while the type goes. */
static void type_that_is_prepared_can_go(struct kunit *test)
{
	struct vdev_limit *limit = limit_of(test, "v1");
	const struct vdev_change change = { .new_limit = limit };
	struct fixture *fixture = test->priv;

	down_write(&vdev_profiles_sem);
	KUNIT_EXPECT_EQ(test, 0, vdev_rebuild_prepare_locked(&change));
	vdev_unregister(fixture->type);
	KUNIT_EXPECT_EQ(test, 1U, vdev_rebuild_finish_locked(0));
	up_write(&vdev_profiles_sem);
	expect_limited(test, fixture->device, "v1");
	vdev_limit_put(limit);
}

/* While a request is under way, which was accepted before. */
static void expect_under_way(struct kunit *test, struct vdev_endpoint *endpoint, u32 what,
			     bool dry_run, int want)
{
	const struct vdev_key of = { .mark = VDEV_IS_ANY, .id = vdev_endpoint_id(endpoint) };
	struct vdev_request *request = kunit_kzalloc(test, sizeof(*request), GFP_KERNEL);
	struct vdev_reason reason = { };

	KUNIT_ASSERT_NOT_NULL(test, request);
	request->what = what;
	request->device = (struct vdev_key) { VDEV_IS_DEVICE, 0, { "kunit", "new" } };
	request->order = (struct vdev_order) { .name = "new", .dry_run = dry_run };
	KUNIT_ASSERT_PTR_EQ(test, vdev_view_find(&request->view, &of), endpoint);
	KUNIT_ASSERT_EQ(test, 0, vdev_request_begin(request, endpoint, &reason));
	KUNIT_EXPECT_EQ(test, want, set(test, "v1", 0, &reason));
	KUNIT_EXPECT_STREQ(test, reason.why,
			   want ? "a device of the type is being created or configured" : "");
	/* All that is under way is allowed without one. */
	KUNIT_EXPECT_EQ(test, 0, set(test, NULL, 0, &reason));
	vdev_request_run(request);
	vdev_blob_put(request->view.blob);
	reset(test);
}

static void request_does_not_end_above_it(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	expect_under_way(test, fixture->type, VDEV_OPERATION_CREATE, false, -EBUSY);
	expect_under_way(test, fixture->device, VDEV_OPERATION_CONFIGURE, false, -EBUSY);
	expect_silence(test);
	expect_limited(test, fixture->type, NULL);
	expect_under_way(test, fixture->type, VDEV_OPERATION_CREATE, true, 0);
	expect_under_way(test, fixture->device, VDEV_OPERATION_REMOVE, false, 0);
	expect_under_way(test, vdev_test_find("other"), VDEV_OPERATION_CONFIGURE, false, 0);
	expect_limited(test, fixture->type, NULL);
}

/* Both have it, whichever is shown. */
static void hidden_type_follows_too(struct kunit *test)
{
	static const struct vdev_provider_ops bridge_ops = { .bridge = true };
	struct fixture *fixture = test->priv;
	struct vdev_reason reason = { };
	struct vdev_provider *bridge;
	struct vdev_endpoint *below;

	bridge = vdev_test_provider(test, "kunit-bridge", &bridge_ops);
	below = vdev_type_register(bridge, &type_handle, &facts, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, below);
	KUNIT_EXPECT_EQ(test, 0, set(test, "v1", 0, &reason));
	expect_both(test, "v1");
	expect_limited(test, below, "v1");
	vdev_unregister(fixture->type);
	KUNIT_EXPECT_EQ(test, 0, set(test, NULL, 0, &reason));
	expect_limited(test, below, NULL);
}

static void provider_reports_no_ceiling(struct kunit *test)
{
	const struct vdev_ceiling ceiling = { .max_version = "v1" };
	struct fixture *fixture = test->priv;
	struct vdev_facts limited = facts;
	struct vdev_reason reason = { };

	limited.record.ceiling = &ceiling;
	vdev_expect_verdict(test, &reason, vdev_facts_check(&reason, &limited), -EINVAL,
			    "ceiling: a provider reports none");
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_update(fixture->type, &limited));
	expect_silence(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(type_and_devices_follow),
	KUNIT_CASE(ceiling_is_behind_the_rest_of_the_record),
	KUNIT_CASE(ceiling_waits_for_its_type),
	KUNIT_CASE(update_keeps_the_ceiling),
	KUNIT_CASE(what_is_not_offered_is_rejected),
	KUNIT_CASE(type_that_is_expected_must_be_there),
	KUNIT_CASE(who_is_killed_sets_nothing),
	KUNIT_CASE(type_that_is_prepared_can_go),
	KUNIT_CASE(request_does_not_end_above_it),
	KUNIT_CASE(hidden_type_follows_too),
	KUNIT_CASE(provider_reports_no_ceiling),
	{ }
};

struct kunit_suite vdev_ceiling_suite = {
	.name = "vdev-ceiling",
	.init = setup,
	.test_cases = cases,
};
