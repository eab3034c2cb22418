/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is told of a mediated device and of a type. Both parts of the bridge
 * run under the follower's lock.
 */
#ifndef _VDEV_MDEV_FACTS_H
#define _VDEV_MDEV_FACTS_H

#include <linux/mdev.h>
#include <linux/vdev.h>

int vdev_mdev_facts_init(void);
void vdev_mdev_facts_exit(void);

const struct vdev_facts *vdev_mdev_facts(struct mdev_device *mdev,
					 const char *bound_driver);
const struct vdev_facts *vdev_mdev_type_facts(struct mdev_type *type);

#endif /* _VDEV_MDEV_FACTS_H */
