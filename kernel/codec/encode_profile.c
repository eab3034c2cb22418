// SPDX-License-Identifier: GPL-2.0
/*
 * The message about one profile, the same in a reply, a dump and an event: the
 * generations, and then what the profile was made of.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "encode.h"

/* Room for the generations, and for how many endpoints changed. */
#define MSG_HEAD	(2 * nla_total_size(sizeof(u32)) + \
			 2 * nla_total_size(sizeof(u64)))

/**
 * vdev_msg_profile_size() - how large a message about a profile is at most
 * @len: length of what it declares, in bytes
 *
 * Return: the size in bytes, headers of netlink and generic netlink included.
 */
size_t vdev_msg_profile_size(u32 len)
{
	return nlmsg_total_size(genlmsg_msg_size(MSG_HEAD + len));
}

/**
 * vdev_msg_profile_new() - allocate a message for one profile
 * @len: length of what it declares, in bytes
 *
 * Context: Process context. May sleep.
 * Return: the buffer, or NULL.
 */
struct sk_buff *vdev_msg_profile_new(u32 len)
{
	return genlmsg_new(MSG_HEAD + len, GFP_KERNEL);
}

/**
 * vdev_msg_put_profile() - put one profile, and end its message
 * @skb: buffer to put it in
 * @header: the message's generic netlink header
 * @view: the profile
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small; the message is then
 * cancelled.
 */
int vdev_msg_put_profile(struct sk_buff *skb, void *header,
			 const struct vdev_profile_view *view)
{
	if (vdev_msg_put_generation(skb, VDEV_A_PROFILE_INSTANCE, view->instance,
				    VDEV_A_PROFILE_GENERATION, view->generation) ||
	    vdev_compat_put_uint(skb, VDEV_A_PROFILE_SNAPSHOT, view->snapshot) ||
	    skb_tailroom(skb) < view->len) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	skb_put_data(skb, view->data, view->len);
	genlmsg_end(skb, header);
	return 0;
}
