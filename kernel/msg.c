// SPDX-License-Identifier: GPL-2.0
/*
 * The message about one endpoint, the same in a reply, a dump and an event:
 * what changes by itself is put here, the rest is copied from the blob.
 */
#include <linux/lockdep.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "core.h"

/* Room for what stands before the blob, alignment included. */
#define MSG_HEAD	(nla_total_size(sizeof(u32)) + \
			 2 * nla_total_size_64bit(sizeof(u64)) + NLA_HDRLEN)

/**
 * vdev_msg_new() - allocate a message for one endpoint
 * @endpoint: the endpoint
 *
 * Context: Process context, vdev_registry_sem held. May sleep.
 * Return: the buffer, or NULL.
 */
struct sk_buff *vdev_msg_new(const struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_sem);
	return genlmsg_new(MSG_HEAD + endpoint->blob->len, GFP_KERNEL);
}

/**
 * vdev_msg_put_head() - put what changes by itself
 * @skb: buffer to put it in
 * @endpoint: the endpoint
 *
 * Context: vdev_registry_sem held.
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_head(struct sk_buff *skb, const struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_sem);
	return nla_put_u32(skb, VDEV_A_ID, endpoint->id) ?:
	       nla_put_u64_64bit(skb, VDEV_A_GENERATION, endpoint->generation,
				 VDEV_A_PAD) ?:
	       nla_put_u64_64bit(skb, VDEV_A_SNAPSHOT, vdev_generation_locked(),
				 VDEV_A_PAD);
}

static int put_blob(struct sk_buff *skb, const struct vdev_blob *blob)
{
	nla_align_64bit(skb, VDEV_A_PAD);
	if (skb_tailroom(skb) < blob->len)
		return -EMSGSIZE;
	skb_put_data(skb, blob->data, blob->len);
	return 0;
}

/**
 * vdev_msg_put_endpoint() - put one endpoint, and end its message
 * @skb: buffer to put it in
 * @header: the message's generic netlink header
 * @endpoint: the endpoint
 *
 * Context: vdev_registry_sem held.
 * Return: 0, or -EMSGSIZE if the buffer is too small; the message is then
 * cancelled.
 */
int vdev_msg_put_endpoint(struct sk_buff *skb, void *header,
			  const struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_sem);
	if (vdev_msg_put_head(skb, endpoint) || put_blob(skb, endpoint->blob)) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, header);
	return 0;
}
