// SPDX-License-Identifier: LGPL-2.1
/* Lists of endpoints and profiles, in the place of a function that is called for each. */
#include <errno.h>
#include <stdlib.h>

#include <vdev/profile.h>
#include <vdev/request.h>

#include "internal.h"
#include "list.h"
#include "model/profile.h"
#include "sock_error.h"

#define FIRST_ROOM 16

int vdev_list_add(struct list *list, void *item)
{
	size_t room = list->room ? 2 * list->room : FIRST_ROOM;
	void **items = list->items;

	if (!item)
		return -ENOMEM;
	if (list->num == list->room) {
		items = realloc(items, room * sizeof(*items));
		if (!items)
			return -ENOMEM;
		list->items = items;
		list->room = room;
	}
	items[list->num++] = item;
	return 0;
}

/* Kept, unless there is no memory for that. */
static int add_object(const struct vdev_object *object, void *arg)
{
	struct vdev_object *kept = vdev_object_dup(object);
	int err = vdev_list_add(arg, kept);

	if (err)
		vdev_object_free(kept);
	return err;
}

static int list_objects(struct vdev_sock *sock, struct list *list, int err,
			struct vdev_object ***objects, size_t *num)
{
	*objects = NULL;
	*num = 0;
	if (err) {
		vdev_object_list_free((struct vdev_object **)list->items, list->num);
		return sock->error.type == VDEV_ERROR_NONE ? vdev_error_local(sock, -err) : err;
	}
	*objects = (struct vdev_object **)list->items;
	*num = list->num;
	return 0;
}

VDEV_API int vdev_dev_list(struct vdev_sock *sock, const struct vdev_filter *filter,
			   struct vdev_object ***objects, size_t *num)
{
	struct list list = { 0 };
	int err = vdev_dev_dump(sock, filter, add_object, &list);

	return list_objects(sock, &list, err, objects, num);
}

VDEV_API int vdev_type_list(struct vdev_sock *sock, const struct vdev_filter *filter,
			    struct vdev_object ***objects, size_t *num)
{
	struct list list = { 0 };
	int err = vdev_type_dump(sock, filter, add_object, &list);

	return list_objects(sock, &list, err, objects, num);
}

VDEV_API void vdev_object_list_free(struct vdev_object **objects, size_t num)
{
	while (num)
		vdev_object_free(objects[--num]);
	free(objects);
}

static int add_profile(const struct vdev_profile *profile, void *arg)
{
	struct vdev_profile *kept = vdev_profile_copy(profile->msg);
	int err = vdev_list_add(arg, kept);

	if (err)
		vdev_profile_free(kept);
	return err;
}

VDEV_API int vdev_profile_list(struct vdev_sock *sock, struct vdev_profile ***profiles,
			       size_t *num)
{
	struct list list = { 0 };
	int err = vdev_profile_dump(sock, add_profile, &list);

	*profiles = NULL;
	*num = 0;
	if (err) {
		vdev_profile_list_free((struct vdev_profile **)list.items, list.num);
		return sock->error.type == VDEV_ERROR_NONE ? vdev_error_local(sock, -err) : err;
	}
	*profiles = (struct vdev_profile **)list.items;
	*num = list.num;
	return 0;
}

VDEV_API void vdev_profile_list_free(struct vdev_profile **profiles, size_t num)
{
	while (num)
		vdev_profile_free(profiles[--num]);
	free(profiles);
}
