// SPDX-License-Identifier: LGPL-2.1
/* A list of what is lent one after the other. */
#include <errno.h>
#include <stdlib.h>

#include <vdev/object.h>

#include "list.h"

#define FIRST_ROOM 16

static int grow(struct list *list)
{
	size_t room = list->room ? 2 * list->room : FIRST_ROOM;
	void **items = realloc(list->items, room * sizeof(*items));

	if (!items)
		return -ENOMEM;
	list->items = items;
	list->room = room;
	return 0;
}

int vdev_list_add(struct list *list, void *item)
{
	int err = item ? 0 : -ENOMEM;

	if (!err && list->num == list->room)
		err = grow(list);
	if (!err)
		list->items[list->num++] = item;
	else if (item)
		list->free(item);
	return err;
}

void vdev_list_clear(struct list *list)
{
	while (list->num)
		list->free(list->items[--list->num]);
	free(list->items);
	list->items = NULL;
	list->room = 0;
}

int vdev_list_add_object(const struct vdev_object *object, void *list)
{
	return vdev_list_add(list, vdev_object_dup(object));
}

void vdev_list_free_object(void *item)
{
	vdev_object_free(item);
}
