/* SPDX-License-Identifier: LGPL-2.1 */
/* Connecting, and finding the family. */
#ifndef VDEV_LIB_FAMILY_H
#define VDEV_LIB_FAMILY_H

#include "exchange.h"

/* A question for the family that is under way; zeroed before. */
struct search {
	struct exchange exchange;
};

/*
 * Connect, and find the family, where that is needed. Returns 0, -EINPROGRESS if the answer has
 * not arrived, which cannot be with @wait, or another negative errno.
 */
int vdev_search_step(struct vdev_sock *sock, struct search *search, bool wait);

/* Forget the question. */
void vdev_search_end(struct search *search);

/* The same in one step: 0 or a negative errno. */
int vdev_sock_ready(struct vdev_sock *sock);

#endif /* VDEV_LIB_FAMILY_H */
