// SPDX-License-Identifier: LGPL-2.1
/* Lists of endpoints and profiles, in the place of a function that is called for each. */
#include <stdlib.h>

#include <vdev/profile.h>
#include <vdev/request.h>

#include "internal.h"
#include "list.h"
#include "model/profile.h"
#include "sock_error.h"

int vdev_list_end(struct vdev_sock *sock, struct list *list, int err)
{
	if (!err)
		return 0;
	vdev_list_clear(list);
	return sock->error.type == VDEV_ERROR_NONE ? vdev_error_local(sock, -err) : err;
}

static int list_objects(struct vdev_sock *sock, struct list *list, int err,
			struct vdev_object ***objects, size_t *num)
{
	err = vdev_list_end(sock, list, err);
	*objects = (struct vdev_object **)list->items;
	*num = list->num;
	return err;
}

VDEV_API int vdev_dev_list(struct vdev_sock *sock, const struct vdev_filter *filter,
			   struct vdev_object ***objects, size_t *num)
{
	struct list list = { .free = vdev_list_free_object };
	int err = vdev_dev_dump(sock, filter, vdev_list_add_object, &list);

	return list_objects(sock, &list, err, objects, num);
}

VDEV_API int vdev_type_list(struct vdev_sock *sock, const struct vdev_filter *filter,
			    struct vdev_object ***objects, size_t *num)
{
	struct list list = { .free = vdev_list_free_object };
	int err = vdev_type_dump(sock, filter, vdev_list_add_object, &list);

	return list_objects(sock, &list, err, objects, num);
}

VDEV_API void vdev_object_list_free(struct vdev_object **objects, size_t num)
{
	while (num)
		vdev_object_free(objects[--num]);
	free(objects);
}

static void free_profile(void *item)
{
	vdev_profile_free(item);
}

static int add_profile(const struct vdev_profile *profile, void *arg)
{
	return vdev_list_add(arg, vdev_profile_copy(profile->msg));
}

VDEV_API int vdev_profile_list(struct vdev_sock *sock, struct vdev_profile ***profiles,
			       size_t *num)
{
	struct list list = { .free = free_profile };
	int err = vdev_list_end(sock, &list, vdev_profile_dump(sock, add_profile, &list));

	*profiles = (struct vdev_profile **)list.items;
	*num = list.num;
	return err;
}

VDEV_API void vdev_profile_list_free(struct vdev_profile **profiles, size_t num)
{
	while (num)
		vdev_profile_free(profiles[--num]);
	free(profiles);
}
