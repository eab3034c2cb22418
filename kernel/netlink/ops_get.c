// SPDX-License-Identifier: GPL-2.0
/*
 * Getting one endpoint, and dumping them. All of it reads memory: no lock is waited
 * for that a change holds, and no driver is called.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "core/poll.h"
#include "key.h"
#include "netlink.h"
#include "walk.h"

static int get_reply(struct genl_info *info, const struct vdev_view *view)
{
	struct sk_buff *skb = vdev_msg_new(view->blob);
	void *header;
	int err;

	if (!skb)
		return -ENOMEM;
	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	err = header ? vdev_msg_put_endpoint(skb, header, view) : -EMSGSIZE;
	if (err) {
		nlmsg_free(skb);
		return err;
	}
	return genlmsg_reply(skb, info);
}

static int get_doit(struct genl_info *info, xa_mark_t mark)
{
	const struct vdev_naming naming = {
		.numbers = &vdev_nl_key_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};
	const struct nlattr *max_age = info->attrs[VDEV_A_MAX_AGE];
	struct vdev_key key = { .mark = mark };
	const struct vdev_key *keys[] = { &key };
	struct vdev_endpoint *endpoint;
	struct vdev_view view;
	int err;

	err = vdev_key_parse_alone(&key, &naming, VDEV_A_FILTER);
	if (err)
		return err;
	vdev_poll_want();
	if (max_age)
		vdev_poll_wait(keys, 1, nla_get_u32(max_age));

	endpoint = vdev_view_find(&view, &key);
	if (!endpoint)
		return vdev_key_not_found(&naming, &key);
	err = get_reply(info, &view);
	vdev_view_release(&view, endpoint);
	return err;
}

int vdev_nl_dev_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return get_doit(info, VDEV_IS_DEVICE);
}

int vdev_nl_type_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return get_doit(info, VDEV_IS_TYPE);
}

static int get_start(struct netlink_callback *cb, xa_mark_t mark)
{
	const struct nlattr *max_age = vdev_compat_dump_attrs(cb)[VDEV_A_MAX_AGE];
	int err;

	err = vdev_nl_walk_start(cb);
	if (err)
		return err;
	vdev_poll_want();
	if (max_age)
		vdev_poll_wait_all(mark, nla_get_u32(max_age));
	return 0;
}

int vdev_nl_dev_get_start(struct netlink_callback *cb)
{
	return get_start(cb, VDEV_IS_DEVICE);
}

int vdev_nl_type_get_start(struct netlink_callback *cb)
{
	return get_start(cb, VDEV_IS_TYPE);
}

static size_t get_dump_one_rcu(struct sk_buff *skb, struct netlink_callback *cb,
			       struct vdev_endpoint *endpoint,
			       const struct vdev_view *view)
{
	void *header = vdev_nl_dump_header(skb, cb);

	if (header && !vdev_msg_put_endpoint(skb, header, view))
		return 0;
	return vdev_msg_size(view->blob);
}

int vdev_nl_dev_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vdev_nl_walk_dumpit(skb, cb, VDEV_IS_DEVICE, get_dump_one_rcu);
}

int vdev_nl_type_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vdev_nl_walk_dumpit(skb, cb, VDEV_IS_TYPE, get_dump_one_rcu);
}
