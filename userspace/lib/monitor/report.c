// SPDX-License-Identifier: LGPL-2.1
/*
 * A step of the mirror, and the event that reports it. The mirror changes first, so that each
 * change is reported exactly once.
 */
#include <errno.h>
#include <stdlib.h>

#include "netlink/sock_error.h"
#include "internal.h"
#include "report.h"

static const char *const event_names[] = {
	[VDEV_EVENT_NEW] = "new",
	[VDEV_EVENT_DEL] = "del",
	[VDEV_EVENT_CHANGE] = "change",
	[VDEV_EVENT_OVERRUN] = "overrun",
	[VDEV_EVENT_GONE] = "gone",
	[VDEV_EVENT_BACK] = "back",
	[VDEV_EVENT_SYNCED] = "synced",
	[VDEV_EVENT_PROFILE_NEW] = "profile-new",
	[VDEV_EVENT_PROFILE_DEL] = "profile-del",
	[VDEV_EVENT_PROFILE_CHANGE] = "profile-change",
};

static const char *const loss_names[] = {
	[VDEV_LOSS_JUMP] = "jump",
	[VDEV_LOSS_ENOBUFS] = "enobufs",
	[VDEV_LOSS_BROKEN] = "broken",
};

VDEV_API const char *vdev_event_name(uint32_t number)
{
	return number < ARRAY_SIZE(event_names) ? event_names[number] : NULL;
}

VDEV_API const char *vdev_loss_name(uint32_t number)
{
	return number < ARRAY_SIZE(loss_names) ? loss_names[number] : NULL;
}

int vdev_monitor_report(struct vdev_monitor *monitor, const struct vdev_event *event)
{
	struct vdev_event reported = *event;
	int err;

	if (reported.generation)
		reported.instance = monitor->instance;
	err = monitor->fn(&reported, monitor->arg);
	/* What it returns ends the call, and this would be one that goes on. */
	return err == -EINPROGRESS ? vdev_error_local(monitor->sock, EINPROGRESS) : err;
}

int vdev_monitor_put(struct vdev_monitor *monitor, const struct nlmsghdr *nlh,
		     struct vdev_event *event)
{
	struct mirror_entry *old = vdev_mirror_find(&monitor->mirror, nlh);
	int err;

	if (vdev_object_decode(&monitor->after, nlh) ||
	    (old && vdev_object_decode(&monitor->before, old->msg)))
		return vdev_error_local(monitor->sock, ENOMEM);
	err = vdev_mirror_put(&monitor->mirror, nlh, &old);
	if (err == -ENOSPC)
		return vdev_error_set(monitor->sock, VDEV_ERROR_LOCAL, ENOSPC, NULL,
				      "the endpoints need more memory than is allowed");
	if (err)
		return vdev_error_local(monitor->sock, -err);
	event->type = old ? VDEV_EVENT_CHANGE : VDEV_EVENT_NEW;
	event->before = old ? &monitor->before : NULL;
	event->after = &monitor->after;
	err = vdev_monitor_report(monitor, event);
	free(old);
	return err;
}

int vdev_monitor_del(struct vdev_monitor *monitor, struct mirror_entry *entry,
		     struct vdev_event *event)
{
	int err;

	if (vdev_object_decode(&monitor->before, entry->msg))
		return vdev_error_local(monitor->sock, ENOMEM);
	vdev_mirror_take(&monitor->mirror, entry);
	event->type = VDEV_EVENT_DEL;
	event->before = &monitor->before;
	event->after = NULL;
	err = vdev_monitor_report(monitor, event);
	free(entry);
	return err;
}
