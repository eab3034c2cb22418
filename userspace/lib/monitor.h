/* SPDX-License-Identifier: LGPL-2.1 */
/* What a monitor is inside the library. */
#ifndef VDEV_LIB_MONITOR_H
#define VDEV_LIB_MONITOR_H

#include <vdev/monitor.h>

#include "mirror.h"
#include "notice.h"
#include "object.h"
#include "sequence.h"
#include "sock.h"
#include "waiter.h"

/* Attempts to dump what is there, one after the other, before a call fails. */
#define MONITOR_ATTEMPTS 10
#define MONITOR_FIRST_PAUSE_MS 10
#define MONITOR_LAST_PAUSE_MS 500

/*
 * Without @events nothing is followed: what is there is dumped when the pause is
 * over, through a new socket, so that nothing of before the loss is left in it.
 */
struct vdev_monitor {
	/* For requests; its error is that of the monitor. */
	struct vdev_sock *sock;
	struct vdev_transport *events;
	struct waiter waiter;
	struct mirror mirror;
	struct sequence sequence;
	const struct vdev_filter *filter;
	size_t buffer;
	bool wait;
	/* The family was there when it was last told of. */
	bool present;
	/* Number of the family followed; 0 if there is none. */
	uint16_t family;
	/* That the generations are of; 0 before the first is told. */
	uint32_t instance;
	/* Attempts that failed since it last caught up with the kernel. */
	unsigned int failures;
	unsigned int pause;
	/* What the current call of vdev_monitor_read() tells. */
	vdev_event_fn *fn;
	void *arg;
	struct vdev_object before;
	struct vdev_object after;
};

/* Stop following, and dump what is there after a pause. */
void vdev_monitor_drop(struct vdev_monitor *monitor);

/*
 * monitor_sync.c: follow through a new socket, and tell the differences. Returns
 * 0, a negative errno, or what the caller's function returned.
 */
int vdev_monitor_sync(struct vdev_monitor *monitor);

/* The family went: so did all that the mirror has. */
int vdev_monitor_gone(struct vdev_monitor *monitor);

/*
 * monitor_tell.c: change the mirror and tell of it. Returns 0, a negative errno,
 * or what the caller's function returned; the mirror is as it was told.
 */
int vdev_monitor_tell(struct vdev_monitor *monitor, const struct vdev_event *event);
int vdev_monitor_put(struct vdev_monitor *monitor, const struct nlmsghdr *nlh,
		     struct vdev_event *event);
int vdev_monitor_del(struct vdev_monitor *monitor, struct mirror_entry *entry,
		     struct vdev_event *event);

#endif /* VDEV_LIB_MONITOR_H */
