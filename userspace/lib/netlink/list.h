/* SPDX-License-Identifier: LGPL-2.1 */
/* A list of what a request lends one after the other. */
#ifndef VDEV_LIB_LIST_H
#define VDEV_LIB_LIST_H

#include <stddef.h>

struct list {
	void **items;
	size_t num;
	size_t room;
};

/* Takes the item over; NULL fails. Returns 0 or -ENOMEM. */
int vdev_list_add(struct list *list, void *item);

#endif /* VDEV_LIB_LIST_H */
