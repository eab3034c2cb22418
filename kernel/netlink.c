// SPDX-License-Identifier: GPL-2.0
/*
 * The operations of the family. They run in parallel; each takes
 * vdev_registry_sem for reading around what it looks at, and lets providers
 * refresh their facts before that.
 */
#include <linux/sched.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core.h"
#include "nl_key.h"

/**
 * struct dump_state - where a dump stands between two buffers
 * @filter: which endpoints it wants
 * @next: lowest number that it has not seen
 */
struct dump_state {
	struct vdev_filter *filter;
	unsigned long next;
};

/**
 * vdev_nl_generation_check_locked() - can a request know of a generation?
 * @attr: the generation
 * @extack: where an error is told
 *
 * Generations start anew with the module. Who knows of one that is still to
 * come has it from before that, when it was that of another change.
 *
 * Context: vdev_registry_sem held.
 * Return: 0 or -ESTALE.
 */
int vdev_nl_generation_check_locked(const struct nlattr *attr,
				    struct netlink_ext_ack *extack)
{
	lockdep_assert_held(&vdev_registry_sem);
	if (nla_get_u64(attr) <= vdev_generation_locked())
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "that generation has not been reached");
	return -ESTALE;
}

static int parse_key(const struct vdev_naming *naming, struct vdev_key *key)
{
	const struct nlattr *filter = naming->attrs[VDEV_A_FILTER];

	if (filter) {
		NL_SET_ERR_MSG_ATTR(naming->extack, filter,
				    "a filter is for a dump");
		return -EINVAL;
	}
	return vdev_key_parse(key, naming);
}

static int no_endpoint(const struct vdev_naming *naming,
		       const struct vdev_key *key)
{
	vdev_key_blame(naming);
	if (key->mark == VDEV_IS_DEVICE)
		NL_SET_ERR_MSG(naming->extack, "no such device");
	else
		NL_SET_ERR_MSG(naming->extack, "no such type");
	return -ENODEV;
}

static int get_locked(struct genl_info *info,
		      const struct vdev_endpoint *endpoint,
		      struct sk_buff **reply)
{
	struct sk_buff *skb;
	void *header;
	int err;

	skb = vdev_msg_new(endpoint);
	if (!skb)
		return -ENOMEM;
	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	err = header ? vdev_msg_put_endpoint(skb, header, endpoint) : -EMSGSIZE;
	if (err) {
		nlmsg_free(skb);
		return err;
	}
	*reply = skb;
	return 0;
}

static int get_doit(struct genl_info *info, xa_mark_t mark)
{
	const struct vdev_naming naming = {
		.numbers = &vdev_nl_key_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};
	struct vdev_key key = { .mark = mark };
	const struct vdev_endpoint *endpoint;
	struct sk_buff *reply;
	int err;

	err = parse_key(&naming, &key);
	if (err)
		return err;
	vdev_endpoint_refresh(&key);

	down_read(&vdev_registry_sem);
	endpoint = vdev_find_locked(&key);
	err = endpoint ? get_locked(info, endpoint, &reply) :
			 no_endpoint(&naming, &key);
	up_read(&vdev_registry_sem);
	return err ?: genlmsg_reply(reply, info);
}

int vdev_nl_dev_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return get_doit(info, VDEV_IS_DEVICE);
}

int vdev_nl_type_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return get_doit(info, VDEV_IS_TYPE);
}

static struct dump_state *dump_state(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct dump_state) > sizeof(cb->ctx));
	return (struct dump_state *)cb->ctx;
}

int vdev_nl_dump_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct dump_state *state = dump_state(cb);
	struct vdev_filter *filter;
	int i;

	for (i = 1; i < VDEV_A_FILTER; i++) {
		if (!attrs[i])
			continue;
		NL_SET_ERR_MSG_ATTR(cb->extack, attrs[i],
				    "a dump takes a filter alone");
		return -EINVAL;
	}
	filter = vdev_filter_new(attrs[VDEV_A_FILTER], cb->extack);
	if (IS_ERR(filter))
		return PTR_ERR(filter);

	vdev_providers_refresh();
	state->filter = filter;
	cb->min_dump_alloc = VDEV_DUMP_ROOM;
	return 0;
}

int vdev_nl_dump_done(struct netlink_callback *cb)
{
	kfree(dump_state(cb)->filter);
	return 0;
}

/**
 * vdev_nl_dump_header() - begin a message of a dump
 * @skb: buffer of the dump
 * @cb: the dump, whose seq is set
 *
 * Return: the message's generic netlink header, or NULL if there is no room.
 */
void *vdev_nl_dump_header(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genlmsghdr *request = nlmsg_data(cb->nlh);
	void *header;

	header = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
			     cb->nlh->nlmsg_seq, &vdev_nl_family, NLM_F_MULTI,
			     request->cmd);
	if (header)
		genl_dump_check_consistent(cb, header);
	return header;
}

static int dump_one_locked(struct sk_buff *skb, struct netlink_callback *cb,
			   const struct vdev_endpoint *endpoint)
{
	void *header = vdev_nl_dump_header(skb, cb);

	return header ? vdev_msg_put_endpoint(skb, header, endpoint) :
			-EMSGSIZE;
}

static int dump_locked(struct sk_buff *skb, struct netlink_callback *cb,
		       xa_mark_t mark)
{
	struct dump_state *state = dump_state(cb);
	struct vdev_endpoint *endpoint;
	int err;

	cb->seq = lower_32_bits(vdev_generation_locked());
	while ((endpoint = vdev_next_locked(mark, state->next))) {
		if (vdev_filter_match_locked(state->filter, endpoint)) {
			err = dump_one_locked(skb, cb, endpoint);
			if (err)
				return err;
		}
		state->next = endpoint->id + 1UL;
		cond_resched();
	}
	return 0;
}

static int dumpit(struct sk_buff *skb, struct netlink_callback *cb,
		  xa_mark_t mark)
{
	int err;

	down_read(&vdev_registry_sem);
	err = dump_locked(skb, cb, mark);
	up_read(&vdev_registry_sem);
	/* An object that did not fit comes first in the next buffer. */
	return skb->len ?: err;
}

int vdev_nl_dev_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dumpit(skb, cb, VDEV_IS_DEVICE);
}

int vdev_nl_type_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dumpit(skb, cb, VDEV_IS_TYPE);
}
