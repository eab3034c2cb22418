/* SPDX-License-Identifier: LGPL-2.1 */
/* What a monitor does beside what its callers ask for. */
#ifndef VDEV_LIB_MONITOR_H
#define VDEV_LIB_MONITOR_H

#include "state.h"

/* Stop following, and dump what is there after a pause. */
void vdev_monitor_drop(struct vdev_monitor *monitor);

#endif /* VDEV_LIB_MONITOR_H */
