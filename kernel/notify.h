/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events: how a change of the registry reaches who listens, and how facts are
 * looked at that change by themselves, as long as somebody does.
 */
#ifndef _VDEV_NOTIFY_H
#define _VDEV_NOTIFY_H

#include <linux/list.h>

struct sk_buff;
struct vdev_endpoint;

/* The groups of the family, by their place in its table. */
enum vdev_nl_group {
	VDEV_NL_MONITOR,
};

/**
 * enum vdev_what - what has happened to an endpoint
 * @VDEV_NEW: it is there
 * @VDEV_DEL: it is no more
 * @VDEV_CHANGE: something that is told of it has changed
 */
enum vdev_what {
	VDEV_NEW,
	VDEV_DEL,
	VDEV_CHANGE,
};

/**
 * struct vdev_event - one change on its way to who listens
 * @node: in the queue, until it is delivered
 * @message: what is told; NULL if there was no memory for it
 * @queued: somebody listened when the change was made
 *
 * On the stack of who makes the change, zeroed before that. One event is for
 * one change, and is delivered before it goes out of scope.
 */
struct vdev_event {
	struct list_head node;
	struct sk_buff *message;
	bool queued;
};

/* notify.c */
bool vdev_listened_to(void);
void vdev_event_queue_locked(struct vdev_event *event,
			     const struct vdev_endpoint *endpoint,
			     enum vdev_what what);
void vdev_event_deliver(struct vdev_event *event);

/* watch.c */
void vdev_watch(void);
void vdev_watch_stop(void);

#endif /* _VDEV_NOTIFY_H */
