/* SPDX-License-Identifier: LGPL-2.1 */
/* A list of what a request lends one after the other. */
#ifndef VDEV_LIB_LIST_H
#define VDEV_LIB_LIST_H

#include <stddef.h>

struct vdev_sock;

struct list {
	void (*free)(void *item);
	void **items;
	size_t num;
	size_t room;
};

/* Takes the item over, also if it fails; NULL fails. Returns 0 or -ENOMEM. */
int vdev_list_add(struct list *list, void *item);

/*
 * The request has returned @err. After an error the list is empty, and the socket says what is
 * wrong. Returns @err.
 */
int vdev_list_end(struct vdev_sock *sock, struct list *list, int err);

#endif /* VDEV_LIB_LIST_H */
