/* SPDX-License-Identifier: LGPL-2.1 */
/* What is read of a reply without decoding it. */
#ifndef VDEV_REPLY_H
#define VDEV_REPLY_H

#include <stdint.h>

#include <linux/netlink.h>

#include "arena.h"
#include "attr.h"

/* The attributes of a reply. */
const struct nlattr *vdev_reply_head(const struct nlmsghdr *nlh);
int vdev_reply_len(const struct nlmsghdr *nlh);

/* A copy of the whole message; NULL if there is no memory. */
struct nlmsghdr *vdev_reply_copy(struct arena *arena, const struct nlmsghdr *nlh);

/* Whether they are all there: 0, or -EBADMSG with the name of the first that is not. */
int vdev_reply_needs(const struct nlmsghdr *nlh, const unsigned int *types,
		     char path[ATTR_PATH_SIZE]);

/* The number in a checked message. */
uint32_t vdev_reply_peek_id(const struct nlmsghdr *nlh);

/* The instance of a checked message; 0 if not reported. */
uint32_t vdev_reply_peek_instance(const struct nlmsghdr *nlh);

/* Generations in a checked message, of the snapshot and of the object; 0 if not reported. */
uint64_t vdev_reply_peek_snapshot(const struct nlmsghdr *nlh);
uint64_t vdev_reply_peek_generation(const struct nlmsghdr *nlh);

#endif /* VDEV_REPLY_H */
