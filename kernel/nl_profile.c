// SPDX-License-Identifier: GPL-2.0
/*
 * The operations on profiles. Anybody may ask for them; to change them takes
 * an administrator.
 */
#include <linux/sched.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core.h"
#include "nl.h"
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

static int reply_profile(struct genl_info *info,
			 const struct vdev_profile *profile)
{
	struct sk_buff *skb = genlmsg_new(profile->len, GFP_KERNEL);
	void *header;

	if (!skb)
		return -ENOMEM;
	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	if (header && !put_profile(skb, header, profile))
		return genlmsg_reply(skb, info);
	nlmsg_free(skb);
	return -EMSGSIZE;
}

int vdev_nl_profile_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vdev_profile *profile;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_NAME))
		return -EINVAL;
	profile = vdev_profile_get(nla_data(info->attrs[VDEV_A_PROFILE_NAME]));
	if (!profile)
		return no_profile(info);
	err = reply_profile(info, profile);
	vdev_profile_put(profile);
	return err;
}

int vdev_nl_profile_get_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);

	if (attrs[VDEV_A_PROFILE_NAME]) {
		NL_SET_ERR_MSG_ATTR(cb->extack, attrs[VDEV_A_PROFILE_NAME],
				    "a dump of profiles takes no name");
		return -EINVAL;
	}
	return 0;
}

static int dump_profile(struct sk_buff *skb, struct netlink_callback *cb,
			const struct vdev_profile *profile)
{
	void *header = vdev_nl_dump_header(skb, cb);

	return header ? put_profile(skb, header, profile) : -EMSGSIZE;
}

/* One profile more, or room for it. 1: there may be others; 0: there are not. */
static int dump_next(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vdev_dump *dump = vdev_nl_dump_of(cb);
	struct vdev_profile *profile;
	u64 version;
	size_t need;
	int err;

	profile = vdev_profile_get_nth(dump->next, &version);
	vdev_nl_dump_see(cb, dump, version);
	if (!profile)
		return 0;
	err = dump_profile(skb, cb, profile);
	need = nlmsg_total_size(genlmsg_msg_size(profile->len));
	vdev_profile_put(profile);
	if (!err)
		dump->next++;
	else if (!skb->len)
		err = vdev_nl_dump_grow(skb, need);
	else
		cb->min_dump_alloc = need;
	return err ?: 1;
}

/* A profile that does not fit comes first in the next buffer. */
int vdev_nl_profile_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	int err;

	cb->min_dump_alloc = 0;
	do {
		err = dump_next(skb, cb);
		cond_resched();
	} while (err > 0);
	return err == -EMSGSIZE ? skb->len : err;
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
	vdev_profile_put(profile);
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
