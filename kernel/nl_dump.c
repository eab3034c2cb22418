// SPDX-License-Identifier: GPL-2.0
/*
 * What dumps of endpoints share: a snapshot without a lock, and buffers that are
 * as large as their content.
 *
 * A buffer is filled under RCU. If anything changed meanwhile, or between two
 * buffers, what follows carries NLM_F_DUMP_INTR, the end of the dump included.
 */
#include <linux/skbuff.h>
#include <net/genetlink.h>
#include <net/netlink.h>
#include <net/sock.h>

#include "core.h"
#include "nl.h"

/* Of the generation; differs between two that follow each other, and is not 0. */
static u32 mark_of(u64 generation)
{
	return lower_32_bits(generation) | BIT(31);
}

/* Netlink compares the two, and flags what it sends next if they differ. */
static void flag_torn(struct netlink_callback *cb, const struct vdev_dump *dump)
{
	if (dump->torn)
		cb->prev_seq = cb->seq ^ 1;
}

/**
 * vdev_nl_dump_begin() - begin to fill a buffer, or again to fill an empty one
 * @cb: the dump
 * @dump: where it stands
 */
void vdev_nl_dump_begin(struct netlink_callback *cb, struct vdev_dump *dump)
{
	dump->snapshot = vdev_generation();
	cb->seq = mark_of(dump->snapshot);
	cb->min_dump_alloc = 0;
	if (cb->prev_seq && cb->prev_seq != cb->seq)
		dump->torn = true;
	flag_torn(cb, dump);
}

/**
 * vdev_nl_dump_see() - an endpoint is about to be put
 * @cb: the dump
 * @dump: where it stands
 * @view: the endpoint; its snapshot is set
 *
 * One that has changed since the buffer was begun is of a later generation, and so
 * are those after it.
 */
void vdev_nl_dump_see(struct netlink_callback *cb, struct vdev_dump *dump,
		      struct vdev_view *view)
{
	if (view->generation > dump->snapshot) {
		dump->snapshot = max(view->generation, vdev_generation());
		dump->torn = true;
		cb->seq = mark_of(dump->snapshot);
		flag_torn(cb, dump);
	}
	view->snapshot = dump->snapshot;
}

/**
 * vdev_nl_dump_end() - a buffer is filled
 * @cb: the dump
 * @dump: where it stands
 */
void vdev_nl_dump_end(struct netlink_callback *cb, struct vdev_dump *dump)
{
	if (vdev_generation_moved(dump->snapshot))
		dump->torn = true;
	flag_torn(cb, dump);
}

/**
 * vdev_nl_dump_since() - a dump is about what was read before it
 * @cb: the dump, no message of which was put
 * @generation: the generation before that was read
 *
 * A change since then counts as one during the dump.
 */
void vdev_nl_dump_since(struct netlink_callback *cb, u64 generation)
{
	cb->seq = mark_of(generation);
	cb->prev_seq = cb->seq;
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
