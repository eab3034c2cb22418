// SPDX-License-Identifier: GPL-2.0
/*
 * Getting one endpoint, and dumping them. All of it reads memory: no lock is waited
 * for that a change holds, and no driver is called.
 */
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "core/poll.h"
#include "key.h"
#include "netlink.h"

/* So many endpoints are read before others get the processor. */
#define BATCH	64

static int get_parse_key(const struct vdev_naming *naming, struct vdev_key *key)
{
	const struct nlattr *filter = naming->attrs[VDEV_A_FILTER];

	if (filter) {
		NL_SET_ERR_MSG_ATTR(naming->extack, filter,
				    "a filter is for a dump");
		return -EINVAL;
	}
	return vdev_key_parse(key, naming);
}

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

	err = get_parse_key(&naming, &key);
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

static int get_check_dump(struct nlattr **attrs, struct netlink_ext_ack *extack)
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

static int get_start(struct netlink_callback *cb, xa_mark_t mark)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct vdev_filter *filter;
	int err;

	err = get_check_dump(attrs, cb->extack);
	if (err)
		return err;
	filter = vdev_filter_new(attrs[VDEV_A_FILTER], cb->extack);
	if (IS_ERR(filter))
		return PTR_ERR(filter);
	vdev_poll_want();
	if (attrs[VDEV_A_MAX_AGE])
		vdev_poll_wait_all(mark, nla_get_u32(attrs[VDEV_A_MAX_AGE]));
	vdev_nl_dump_of(cb)->filter = filter;
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

int vdev_nl_get_done(struct netlink_callback *cb)
{
	kfree(vdev_nl_dump_of(cb)->filter);
	return 0;
}

static int get_dump_one_rcu(struct sk_buff *skb, struct netlink_callback *cb,
			    const struct vdev_view *view)
{
	void *header = vdev_nl_dump_header(skb, cb);

	return header ? vdev_msg_put_endpoint(skb, header, view) : -EMSGSIZE;
}

/*
 * Some endpoints more. 1: there are others; 0: there are not; -EMSGSIZE: the next
 * one takes @need bytes.
 */
static int get_dump_some(struct sk_buff *skb, struct netlink_callback *cb,
			 xa_mark_t mark, size_t *need)
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
		if (vdev_filter_match(dump->filter, endpoint, &view) &&
		    get_dump_one_rcu(skb, cb, &view)) {
			*need = vdev_msg_size(view.blob);
			err = -EMSGSIZE;
			break;
		}
		dump->next = endpoint->id + 1UL;
	}
	rcu_read_unlock();
	return err;
}

/* An object that does not fit comes first in the next buffer. */
static int get_dumpit(struct sk_buff *skb, struct netlink_callback *cb,
		      xa_mark_t mark)
{
	size_t need = 0;
	int err;

	do {
		err = get_dump_some(skb, cb, mark, &need);
		cond_resched();
		if (err == -EMSGSIZE && !skb->len)
			err = vdev_nl_dump_grow(skb, need) ?: 1;
	} while (err > 0);
	cb->min_dump_alloc = err == -EMSGSIZE ? need : 0;
	return err == -EMSGSIZE ? skb->len : err;
}

int vdev_nl_dev_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return get_dumpit(skb, cb, VDEV_IS_DEVICE);
}

int vdev_nl_type_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return get_dumpit(skb, cb, VDEV_IS_TYPE);
}
