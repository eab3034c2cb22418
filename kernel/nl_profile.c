// SPDX-License-Identifier: GPL-2.0
/*
 * The operations on profiles. Anybody may ask for them; to change them takes
 * an administrator.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core.h"
#include "profile.h"

static int put_profile(struct sk_buff *skb, void *header,
		       const struct vdev_profile *profile)
{
	if (skb_tailroom(skb) < profile->len) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	skb_put_data(skb, profile->data, profile->len);
	genlmsg_end(skb, header);
	return 0;
}

static int no_profile(struct genl_info *info)
{
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VDEV_A_PROFILE_NAME],
			    "no such profile");
	return -ENOENT;
}

static struct sk_buff *answer_locked(struct genl_info *info,
				     const struct vdev_profile *profile)
{
	struct sk_buff *skb = genlmsg_new(profile->len, GFP_KERNEL);
	void *header;

	if (!skb)
		return NULL;
	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	if (header && !put_profile(skb, header, profile))
		return skb;
	nlmsg_free(skb);
	return NULL;
}

int vdev_nl_profile_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct vdev_profile *profile;
	struct sk_buff *reply = NULL;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_NAME))
		return -EINVAL;
	down_read(&vdev_profiles_sem);
	profile = vdev_profile_find_locked(nla_data(info->attrs[VDEV_A_PROFILE_NAME]));
	if (profile)
		reply = answer_locked(info, profile);
	up_read(&vdev_profiles_sem);
	if (!profile)
		return no_profile(info);
	return reply ? genlmsg_reply(reply, info) : -ENOMEM;
}

int vdev_nl_profile_dump_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);

	if (attrs[VDEV_A_PROFILE_NAME]) {
		NL_SET_ERR_MSG_ATTR(cb->extack, attrs[VDEV_A_PROFILE_NAME],
				    "a dump of profiles takes no name");
		return -EINVAL;
	}
	cb->min_dump_alloc = VDEV_DUMP_ROOM;
	return 0;
}

static int dump_locked(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct vdev_profile *profile;
	void *header;

	cb->seq = vdev_profiles_seq_locked();
	while ((profile = vdev_profile_nth_locked(cb->args[0]))) {
		header = vdev_nl_dump_header(skb, cb);
		if (!header || put_profile(skb, header, profile))
			return -EMSGSIZE;
		cb->args[0]++;
	}
	return 0;
}

int vdev_nl_profile_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	int err;

	down_read(&vdev_profiles_sem);
	err = dump_locked(skb, cb);
	up_read(&vdev_profiles_sem);
	/* A profile that did not fit comes first in the next buffer. */
	return skb->len ?: err;
}

int vdev_nl_profile_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct vdev_profile *profile;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_NAME) ||
	    GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_MIGRATION))
		return -EINVAL;
	profile = vdev_profile_new(attrs, info->extack);
	if (IS_ERR(profile))
		return PTR_ERR(profile);
	err = vdev_profile_set(profile, attrs[VDEV_A_PROFILE_REPLACE]);
	if (!err)
		return 0;
	vdev_profile_free(profile);
	if (err == -EEXIST)
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[VDEV_A_PROFILE_NAME],
				    "a profile of that name exists");
	else if (err == -ENOSPC)
		NL_SET_ERR_MSG(info->extack,
			       "there are as many profiles as there can be");
	return err;
}

int vdev_nl_profile_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_NAME))
		return -EINVAL;
	err = vdev_profile_del(nla_data(info->attrs[VDEV_A_PROFILE_NAME]));
	return err == -ENOENT ? no_profile(info) : err;
}
