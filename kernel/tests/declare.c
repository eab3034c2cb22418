// SPDX-License-Identifier: GPL-2.0
/*
 * Profiles, as a request makes them, for the suites of what they do to
 * endpoints.
 */
#include <linux/err.h>
#include <linux/skbuff.h>
#include <net/netlink.h>

#include "core/profile.h"
#include "tests.h"

static int put(struct sk_buff *skb, const char *name, const char *driver)
{
	return nla_put_string(skb, VDEV_A_PROFILE_NAME, name) ?:
	       nla_put_string(skb, VDEV_A_PROFILE_DRIVER, driver) ?:
	       nla_put_u32(skb, VDEV_A_PROFILE_MIGRATION,
			   VDEV_MIGRATION_SUPPORTED);
}

/* For devices of a driver; to be given to vdev_profile_put() or to be set. */
struct vdev_profile *vdev_test_profile(struct kunit *test, const char *name,
				       const char *driver)
{
	struct sk_buff *skb = nlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	struct nlattr *attrs[VDEV_A_PROFILE_MAX + 1];
	struct netlink_ext_ack extack = { };
	struct vdev_profile *profile;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	profile = ERR_PTR(put(skb, name, driver));
	if (!profile) {
		nla_parse(attrs, VDEV_A_PROFILE_MAX,
			  (const struct nlattr *)skb->data, skb->len, NULL,
			  NULL);
		profile = vdev_profile_new(attrs, &extack);
	}
	kfree_skb(skb);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, profile, "%s",
					 extack._msg ?: "");
	return profile;
}

/* -ENOENT if it is gone already. */
int vdev_test_del_profile(const char *name)
{
	struct vdev_profile_change change;
	struct vdev_profile *profile;
	u64 unused;
	int err;

	profile = vdev_profile_get(name, &unused);
	if (!profile)
		return -ENOENT;
	err = vdev_profile_del(profile, &change);
	if (!err)
		vdev_profile_put(change.profile);
	vdev_profile_put(profile);
	return err;
}

static void del(void *name)
{
	vdev_test_del_profile(name);
}

/* Until the test is over; @name must live as long. The profile of the answer is put. */
struct vdev_profile_change vdev_test_set_profile(struct kunit *test,
						 const char *name,
						 const char *driver)
{
	struct vdev_profile *profile = vdev_test_profile(test, name, driver);
	struct vdev_profile_change change = { };

	KUNIT_ASSERT_EQ(test, 0, vdev_profile_set(profile, false, &change));
	vdev_profile_put(change.profile);
	vdev_profile_put(profile);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, del, (void *)name));
	return change;
}
