// SPDX-License-Identifier: LGPL-2.1
/* Events and the mirror as lists, in the place of a function that is called for each. */
#include <errno.h>
#include <stdlib.h>

#include "model/profile.h"
#include "netlink/list.h"
#include "netlink/sock_error.h"
#include "internal.h"
#include "state.h"

static void free_event(void *item)
{
	struct vdev_event *event = item;

	vdev_object_free((struct vdev_object *)event->before);
	vdev_object_free((struct vdev_object *)event->after);
	vdev_profile_free((struct vdev_profile *)event->profile);
	free(event);
}

static struct vdev_event *copy_event(const struct vdev_event *event)
{
	struct vdev_event *copy = malloc(sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *event;
	if (event->before)
		copy->before = vdev_object_dup(event->before);
	if (event->after)
		copy->after = vdev_object_dup(event->after);
	if (event->profile)
		copy->profile = vdev_profile_copy(event->profile->msg);
	if (!copy->before == !event->before && !copy->after == !event->after &&
	    !copy->profile == !event->profile)
		return copy;
	free_event(copy);
	return NULL;
}

static int add_event(const struct vdev_event *event, void *arg)
{
	return vdev_list_add(arg, copy_event(event));
}

/* The monitor's error is about what is returned, and not about an attempt in between. */
static int explain(struct vdev_monitor *monitor, int err)
{
	if (!err)
		vdev_error_clear(monitor->sock);
	else if (monitor->sock->error.type == VDEV_ERROR_NONE)
		vdev_error_local(monitor->sock, -err);
	return err;
}

VDEV_API int vdev_event_list(struct vdev_monitor *monitor, struct vdev_event ***events,
			     size_t *num)
{
	struct list list = { .free = free_event };
	int err = explain(monitor, vdev_monitor_read(monitor, add_event, &list));

	*events = (struct vdev_event **)list.items;
	*num = list.num;
	return err;
}

VDEV_API void vdev_event_list_free(struct vdev_event **events, size_t num)
{
	while (num)
		free_event(events[--num]);
	free(events);
}

VDEV_API int vdev_monitor_list(struct vdev_monitor *monitor, struct vdev_object ***objects,
			       size_t *num)
{
	struct list list = { .free = vdev_list_free_object };
	int err = vdev_list_end(monitor->sock, &list,
				vdev_monitor_each(monitor, vdev_list_add_object, &list));

	*objects = (struct vdev_object **)list.items;
	*num = list.num;
	return err;
}
