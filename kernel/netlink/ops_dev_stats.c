// SPDX-License-Identifier: GPL-2.0
/*
 * Getting what the providers of devices count for them: of one device, or of all that pass
 * a filter and have counters. All of it reads memory, and no driver is called.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "core/core.h"
#include "key.h"
#include "netlink.h"
#include "walk.h"

/* What stands before the counters: five numbers, and four names. */
#define HEAD_ROOM	(3 * nla_total_size(sizeof(u32)) + \
			 2 * nla_total_size(sizeof(u64)) + \
			 4 * nla_total_size(VDEV_NAME_LEN + 1))
#define COUNTER_ROOM	(nla_total_size(0) + \
			 nla_total_size(VDEV_NAME_LEN + 1) + \
			 nla_total_size(sizeof(u64)))
/* The largest that there can be: they may become more while one is put. */
#define STATS_ROOM	(HEAD_ROOM + VDEV_COUNTERS_MAX * COUNTER_ROOM)

/* How many counters there are, or -EMSGSIZE. How old other facts are, is not about them. */
static int stats_put(struct sk_buff *skb, struct vdev_endpoint *endpoint,
		     const struct vdev_view *view)
{
	struct vdev_view head = *view;

	head.polled = false;
	head.stale = false;
	return vdev_msg_put_head(skb, &head) ?:
	       vdev_msg_put_handle(skb, &endpoint->handle) ?:
	       vdev_counters_put(skb, endpoint);
}

static int stats_reply(struct genl_info *info, struct vdev_endpoint *endpoint,
		       const struct vdev_view *view)
{
	struct sk_buff *skb = genlmsg_new(STATS_ROOM, GFP_KERNEL);
	void *header;
	int num;

	if (!skb)
		return -ENOMEM;
	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	num = header ? stats_put(skb, endpoint, view) : -EMSGSIZE;
	if (num < 0) {
		nlmsg_free(skb);
		return num;
	}
	genlmsg_end(skb, header);
	return genlmsg_reply(skb, info);
}

int vdev_nl_dev_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct vdev_naming naming = {
		.numbers = &vdev_nl_key_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};
	struct vdev_key key = { .mark = VDEV_IS_DEVICE };
	struct vdev_endpoint *endpoint;
	struct vdev_view view;
	int err;

	err = vdev_key_parse_alone(&key, &naming, VDEV_A_FILTER);
	if (err)
		return err;
	endpoint = vdev_view_find(&view, &key);
	if (!endpoint)
		return vdev_key_not_found(&naming, &key);
	err = stats_reply(info, endpoint, &view);
	vdev_view_release(&view, endpoint);
	return err;
}

/* A device for which nothing is counted is passed over. */
static size_t stats_dump_one_rcu(struct sk_buff *skb, struct netlink_callback *cb,
				 struct vdev_endpoint *endpoint,
				 const struct vdev_view *view)
{
	void *header = vdev_nl_dump_header(skb, cb);
	int num = header ? stats_put(skb, endpoint, view) : -EMSGSIZE;

	if (num > 0) {
		genlmsg_end(skb, header);
		return 0;
	}
	if (header)
		genlmsg_cancel(skb, header);
	return num ? nlmsg_total_size(genlmsg_msg_size(STATS_ROOM)) : 0;
}

int vdev_nl_dev_stats_get_start(struct netlink_callback *cb)
{
	return vdev_nl_walk_start(cb);
}

int vdev_nl_dev_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vdev_nl_walk_dumpit(skb, cb, VDEV_IS_DEVICE, stats_dump_one_rcu);
}
