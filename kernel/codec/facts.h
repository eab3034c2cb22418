/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The bounds of what providers report.
 */
#ifndef _VDEV_FACTS_H
#define _VDEV_FACTS_H

#include <linux/vdev.h>

struct vdev_reason;

int vdev_handle_check(struct vdev_reason *reason, u32 kind,
		      const struct vdev_handle *handle);
int vdev_cost_check(struct vdev_reason *reason, const struct vdev_cost *cost);
int vdev_facts_check(struct vdev_reason *reason,
		     const struct vdev_facts *facts);

#endif /* _VDEV_FACTS_H */
