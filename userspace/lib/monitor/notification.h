/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What a message that was multicast is about: an endpoint, a profile, or the family itself. Reads
 * one message, and keeps nothing.
 */
#ifndef VDEV_NOTIFICATION_H
#define VDEV_NOTIFICATION_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/netlink.h>

#include <vdev/object.h>

enum notification_type {
	/* Of no meaning here. */
	NOTIFICATION_NONE = 0,
	NOTIFICATION_NEW,
	NOTIFICATION_DEL,
	NOTIFICATION_CHANGE,
	/* An event that is newer than this library. */
	NOTIFICATION_OTHER,
	/* The family that is followed went; or there is one that is not followed. */
	NOTIFICATION_GONE,
	NOTIFICATION_BACK,
	/* It breaks the specification. */
	NOTIFICATION_BROKEN,
};

struct notification {
	enum notification_type type;
	/* Kind of the endpoint; 0 if it is about none. */
	unsigned int object;
	/* It is about a profile. */
	bool profile;
	uint32_t instance;
	uint64_t generation;
};

/*
 * Read a message that is wholly there. @family is the number of the family that
 * is followed, or 0. A message about an endpoint is made a reply about it, as
 * the decoder wants it; that about a profile is one already.
 */
void vdev_notification_read(struct notification *notification, struct nlmsghdr *nlh, uint16_t family);

#endif /* VDEV_NOTIFICATION_H */
