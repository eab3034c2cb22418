// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of two endpoints of one name: that of a bridge is hidden while that of
 * another provider is there, and who reads sees one endpoint that changes.
 */
#include <linux/err.h>

#include "core/profile.h"
#include "tests.h"

struct fixture {
	struct vdev_provider *bridge;
	struct vdev_provider *vendor;
	struct vdev_subscriber *subscriber;
};

static const struct vdev_provider_ops bridge_ops = { .bridge = true };
static const struct vdev_provider_ops vendor_ops = { };
static const struct vdev_facts bridged = { .driver = "bridged" };
static const struct vdev_facts vended = { .driver = "vended" };
static const struct vdev_facts other = { .driver = "other" };

static int setup(struct kunit *test)
{
	struct fixture *fixture;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	fixture->bridge = vdev_test_provider(test, "kunit-bridge", &bridge_ops);
	fixture->vendor = vdev_test_provider(test, "kunit-vendor", &vendor_ops);
	fixture->subscriber = vdev_test_subscribe(test);
	return 0;
}

static struct vdev_endpoint *add_bridged(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	return vdev_test_device(test, fixture->bridge, "a", &bridged, NULL);
}

static struct vdev_endpoint *add_vended(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	return vdev_test_device(test, fixture->vendor, "a", &vended, NULL);
}

static void expect_event(struct kunit *test, u8 cmd, u32 id,
			 const char *provider, const char *driver)
{
	struct fixture *fixture = test->priv;
	struct vdev_heard heard;

	heard = vdev_hear_event(test, fixture->subscriber, cmd, id);
	KUNIT_EXPECT_STREQ(test, heard.provider, provider);
	KUNIT_EXPECT_STREQ(test, heard.driver, driver);
	KUNIT_EXPECT_EQ(test, heard.generation, vdev_generation());
}

static void expect_silence(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	vdev_expect_silence(test, fixture->subscriber);
}

/* Found by name or number, or on a walk. */
static void expect_found(struct kunit *test, struct vdev_endpoint *endpoint)
{
	const struct vdev_key by_id = { VDEV_IS_DEVICE, endpoint->id };
	struct vdev_endpoint *next;

	KUNIT_EXPECT_PTR_EQ(test, vdev_test_find("a"), endpoint);
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, vdev_find_rcu(&by_id), endpoint);
	KUNIT_EXPECT_PTR_EQ(test, vdev_next_rcu(VDEV_IS_DEVICE, endpoint->id),
			    endpoint);
	next = vdev_next_rcu(VDEV_IS_DEVICE, endpoint->id + 1ul);
	rcu_read_unlock();
	KUNIT_EXPECT_NULL(test, next);
}

static void driver_that_comes_later_takes_precedence(struct kunit *test)
{
	struct vdev_endpoint *below = add_bridged(test), *above;
	u32 id = vdev_endpoint_id(below);

	expect_event(test, VDEV_CMD_DEV_CREATE_NTF, id, "kunit-bridge", "bridged");
	above = add_vended(test);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-vendor",
		     "vended");
	KUNIT_EXPECT_EQ(test, vdev_endpoint_id(above), id);
	expect_found(test, above);

	vdev_unregister(above);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-bridge",
		     "bridged");
	expect_found(test, below);
	vdev_unregister(below);
	expect_event(test, VDEV_CMD_DEV_DELETE_NTF, id, "kunit-bridge", "bridged");
	expect_silence(test);
}

static void driver_that_came_first_takes_precedence(struct kunit *test)
{
	struct vdev_endpoint *above = add_vended(test), *below;
	u32 id = vdev_endpoint_id(above);
	u64 before = vdev_generation();

	expect_event(test, VDEV_CMD_DEV_CREATE_NTF, id, "kunit-vendor", "vended");
	below = add_bridged(test);
	expect_silence(test);
	KUNIT_EXPECT_EQ(test, vdev_generation(), before);
	KUNIT_EXPECT_EQ(test, vdev_endpoint_id(below), id);
	expect_found(test, above);

	vdev_unregister(above);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-bridge",
		     "bridged");
	expect_found(test, below);
	above = add_vended(test);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-vendor",
		     "vended");
	expect_found(test, above);
}

