// SPDX-License-Identifier: GPL-2.0
/*
 * What dumps share: the flag of one during which something changed, and buffers
 * that are as large as their content.
 */
#include <linux/skbuff.h>
#include <net/genetlink.h>
#include <net/netlink.h>
#include <net/sock.h>

#include "core/core.h"
#include "netlink.h"

/* Netlink flags what it sends next if the two differ, and lets them be equal then. */
static void dump_mark_next(struct netlink_callback *cb, const struct vdev_dump *dump)
{
	cb->seq = 1;
	cb->prev_seq = dump->torn ? 2 : 1;
}

/**
 * vdev_nl_dump_see() - something was read for a dump
 * @cb: the dump
 * @dump: where it stands
 * @snapshot: the generation at which it was so, or something else that any
 *	change changes; not 0
 *
 * To be called for all that is read, whether it is put or not, and for the end.
 * If not all of it was of one snapshot, what follows carries NLM_F_DUMP_INTR,
 * the end of the dump included.
 */
void vdev_nl_dump_see(struct netlink_callback *cb, struct vdev_dump *dump,
		      u64 snapshot)
{
	if (dump->snapshot && dump->snapshot != snapshot)
		dump->torn = true;
	dump->snapshot = snapshot;
	dump_mark_next(cb, dump);
}

/**
 * vdev_nl_dump_header() - begin a message of a dump
 * @skb: buffer of the dump
 * @cb: the dump, for which vdev_nl_dump_see() was called since the last message
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

/**
 * vdev_nl_dump_grow() - make an empty buffer of a dump larger
 * @skb: the buffer, charged to the socket that it is for
 * @size: how many bytes are to fit
 *
 * Netlink makes buffers of a size for usual objects; so nobody has to allocate
 * for the largest object there could be.
 *
 * Context: Process context. May sleep.
 * Return: 0 or -ENOMEM.
 */
int vdev_nl_dump_grow(struct sk_buff *skb, size_t size)
{
	unsigned int old = skb_end_offset(skb), have = skb_tailroom(skb), more;

	more = size > have ? size - have : have;
	if (pskb_expand_head(skb, 0, more, GFP_KERNEL_ACCOUNT))
		return -ENOMEM;
	/* What is added to a buffer that has an owner, is charged by hand. */
	more = skb_end_offset(skb) - old;
	skb->truesize += more;
	atomic_add(more, &skb->sk->sk_rmem_alloc);
	return 0;
}
