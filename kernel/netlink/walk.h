/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Dumps that walk the endpoints which pass a filter.
 */
#ifndef _VDEV_NL_WALK_H
#define _VDEV_NL_WALK_H

#include <linux/xarray.h>

struct netlink_callback;
struct sk_buff;
struct vdev_endpoint;
struct vdev_view;

/*
 * Put the message about an endpoint, or none. Returns 0, or how many bytes it takes if
 * there is no room for it. rcu_read_lock() is held.
 */
typedef size_t (*vdev_nl_put_fn)(struct sk_buff *skb, struct netlink_callback *cb,
				 struct vdev_endpoint *endpoint,
				 const struct vdev_view *view);

int vdev_nl_walk_start(struct netlink_callback *cb);
int vdev_nl_walk_dumpit(struct sk_buff *skb, struct netlink_callback *cb, xa_mark_t mark,
			vdev_nl_put_fn put);
int vdev_nl_walk_done(struct netlink_callback *cb);

#endif /* _VDEV_NL_WALK_H */
