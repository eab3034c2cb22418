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
	/* When it is given up, by vdev_now(). */
	int64_t end;
};

/* Milliseconds of a clock that never jumps. */
int64_t vdev_now(void);

/* Send the message. Returns 0 or a negative errno. */
int vdev_exchange_begin(struct vdev_sock *sock, struct exchange *exchange);

/*
 * Read what has arrived; with @wait, until the end. Returns 0 at the end, -EINPROGRESS if there
 * is more to come, or another negative errno. One that leaves the end unread makes the socket
 * stale.
 */
int vdev_exchange_step(struct vdev_sock *sock, struct exchange *exchange, bool wait);

#endif /* VDEV_LIB_EXCHANGE_H */
