// SPDX-License-Identifier: GPL-2.0
/*
 * The operations on profiles. Anybody may ask for them; to change them takes
 * an administrator.
 */
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

/**
 * struct copying - profiles on their way into a buffer
 * @skb: the buffer
 * @cb: the dump
 * @need: how much the profile takes that did not fit, in bytes
 */
struct copying {
	struct sk_buff *skb;
	struct netlink_callback *cb;
	size_t need;
};

static int copy_profile(const struct vdev_profile *profile, void *arg)
{
	struct copying *copying = arg;
	unsigned int before = copying->cb->prev_seq;
	void *header = vdev_nl_dump_header(copying->skb, copying->cb);

	if (header && !put_profile(copying->skb, header, profile))
		return 0;
	copying->cb->prev_seq = before;
	copying->need = nlmsg_total_size(genlmsg_msg_size(profile->len));
	return -EMSGSIZE;
}

int vdev_nl_profile_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct copying copying = { .skb = skb, .cb = cb };
	unsigned long *next = (unsigned long *)&cb->args[0];
	int err;

	do {
		err = vdev_profiles_copy(next, copy_profile, &copying, &cb->seq);
		if (err && !skb->len)
			err = vdev_nl_dump_grow(skb, copying.need) ?: 1;
	} while (err > 0);
	/* A profile that did not fit comes first in the next buffer. */
	cb->min_dump_alloc = err == -EMSGSIZE ? copying.need : 0;
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
