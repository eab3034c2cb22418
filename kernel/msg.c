// SPDX-License-Identifier: GPL-2.0
/*
 * The message about one endpoint, the same in a reply, a dump and an event:
 * what changes by itself is put here, the rest is copied from the blob.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core.h"

/* Room for what stands before the blob. */
#define MSG_HEAD	(4 * nla_total_size(sizeof(u32)) + nla_total_size(0) + \
			 2 * nla_total_size(sizeof(u64)))

/**
 * vdev_msg_size() - how large a message about an endpoint is
 * @blob: the facts of the endpoint
 *
 * Return: the size in bytes, headers of netlink and generic netlink included.
 */
size_t vdev_msg_size(const struct vdev_blob *blob)
{
	return nlmsg_total_size(genlmsg_msg_size(MSG_HEAD + blob->len));
}

/**
 * vdev_msg_new() - allocate a message for one endpoint
 * @blob: the facts of the endpoint
 *
 * Context: Process context. May sleep.
 * Return: the buffer, or NULL.
 */
struct sk_buff *vdev_msg_new(const struct vdev_blob *blob)
{
	return genlmsg_new(MSG_HEAD + blob->len, GFP_KERNEL);
}

/**
 * vdev_msg_put_generation() - put a generation, and of which instance it is
 * @skb: buffer to put it in
 * @instance_type: attribute that holds the instance
 * @type: attribute that holds the generation
 * @generation: the generation
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_generation(struct sk_buff *skb, int instance_type, int type,
			    u64 generation)
{
	return nla_put_u32(skb, instance_type, vdev_instance()) ?:
	       vdev_compat_put_uint(skb, type, generation);
}

/**
 * vdev_msg_put_head() - put what changes by itself
 * @skb: buffer to put it in
 * @view: the endpoint
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_head(struct sk_buff *skb, const struct vdev_view *view)
{
	if (nla_put_u32(skb, VDEV_A_ID, view->id) ||
	    nla_put_u32(skb, VDEV_A_ENDPOINT, view->kind) ||
	    vdev_msg_put_generation(skb, VDEV_A_INSTANCE, VDEV_A_GENERATION,
				    view->generation) ||
	    vdev_compat_put_uint(skb, VDEV_A_SNAPSHOT, view->snapshot) ||
	    (view->polled && nla_put_u32(skb, VDEV_A_AGE, view->age)) ||
	    (view->stale && nla_put_flag(skb, VDEV_A_STALE)))
		return -EMSGSIZE;
	return 0;
}

static int put_blob(struct sk_buff *skb, const struct vdev_blob *blob)
{
	if (skb_tailroom(skb) < blob->len)
		return -EMSGSIZE;
	skb_put_data(skb, blob->data, blob->len);
	return 0;
}

/**
 * vdev_msg_put_endpoint() - put one endpoint, and end its message
 * @skb: buffer to put it in
 * @header: the message's generic netlink header
 * @view: the endpoint
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small; the message is then
 * cancelled.
 */
int vdev_msg_put_endpoint(struct sk_buff *skb, void *header,
			  const struct vdev_view *view)
{
	if (vdev_msg_put_head(skb, view) || put_blob(skb, view->blob)) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, header);
	return 0;
}
