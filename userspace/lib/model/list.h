/* SPDX-License-Identifier: LGPL-2.1 */
/* A list of what is lent one after the other. */
#ifndef VDEV_LIB_LIST_H
#define VDEV_LIB_LIST_H

#include <stddef.h>

struct vdev_object;

struct list {
	void (*free)(void *item);
	void **items;
	size_t num;
	size_t room;
};

/* Takes the item over, also if it fails; NULL fails. Returns 0 or -ENOMEM. */
int vdev_list_add(struct list *list, void *item);

/* Free all that is in it; it is empty then. */
void vdev_list_clear(struct list *list);

/* For a list of objects: adds a copy, as vdev_object_fn; and what frees one. */
int vdev_list_add_object(const struct vdev_object *object, void *list);
void vdev_list_free_object(void *item);

#endif /* VDEV_LIB_LIST_H */
