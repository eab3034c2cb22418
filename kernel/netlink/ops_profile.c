// SPDX-License-Identifier: GPL-2.0
/*
 * The operations on profiles. Anybody may ask for them; to change them takes
 * an administrator.
 */
#include <linux/sched.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "core/profile.h"
#include "netlink.h"

static int profile_not_found(struct genl_info *info)
{
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VDEV_A_PROFILE_NAME],
			    "no such profile");
	return -ENOENT;
}

static int profile_reply(struct genl_info *info,
			 const struct vdev_profile *profile, u64 snapshot)
{
	const struct vdev_profile_view view =
		vdev_profile_view_of(profile, profile->generation, snapshot);
	struct sk_buff *skb = vdev_msg_profile_new(view.len);
	void *header;

	if (!skb)
		return -ENOMEM;
	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	if (header && !vdev_msg_put_profile(skb, header, &view))
		return genlmsg_reply(skb, info);
	nlmsg_free(skb);
	return -EMSGSIZE;
}

int vdev_nl_profile_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vdev_profile *profile;
	u64 snapshot;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_NAME))
		return -EINVAL;
	profile = vdev_profile_get(nla_data(info->attrs[VDEV_A_PROFILE_NAME]),
				   &snapshot);
	if (!profile)
		return profile_not_found(info);
	err = profile_reply(info, profile, snapshot);
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

static int profile_dump_one(struct sk_buff *skb, struct netlink_callback *cb,
			    const struct vdev_profile *profile, u64 snapshot)
{
	const struct vdev_profile_view view =
		vdev_profile_view_of(profile, profile->generation, snapshot);
	void *header = vdev_nl_dump_header(skb, cb);

	return header ? vdev_msg_put_profile(skb, header, &view) : -EMSGSIZE;
}

/* One profile more, or room for it. 1: there may be others; 0: there are not. */
static int profile_dump_next(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vdev_dump *dump = vdev_nl_dump_of(cb);
	struct vdev_profile *profile;
	u64 snapshot, version;
	size_t need;
	int err;

	profile = vdev_profile_get_nth(dump->next, &snapshot, &version);
	vdev_nl_dump_see(cb, dump, version);
	if (!profile)
		return 0;
	err = profile_dump_one(skb, cb, profile, snapshot);
	need = vdev_msg_profile_size(profile->len);
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
		err = profile_dump_next(skb, cb);
		cond_resched();
	} while (err > 0);
	return err == -EMSGSIZE ? skb->len : err;
}

/* What was made of a profile; there is room for it in the buffer. */
static int profile_reply_change(struct genl_info *info, struct sk_buff *skb,
				const struct vdev_profile_change *change)
{
	const struct vdev_profile_view view =
		vdev_profile_view_of(change->profile, change->generation, change->snapshot);
	void *header;
	int err;

	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	if (!header ||
	    nla_put_u32(skb, VDEV_A_PROFILE_CHANGED, change->changed) ||
	    vdev_msg_put_profile(skb, header, &view)) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	err = genlmsg_reply(skb, info);
	/* The socket is full; nothing is tried again that has been done. */
	return err == -EAGAIN ? -ENOBUFS : err;
}

static int profile_set_error(struct genl_info *info, int err)
{
	if (err == -EEXIST)
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[VDEV_A_PROFILE_NAME],
				    "a profile of that name exists");
	else if (err == -ENOSPC)
		NL_SET_ERR_MSG(info->extack,
			       "there are as many profiles as there can be");
	return err;
}

static int profile_change(const struct genl_info *info, struct vdev_profile *profile,
			  struct vdev_profile_change *change)
{
	if (info->genlhdr->cmd == VDEV_CMD_PROFILE_DEL)
		return vdev_profile_del(profile, change);
	return vdev_profile_set(profile, info->attrs[VDEV_A_PROFILE_REPLACE],
				change);
}

/* The answer is allocated first: what is done is answered. */
static int profile_change_and_reply(struct genl_info *info,
				    struct vdev_profile *profile)
{
	struct sk_buff *skb = vdev_msg_profile_new(profile->len);
	struct vdev_profile_change done;
	int err;

	if (!skb)
		return -ENOMEM;
	err = profile_change(info, profile, &done);
	if (err) {
		nlmsg_free(skb);
		return err;
	}
	err = profile_reply_change(info, skb, &done);
	vdev_profile_put(done.profile);
	return err;
}

int vdev_nl_profile_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vdev_profile *profile;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_NAME) ||
	    GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_MIGRATION))
		return -EINVAL;
	profile = vdev_profile_new(info->attrs, info->extack);
	if (IS_ERR(profile))
		return PTR_ERR(profile);
	err = profile_change_and_reply(info, profile);
	vdev_profile_put(profile);
	return profile_set_error(info, err);
}

/* Where another has taken the place of the one that was found, once more. */
int vdev_nl_profile_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vdev_profile *profile;
	u64 unused;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_PROFILE_NAME))
		return -EINVAL;
	do {
		profile = vdev_profile_get(nla_data(info->attrs[VDEV_A_PROFILE_NAME]),
					   &unused);
		if (!profile)
			return profile_not_found(info);
		err = profile_change_and_reply(info, profile);
		vdev_profile_put(profile);
	} while (err == -EAGAIN);
	return err;
}