static void hidden_endpoint_changes_unseen(struct kunit *test)
{
	struct vdev_endpoint *below = add_bridged(test);
	struct vdev_endpoint *above = add_vended(test);
	u32 id = vdev_endpoint_id(below);
	struct fixture *fixture = test->priv;
	u64 before = vdev_generation();

	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CREATE_NTF, id);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CHANGE_NTF, id);
	KUNIT_EXPECT_EQ(test, 0, vdev_update(below, &other));
	expect_silence(test);
	KUNIT_EXPECT_EQ(test, vdev_generation(), before);
	KUNIT_EXPECT_EQ(test, 0, vdev_update(above, &bridged));
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-vendor",
		     "bridged");
	vdev_unregister(above);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-bridge",
		     "other");
	KUNIT_EXPECT_EQ(test, 0, vdev_update(below, &bridged));
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-bridge",
		     "bridged");
}

static void hidden_endpoint_goes_unseen(struct kunit *test)
{
	struct vdev_endpoint *above = add_vended(test);
	struct vdev_endpoint *below = add_bridged(test);
	u32 id = vdev_endpoint_id(above);

	expect_event(test, VDEV_CMD_DEV_CREATE_NTF, id, "kunit-vendor", "vended");
	vdev_unregister(below);
	expect_silence(test);
	expect_found(test, above);
	/* Its place is free, and it is not shown any more. */
	vdev_unregister(add_bridged(test));
	vdev_unregister(above);
	expect_event(test, VDEV_CMD_DEV_DELETE_NTF, id, "kunit-vendor", "vended");
	expect_silence(test);
	KUNIT_EXPECT_NULL(test, vdev_test_find("a"));
}

static void hidden_endpoint_is_stale_unseen(struct kunit *test)
{
	struct vdev_endpoint *below = add_bridged(test);
	struct vdev_endpoint *above = add_vended(test);
	struct fixture *fixture = test->priv;
	u32 id = vdev_endpoint_id(below);
	struct vdev_heard heard;

	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CREATE_NTF, id);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CHANGE_NTF, id);
	mutex_lock(&vdev_registry_lock);
	vdev_stale_locked(below, true);
	mutex_unlock(&vdev_registry_lock);
	expect_silence(test);
	vdev_unregister(above);
	heard = vdev_hear_event(test, fixture->subscriber,
				VDEV_CMD_DEV_CHANGE_NTF, id);
	KUNIT_EXPECT_TRUE(test, heard.stale);
	mutex_lock(&vdev_registry_lock);
	vdev_stale_locked(below, false);
	mutex_unlock(&vdev_registry_lock);
}

static void expect_profile(struct kunit *test, u32 id, const char *provider,
			   const char *profile)
{
	struct fixture *fixture = test->priv;
	struct vdev_heard heard;

	heard = vdev_hear_event(test, fixture->subscriber,
				VDEV_CMD_DEV_CHANGE_NTF, id);
	KUNIT_EXPECT_STREQ(test, heard.provider, provider);
	KUNIT_EXPECT_STREQ(test, heard.profile, profile);
}

/* What a profile makes of the hidden one is seen when that is shown again. */
static void hidden_endpoint_follows_the_profiles(struct kunit *test)
{
	struct vdev_endpoint *below = add_bridged(test);
	struct vdev_endpoint *above = add_vended(test);
	struct fixture *fixture = test->priv;
	u32 id = vdev_endpoint_id(below);

	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CREATE_NTF, id);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CHANGE_NTF, id);
	vdev_test_set_profile(test, "kunit-b", "bridged");
	expect_silence(test);
	vdev_test_set_profile(test, "kunit-v", "vended");
	expect_profile(test, id, "kunit-vendor", "kunit-v");
	vdev_unregister(above);
	expect_profile(test, id, "kunit-bridge", "kunit-b");

	/* And the other way round. */
	above = add_vended(test);
	expect_profile(test, id, "kunit-vendor", "kunit-v");
	KUNIT_EXPECT_EQ(test, 0, vdev_test_del_profile("kunit-b"));
	expect_silence(test);
	KUNIT_EXPECT_EQ(test, 0, vdev_test_del_profile("kunit-v"));
	expect_profile(test, id, "kunit-vendor", "");
	vdev_unregister(above);
	expect_profile(test, id, "kunit-bridge", "");
	expect_silence(test);
}

