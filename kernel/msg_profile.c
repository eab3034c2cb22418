// SPDX-License-Identifier: GPL-2.0
/*
 * The message about one profile, the same in a reply, a dump and an event: the
 * generations, and then what the profile was made of.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core.h"
#include "profile.h"

/* Room for the generations, and for how many endpoints changed. */
#define MSG_HEAD	(2 * nla_total_size(sizeof(u32)) + \
			 2 * nla_total_size(sizeof(u64)))

/**
 * vdev_msg_profile_size() - how large a message about a profile is at most
 * @profile: the profile
 *
 * Return: the size in bytes, headers of netlink and generic netlink included.
 */
size_t vdev_msg_profile_size(const struct vdev_profile *profile)
{
	return nlmsg_total_size(genlmsg_msg_size(MSG_HEAD + profile->len));
}

/**
 * vdev_msg_profile_new() - allocate a message for one profile
 * @profile: the profile
 *
 * Context: Process context. May sleep.
 * Return: the buffer, or NULL.
 */
struct sk_buff *vdev_msg_profile_new(const struct vdev_profile *profile)
{
	return genlmsg_new(MSG_HEAD + profile->len, GFP_KERNEL);
}

/**
 * vdev_msg_put_profile() - put one profile, and end its message
 * @skb: buffer to put it in
 * @header: the message's generic netlink header
 * @profile: the profile
 * @generation: generation of its last change
 * @snapshot: generation of the family
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small; the message is then
 * cancelled.
 */
int vdev_msg_put_profile(struct sk_buff *skb, void *header,
			 const struct vdev_profile *profile, u64 generation,
			 u64 snapshot)
{
	if (vdev_msg_put_generation(skb, VDEV_A_PROFILE_INSTANCE,
				    VDEV_A_PROFILE_GENERATION, generation) ||
	    vdev_compat_put_uint(skb, VDEV_A_PROFILE_SNAPSHOT, snapshot) ||
	    skb_tailroom(skb) < profile->len) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	skb_put_data(skb, profile->data, profile->len);
	genlmsg_end(skb, header);
	return 0;
}
