/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is told of a vdpa device. Both parts of the bridge run under the
 * follower's lock.
 */
#ifndef _VDEV_VDPA_FACTS_H
#define _VDEV_VDPA_FACTS_H

#include <linux/vdev.h>
#include <linux/vdpa.h>

struct device *vdev_vdpa_parent(const struct vdpa_device *vdev);
const struct vdev_facts *vdev_vdpa_facts(struct vdpa_device *vdev,
					 const char *bound_driver);

#endif /* _VDEV_VDPA_FACTS_H */
