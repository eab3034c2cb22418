/* SPDX-License-Identifier: LGPL-2.1 */
/* A step of the mirror, and the event that reports it. */
#ifndef VDEV_LIB_MONITOR_REPORT_H
#define VDEV_LIB_MONITOR_REPORT_H

#include "state.h"

/*
 * Change the mirror and report it. Each returns 0, a negative errno, or what the caller's
 * function returned; the mirror is as it was reported.
 */
int vdev_monitor_report(struct vdev_monitor *monitor, const struct vdev_event *event);
int vdev_monitor_put(struct vdev_monitor *monitor, const struct nlmsghdr *nlh,
		     struct vdev_event *event);
int vdev_monitor_del(struct vdev_monitor *monitor, struct mirror_entry *entry,
		     struct vdev_event *event);

#endif /* VDEV_LIB_MONITOR_REPORT_H */
