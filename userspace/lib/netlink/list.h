/* SPDX-License-Identifier: LGPL-2.1 */
/* A list of what a request lends one after the other. */
#ifndef VDEV_LIB_REQUEST_LIST_H
#define VDEV_LIB_REQUEST_LIST_H

#include "model/list.h"

struct vdev_sock;

/*
 * The request has returned @err. After an error the list is empty, and the socket says what is
 * wrong. Returns @err.
 */
int vdev_list_end(struct vdev_sock *sock, struct list *list, int err);

#endif /* VDEV_LIB_REQUEST_LIST_H */
