// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps that walk the endpoints which pass a filter: of what is reported of them, and of
 * what is counted for them. No lock is waited for that a change holds.
 */
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "netlink.h"
#include "walk.h"

/* So many endpoints are read before others get the processor. */
#define BATCH	64

static int walk_check(struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	const struct nlattr *filter = attrs[VDEV_A_FILTER], *verdict;
	int i;

	for (i = 1; i < VDEV_A_FILTER; i++) {
		if (!attrs[i])
			continue;
		NL_SET_ERR_MSG_ATTR(extack, attrs[i],
				    "a dump takes a filter alone");
		return -EINVAL;
	}
	verdict = filter ? nla_find_nested(filter, VDEV_A_FILTER_AT_LEAST) : NULL;
	if (verdict) {
		NL_SET_ERR_MSG_ATTR(extack, verdict,
				    "a verdict is for a find");
		return -EINVAL;
	}
	return 0;
}

/**
 * vdev_nl_walk_start() - begin to walk
 * @cb: the dump
 *
 * Context: Process context. May sleep.
 * Return: 0; -EINVAL if there is more in the request than a filter, or something in the
 * filter that is for another one; -ENOMEM.
 */
int vdev_nl_walk_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct vdev_filter *filter;
	int err;

	err = walk_check(attrs, cb->extack);
	if (err)
		return err;
	filter = vdev_filter_new(attrs[VDEV_A_FILTER], cb->extack);
	if (IS_ERR(filter))
		return PTR_ERR(filter);
	vdev_nl_dump_of(cb)->filter = filter;
	return 0;
}

/**
 * vdev_nl_walk_done() - end the walk
 * @cb: the dump
 *
 * Context: Process context.
 * Return: 0.
 */
int vdev_nl_walk_done(struct netlink_callback *cb)
{
	kfree(vdev_nl_dump_of(cb)->filter);
	return 0;
}

/*
 * Some endpoints more. 1: there are others; 0: there are not; -EMSGSIZE: the next
 * one takes @need bytes.
 */
static int walk_some(struct sk_buff *skb, struct netlink_callback *cb,
		     xa_mark_t mark, vdev_nl_put_fn put, size_t *need)
{
	struct vdev_dump *dump = vdev_nl_dump_of(cb);
	struct vdev_endpoint *endpoint;
	struct vdev_walk walk;
	struct vdev_view view;
	unsigned int i;
	int err = 1;

	vdev_walk_begin(&walk, mark, dump->next);
	rcu_read_lock();
	for (i = 0; i < BATCH && err > 0; i++) {
		endpoint = vdev_walk_next_rcu(&walk, &view);
		vdev_nl_dump_see(cb, dump, view.snapshot);
		if (!endpoint) {
			err = 0;
			break;
		}
		*need = vdev_filter_match(dump->filter, endpoint, &view) ?
			put(skb, cb, endpoint, &view) : 0;
		if (*need) {
			err = -EMSGSIZE;
			break;
		}
		dump->next = endpoint->id + 1UL;
	}
	rcu_read_unlock();
	return err;
}

/**
 * vdev_nl_walk_dumpit() - go on with a walk
 * @skb: the buffer to fill
 * @cb: the dump
 * @mark: VDEV_IS_DEVICE or VDEV_IS_TYPE
 * @put: puts the message about an endpoint
 *
 * An object that does not fit comes first in the next buffer.
 *
 * Context: Process context. May sleep.
 * Return: as netlink has it.
 */
int vdev_nl_walk_dumpit(struct sk_buff *skb, struct netlink_callback *cb, xa_mark_t mark,
			vdev_nl_put_fn put)
{
	size_t need = 0;
	int err;

	do {
		err = walk_some(skb, cb, mark, put, &need);
		cond_resched();
		if (err == -EMSGSIZE && !skb->len)
			err = vdev_nl_dump_grow(skb, need) ?: 1;
	} while (err > 0);
	cb->min_dump_alloc = err == -EMSGSIZE ? need : 0;
	return err == -EMSGSIZE ? skb->len : err;
}
