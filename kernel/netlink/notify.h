/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events: how a change reaches subscribers.
 */
#ifndef _VDEV_NOTIFY_H
#define _VDEV_NOTIFY_H

#include <linux/types.h>

struct vdev_event_ops;

/* The groups of the family, by their place in its table. */
enum vdev_nl_group {
	VDEV_NL_MONITOR,
};

extern const struct vdev_event_ops vdev_notify_ops;

void vdev_notify_flush(void);
void vdev_notify_exit(void);
void vdev_notify_count(u64 *sent, u64 *lost);

#endif /* _VDEV_NOTIFY_H */
