/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the mdev bridge share.
 */
#ifndef _VDEV_MDEV_TYPES_H
#define _VDEV_MDEV_TYPES_H

#include <linux/mdev.h>
#include <linux/vdev.h>

struct vdev_mdev_parent;

/**
 * struct vdev_mdev_polled - what is polled of the mdev bus
 * @poll: reads it, see struct vdev_provider_ops
 *
 * The first member of what an endpoint is registered with.
 */
struct vdev_mdev_polled {
	int (*poll)(struct vdev_endpoint *endpoint,
		    struct vdev_mdev_polled *polled);
};

/* mdev_types.c */
const char *vdev_mdev_parent_bus(const struct mdev_parent *mdev);
struct vdev_mdev_parent *vdev_mdev_parent_get(struct mdev_parent *mdev,
					      struct vdev_provider *provider);
void vdev_mdev_parent_put(struct vdev_mdev_parent *parent);
void vdev_mdev_parent_poll(struct vdev_mdev_parent *parent);

#endif /* _VDEV_MDEV_TYPES_H */
