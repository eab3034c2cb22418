/* SPDX-License-Identifier: LGPL-2.1 */
/* What the library knows of a message about a profile. */
#ifndef VDEV_LIB_PROFILE_H
#define VDEV_LIB_PROFILE_H

#include <linux/netlink.h>

#include <vdev/profile.h>

#include "schema.h"

/*
 * Check a message about a profile in full. Returns 0 or -EBADMSG with the path of
 * the bad or missing attribute.
 */
int vdev_profile_message_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);

/* The profile of a checked message, for vdev_profile_free(); NULL without memory. */
struct vdev_profile *vdev_profile_copy(const struct nlmsghdr *nlh);

#endif /* VDEV_LIB_PROFILE_H */
