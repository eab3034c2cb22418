/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events: how a change of the registry reaches subscribers.
 */
#ifndef _VDEV_NOTIFY_H
#define _VDEV_NOTIFY_H

#include <linux/types.h>

struct vdev_endpoint;
struct vdev_profile;

/* The groups of the family, by their place in its table. */
enum vdev_nl_group {
	VDEV_NL_MONITOR,
};

/**
 * enum vdev_what - what has happened to an endpoint or a profile
 * @VDEV_NEW: it is there
 * @VDEV_DEL: it is no more
 * @VDEV_CHANGE: something that is reported of it has changed
 */
enum vdev_what {
	VDEV_NEW,
	VDEV_DEL,
	VDEV_CHANGE,
};

/* notify.c */
bool vdev_is_subscribed(void);
void vdev_event_queue_locked(struct vdev_endpoint *endpoint,
			     enum vdev_what what);
void vdev_profile_event_queue_locked(const struct vdev_profile *profile,
				     u64 generation, enum vdev_what what);
void vdev_events_send(void);
void vdev_events_flush(void);
void vdev_events_exit(void);
void vdev_events_count(u64 *sent, u64 *lost);

#endif /* _VDEV_NOTIFY_H */
