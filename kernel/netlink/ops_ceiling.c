// SPDX-License-Identifier: GPL-2.0
/*
 * The operations on ceilings. Anybody may ask for them; to change them takes an
 * administrator.
 */
#include <linux/sched.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "codec/parse.h"
#include "compat.h"
#include "core/ceiling.h"
#include "core/core.h"
#include "key.h"
#include "model/bounds.h"
#include "netlink.h"

static int ceiling_put(struct sk_buff *skb, void *header, const struct vdev_limit *limit,
		       bool pending)
{
	if ((pending && nla_put_flag(skb, VDEV_A_PENDING)) ||
	    skb_tailroom(skb) < limit->len) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	skb_put_data(skb, limit->data, limit->len);
	genlmsg_end(skb, header);
	return 0;
}

static bool ceiling_is_pending(const struct vdev_limit *limit)
{
	bool pending;

	rcu_read_lock();
	pending = !vdev_find_rcu(&limit->type);
	rcu_read_unlock();
	return pending;
}

int vdev_nl_ceiling_get_start(struct netlink_callback *cb)
{
	return 0;
}

static size_t ceiling_msg_size(const struct vdev_limit *limit)
{
	return nlmsg_total_size(genlmsg_msg_size(limit->len + nla_total_size(0)));
}

/* One ceiling more, or room for it. 1: there may be others; 0: there are not. */
static int ceiling_dump_next(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vdev_dump *dump = vdev_nl_dump_of(cb);
	struct vdev_limit *limit;
	void *header;
	u64 version;
	int err;

	limit = vdev_limit_get_nth(dump->next, &version);
	vdev_nl_dump_see(cb, dump, version);
	if (!limit)
		return 0;
	header = vdev_nl_dump_header(skb, cb);
	err = header ? ceiling_put(skb, header, limit, ceiling_is_pending(limit)) : -EMSGSIZE;
	if (!err)
		dump->next++;
	else if (!skb->len)
		err = vdev_nl_dump_grow(skb, ceiling_msg_size(limit));
	else
		cb->min_dump_alloc = ceiling_msg_size(limit);
	vdev_limit_put(limit);
	return err ?: 1;
}

/* For the same reason as there is one of a find. */
int vdev_nl_ceiling_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	NL_SET_ERR_MSG(info->extack, "ceilings are read by a dump");
	return -EOPNOTSUPP;
}

/* A ceiling that does not fit comes first in the next buffer. */
int vdev_nl_ceiling_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	int err;

	cb->min_dump_alloc = 0;
	do {
		err = ceiling_dump_next(skb, cb);
		cond_resched();
	} while (err > 0);
	return err == -EMSGSIZE ? skb->len : err;
}

/* The type as it is now; or if it is not there, the ceiling that waits for it. */
static int ceiling_fill_answer(struct sk_buff *skb, void *header,
			       const struct vdev_limit_change *change)
{
	struct vdev_endpoint *type;
	struct vdev_view view;
	int err;

	type = vdev_view_find(&view, change->type);
	if (type) {
		err = vdev_msg_put_endpoint(skb, header, &view);
		vdev_view_release(&view, type);
		return err;
	}
	if (change->limit)
		return ceiling_put(skb, header, change->limit, true);
	genlmsg_end(skb, header);
	return 0;
}

static int ceiling_reply(struct genl_info *info, struct sk_buff *skb,
			 const struct vdev_limit_change *change)
{
	void *header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
					 info->genlhdr->cmd);
	int err;

	if (!header || ceiling_fill_answer(skb, header, change)) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	err = genlmsg_reply(skb, info);
	/* The socket is full; nothing is tried again that has been done. */
	return err == -EAGAIN ? -ENOBUFS : err;
}

static void ceiling_blame(const struct genl_info *info, const struct vdev_reason *reason,
			  int err)
{
	if (err == -ESTALE)
		NL_SET_BAD_ATTR(info->extack, info->attrs[VDEV_A_EXPECT]);
	else if (err == -ERANGE)
		NL_SET_BAD_ATTR(info->extack, info->attrs[VDEV_A_CEILING]);
	else
		NL_SET_BAD_ATTR(info->extack, info->attrs[VDEV_A_NAME]);
	if (reason->why[0])
		vdev_parse_explain(info->extack, reason);
}

static int ceiling_change(const struct genl_info *info,
			  const struct vdev_limit_change *change)
{
	struct vdev_reason reason = { };
	int err;

	err = vdev_limit_set(change, &reason);
	if (err)
		ceiling_blame(info, &reason, err);
	return err;
}

/* The answer is allocated first: what is done is answered. */
static int ceiling_change_and_reply(struct genl_info *info,
				    const struct vdev_limit_change *change)
{
	struct sk_buff *skb = vdev_msg_new_any();
	int err;

	if (!skb)
		return -ENOMEM;
	err = ceiling_change(info, change);
	if (!err)
		return ceiling_reply(info, skb, change);
	nlmsg_free(skb);
	return err;
}

static int ceiling_parse_type(const struct genl_info *info, struct vdev_key *type)
{
	const struct vdev_naming naming = {
		.numbers = &vdev_nl_key_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};

	type->mark = VDEV_IS_TYPE;
	return vdev_key_parse(type, &naming);
}

static int ceiling_parse(const struct genl_info *info, struct vdev_key *type,
			 struct vdev_limit_change *change)
{
	const struct nlattr *expect = info->attrs[VDEV_A_EXPECT];
	int err;

	if (!info->attrs[VDEV_A_CEILING] == !info->attrs[VDEV_A_RESET]) {
		NL_SET_ERR_MSG(info->extack, "either a ceiling or reset is needed");
		return -EINVAL;
	}
	err = ceiling_parse_type(info, type) ?:
	      vdev_nl_generation_check(NULL, info->attrs, VDEV_A_EXPECT, VDEV_A_INSTANCE,
				       info->extack);
	if (err)
		return err;
	*change = (struct vdev_limit_change) {
		.type = type,
		.expected = expect ? vdev_compat_get_uint(expect) : 0,
		.dry_run = info->attrs[VDEV_A_DRY_RUN],
	};
	if (info->attrs[VDEV_A_RESET])
		return 0;
	change->limit = vdev_limit_new(info->attrs, type, info->extack);
	return PTR_ERR_OR_ZERO(change->limit);
}

int vdev_nl_type_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vdev_limit_change change;
	struct vdev_key type = { };
	int err;

	err = ceiling_parse(info, &type, &change);
	if (err)
		return err;
	err = change.dry_run ? ceiling_change(info, &change) :
			       ceiling_change_and_reply(info, &change);
	vdev_limit_put(change.limit);
	return err;
}
