/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What a profile is inside the library. Strings point into the message that it
 * was decoded from; the rest is in its arena.
 */
#ifndef VDEV_LIB_PROFILE_H
#define VDEV_LIB_PROFILE_H

#include <linux/netlink.h>

#include <vdev/profile.h>

#include "arena.h"
#include "attr.h"

struct vdev_profile {
	struct arena arena;
	const struct nlmsghdr *msg;
	const char *name;
	const char *bus;
	const char *driver;
	const char *type;
	uint32_t migration;
	uint32_t capabilities;
	const struct vdev_cost *cost;
	const struct vdev_record *record;
	uint32_t instance;
	uint64_t generation;
	uint64_t snapshot;
	uint32_t changed;
};

/*
 * Check any message about a profile in full: a reply, of a dump, or an event. Returns
 * 0 or -EBADMSG with the path of the bad or missing attribute.
 */
int vdev_profile_message_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);

/* Decode a checked message, which must outlive the profile's use of it. */
int vdev_profile_decode(struct vdev_profile *profile, const struct nlmsghdr *nlh);

/* The profile of a checked message, for vdev_profile_free(); NULL without memory. */
struct vdev_profile *vdev_profile_copy(const struct nlmsghdr *nlh);

#endif /* VDEV_LIB_PROFILE_H */
