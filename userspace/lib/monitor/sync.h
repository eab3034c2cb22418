/* SPDX-License-Identifier: LGPL-2.1 */
/* From not knowing to following. */
#ifndef VDEV_LIB_MONITOR_SYNC_H
#define VDEV_LIB_MONITOR_SYNC_H

#include "state.h"

/*
 * Follow through a new socket, and report the differences. Returns 0, a negative errno,
 * or what the caller's function returned.
 */
int vdev_monitor_sync(struct vdev_monitor *monitor);

/* The family went: so did all that the mirror has. */
int vdev_monitor_gone(struct vdev_monitor *monitor);

#endif /* VDEV_LIB_MONITOR_SYNC_H */
