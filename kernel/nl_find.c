// SPDX-License-Identifier: GPL-2.0
/*
 * The find operation: which endpoints of this host can load the state of a
 * source? A dump of devices and types in the order of their numbers, with what
 * a check of each would tell that is not ok. vdev_registry_sem is held for
 * reading while a buffer is filled.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "judge.h"
#include "nl_source.h"

/*
 * The largest answer is larger than the largest object: what two of them differ
 * in, and why the source cannot be migrated at present.
 */
#define FIND_ROOM	SKB_WITH_OVERHEAD(65536)

/**
 * struct find - a dump between two buffers
 * @source: the source
 * @filter: which endpoints are judged
 * @judge: what they are judged with
 * @next: lowest number that was not looked at
 */
struct find {
	struct vdev_source source;
	struct vdev_filter *filter;
	struct vdev_judge *judge;
	unsigned long next;
};

static void find_free(struct find *find)
{
	vdev_judge_free(find->judge);
	kfree(find->filter);
	vdev_source_clear(&find->source);
	kfree(find);
}

static int read_source(struct vdev_source *source)
{
	int err;

	vdev_providers_refresh();
	down_read(&vdev_registry_sem);
	err = vdev_source_read_locked(source);
	up_read(&vdev_registry_sem);
	return err;
}

static int find_prepare(struct find *find, struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct vdev_filter *filter;
	int err;

	filter = vdev_filter_new(attrs[VDEV_A_FILTER], cb->extack);
	if (IS_ERR(filter))
		return PTR_ERR(filter);
	find->filter = filter;
	err = vdev_source_parse(&find->source, attrs[VDEV_A_SOURCE],
				cb->extack) ?:
	      read_source(&find->source);
	if (err)
		return err;
	find->judge = vdev_judge_new(&find->source.parsed->side, true);
	return find->judge ? 0 : -ENOMEM;
}

int vdev_nl_find_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct find *find;
	int err;

	if (!attrs[VDEV_A_SOURCE]) {
		NL_SET_ERR_ATTR_MISS(cb->extack, NULL, VDEV_A_SOURCE);
		return -EINVAL;
	}
	find = kzalloc(sizeof(*find), GFP_KERNEL_ACCOUNT);
	if (!find)
		return -ENOMEM;
	err = find_prepare(find, cb);
	if (err) {
		find_free(find);
		return err;
	}
	*(struct find **)cb->ctx = find;
	cb->min_dump_alloc = FIND_ROOM;
	return 0;
}

int vdev_nl_find_done(struct netlink_callback *cb)
{
	find_free(*(struct find **)cb->ctx);
	return 0;
}

static int find_one_locked(struct sk_buff *skb, struct netlink_callback *cb,
			   struct find *find,
			   const struct vdev_endpoint *endpoint)
{
	void *header;
	int err;

	header = vdev_nl_dump_header(skb, cb);
	if (!header)
		return -EMSGSIZE;
	err = vdev_judge_put_locked(find->judge, skb, endpoint);
	if (err)
		genlmsg_cancel(skb, header);
	else
		genlmsg_end(skb, header);
	return err;
}

static int find_locked(struct sk_buff *skb, struct netlink_callback *cb,
		       struct find *find)
{
	const struct vdev_endpoint *endpoint;
	int err;

	cb->seq = lower_32_bits(vdev_generation_locked());
	while ((endpoint = vdev_next_locked(VDEV_IS_ANY, find->next))) {
		if (vdev_filter_match_locked(find->filter, endpoint)) {
			err = find_one_locked(skb, cb, find, endpoint);
			if (err)
				return err;
		}
		find->next = endpoint->id + 1UL;
		cond_resched();
	}
	return 0;
}

int vdev_nl_find_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct find *find = *(struct find **)cb->ctx;
	int err;

	down_read(&vdev_registry_sem);
	err = find_locked(skb, cb, find);
	up_read(&vdev_registry_sem);
	/* An answer that did not fit comes first in the next buffer. */
	return skb->len ?: err;
}
