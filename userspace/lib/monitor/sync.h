/* SPDX-License-Identifier: LGPL-2.1 */
/* From not knowing to following, in steps that wait for nothing. */
#ifndef VDEV_LIB_MONITOR_SYNC_H
#define VDEV_LIB_MONITOR_SYNC_H

#include "state.h"

/* Begin to follow through a new socket. Returns 0 or a negative errno. */
int vdev_sync_begin(struct vdev_monitor *monitor);

/*
 * Go on, and report the differences. Returns 0 when all are reported, -EINPROGRESS if there is more to come, another
 * negative errno, or what the caller's function returned.
 */
int vdev_sync_step(struct vdev_monitor *monitor);

/* Report that what was there is known, if it is since the last event. Returns as above. */
int vdev_sync_settle(struct vdev_monitor *monitor);

/* Forget what was begun. */
void vdev_sync_end(struct vdev_monitor *monitor);

/* The family went: so did all that the mirror has. */
int vdev_monitor_gone(struct vdev_monitor *monitor);

#endif /* VDEV_LIB_MONITOR_SYNC_H */
