/* SPDX-License-Identifier: LGPL-2.1 */
/* How the library's functions dump. */
#ifndef VDEV_LIB_DUMP_H
#define VDEV_LIB_DUMP_H

#include "request.h"

/*
 * What is asked of each message, and done with it once the dump is good. If
 * @set is not NULL they are of that set, and not endpoints in the order of
 * their ids.
 */
struct dump_ops {
	const struct attr_set *set;
	reply_check *check;
	/* Anything but 0 ends the dump, which returns it. */
	int (*each)(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg);
};

/*
 * Dump what was written, which is freed. Returns 0, a negative errno, or
 * what @each returned.
 */
int vdev_request_dump(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		      const struct dump_ops *ops, void *arg);

#endif /* VDEV_LIB_DUMP_H */
