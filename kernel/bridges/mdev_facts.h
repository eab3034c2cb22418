/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the mdev bridge reads of mediated devices and of their types, and what it
 * reports of them.
 */
#ifndef _VDEV_MDEV_FACTS_H
#define _VDEV_MDEV_FACTS_H

#include <linux/mdev.h>
#include <linux/vdev.h>

/**
 * struct vdev_mdev_readings - what was read of a mediated device or of a type
 * @has_available: @available was read
 * @available: how many more can be created of the type
 * @instances: of how many of its type the device is made; 0 if it does not say
 */
struct vdev_mdev_readings {
	bool has_available;
	u32 available;
	u32 instances;
};

/**
 * struct vdev_mdev_vfio - what VFIO knows of a mediated device
 * @known: it knows the device
 * @capabilities: see vdev_vfio_capabilities()
 */
struct vdev_mdev_vfio {
	bool known;
	u32 capabilities;
};

/* mdev_vfio.c */
int vdev_mdev_vfio_init(void);
struct vdev_mdev_vfio vdev_mdev_read_vfio(struct mdev_device *mdev);

/* mdev_read.c */
int vdev_mdev_read_device(struct mdev_device *mdev, bool driver_stays,
			  struct vdev_mdev_readings *readings);
int vdev_mdev_read_type(struct mdev_type *type,
			struct vdev_mdev_readings *readings);
bool vdev_mdev_read_subchannel(struct device *parent, u64 *type);

/* mdev_facts.c */
struct vdev_facts *
vdev_mdev_facts_new(struct mdev_type *type,
		    const struct vdev_mdev_readings *readings);
struct vdev_facts *
vdev_mdev_type_facts_new(struct mdev_type *type,
			 const struct vdev_mdev_readings *readings);
void vdev_mdev_facts_free(struct vdev_facts *facts);

#endif /* _VDEV_MDEV_FACTS_H */