static void expect_taken(struct kunit *test, struct vdev_provider *provider)
{
	const struct vdev_handle handle = { .bus = "kunit", .name = "a" };
	struct vdev_endpoint *endpoint;

	endpoint = vdev_device_register(provider, &handle, &other, NULL);
	KUNIT_EXPECT_TRUE(test, IS_ERR(endpoint));
	KUNIT_EXPECT_EQ(test, PTR_ERR(endpoint), -EEXIST);
	vdev_unregister(endpoint);
}

static void two_of_a_kind_cannot_have_one_name(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_provider *bridge, *vendor;
	struct vdev_endpoint *below, *above;
	u64 before;

	bridge = vdev_test_provider(test, "kunit-bridge2", &bridge_ops);
	vendor = vdev_test_provider(test, "kunit-vendor2", NULL);
	below = add_bridged(test);
	expect_taken(test, bridge);
	above = add_vended(test);
	before = vdev_generation();
	expect_taken(test, bridge);
	expect_taken(test, vendor);
	expect_taken(test, fixture->bridge);
	vdev_unregister(below);
	expect_taken(test, vendor);
	KUNIT_EXPECT_EQ(test, vdev_generation(), before);
	expect_found(test, above);
}

static void provider_that_goes_uncovers_what_it_hid(struct kunit *test)
{
	struct vdev_endpoint *below = add_bridged(test);
	struct fixture *fixture = test->priv;
	u32 id = vdev_endpoint_id(below);

	add_vended(test);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CREATE_NTF, id);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CHANGE_NTF, id);
	vdev_test_drop_provider(test, fixture->vendor);
	expect_event(test, VDEV_CMD_DEV_CHANGE_NTF, id, "kunit-bridge",
		     "bridged");
	expect_found(test, below);

	/* And a bridge that goes leaves what is above. */
	fixture->vendor = vdev_test_provider(test, "kunit-vendor", &vendor_ops);
	add_vended(test);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_CHANGE_NTF, id);
	vdev_test_drop_provider(test, fixture->bridge);
	expect_silence(test);
	KUNIT_EXPECT_NOT_NULL(test, vdev_test_find("a"));
}

static void types_are_hidden_as_devices_are(struct kunit *test)
{
	const struct vdev_handle handle = { "kunit", "t", "kunit", "p" };
	struct fixture *fixture = test->priv;
	struct vdev_endpoint *below, *above;
	u32 id;

	below = vdev_type_register(fixture->bridge, &handle, &bridged, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, below);
	id = vdev_endpoint_id(below);
	expect_event(test, VDEV_CMD_TYPE_CREATE_NTF, id, "kunit-bridge",
		     "bridged");
	above = vdev_type_register(fixture->vendor, &handle, &vended, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, above);
	expect_event(test, VDEV_CMD_TYPE_CHANGE_NTF, id, "kunit-vendor",
		     "vended");
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, vdev_next_rcu(VDEV_IS_TYPE, id), above);
	rcu_read_unlock();
	vdev_unregister(above);
	expect_event(test, VDEV_CMD_TYPE_CHANGE_NTF, id, "kunit-bridge",
		     "bridged");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(driver_that_comes_later_takes_precedence),
	KUNIT_CASE(driver_that_came_first_takes_precedence),
	KUNIT_CASE(hidden_endpoint_changes_unseen),
	KUNIT_CASE(hidden_endpoint_goes_unseen),
	KUNIT_CASE(hidden_endpoint_is_stale_unseen),
	KUNIT_CASE(hidden_endpoint_follows_the_profiles),
	KUNIT_CASE(two_of_a_kind_cannot_have_one_name),
	KUNIT_CASE(provider_that_goes_uncovers_what_it_hid),
	KUNIT_CASE(types_are_hidden_as_devices_are),
	{ }
};

struct kunit_suite vdev_precedence_suite = {
	.name = "vdev-precedence",
	.init = setup,
	.test_cases = cases,
};
