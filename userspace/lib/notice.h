/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What a message that was multicast tells: of an endpoint, or of the family
 * itself. Looks at one message, and keeps nothing.
 */
#ifndef VDEV_NOTICE_H
#define VDEV_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/netlink.h>

#include <vdev/object.h>

enum notice_kind {
	/* Of no meaning here. */
	NOTICE_NONE = 0,
	NOTICE_NEW,
	NOTICE_DEL,
	NOTICE_CHANGE,
	/* An event of a kind that is newer than this library. */
	NOTICE_OTHER,
	/* The family that is followed went; or there is one that is not followed. */
	NOTICE_GONE,
	NOTICE_BACK,
	/* It breaks the specification. */
	NOTICE_BROKEN,
};

struct notice {
	enum notice_kind kind;
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
void vdev_notice_read(struct notice *notice, struct nlmsghdr *nlh, uint16_t family);

#endif /* VDEV_NOTICE_H */
