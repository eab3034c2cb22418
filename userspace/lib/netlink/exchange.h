/* SPDX-License-Identifier: LGPL-2.1 */
/* One request and all that the kernel says to it. */
#ifndef VDEV_LIB_EXCHANGE_H
#define VDEV_LIB_EXCHANGE_H

#include "sock.h"

/* Called for each reply of the family asked. Returns 0 or a negative errno. */
typedef int reply_fn(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg);

struct exchange {
	struct nl_msg *msg;
	const struct attr_set *set;
	reply_fn *reply;
	void *arg;
	/* Set when the kernel says that the dump is of no single moment. */
	bool interrupted;
	/* Set by each reply: a dump may take as long as they keep coming. */
	bool alive;
};

/*
 * Send the message and read until its end. An error that leaves the end unread
 * makes the socket stale.
 */
int vdev_exchange(struct vdev_sock *sock, struct exchange *exchange);

#endif /* VDEV_LIB_EXCHANGE_H */
