/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the vdpa bridge keeps of a device: what it has read from the driver.
 */
#ifndef _VDEV_VDPA_FACTS_H
#define _VDEV_VDPA_FACTS_H

#include <linux/vdev.h>
#include <linux/vdpa.h>
#include <uapi/linux/virtio_net.h>

#include "vdpa_rules.h"

/**
 * struct vdev_vdpa_readings - what was read from a vdpa device
 * @known: what does not change while the device is used, was read
 * @outdated: nobody has used the device since: it is to be read again
 * @id: virtio device id
 * @vendor: virtio vendor id
 * @offered: features that the device offers
 * @max_size: largest size of its queues
 * @has_min_size: the driver has a smallest size of its queues
 * @min_size: that size
 * @config_size: size of the configuration space in bytes
 * @status: virtio status byte
 * @moving: polls that found the device in the midst of a set-up
 * @has_negotiated: the driver of the device has accepted features
 * @negotiated: the features that it accepted
 * @config: the configuration space, as far as it has a structure here
 */
struct vdev_vdpa_readings {
	bool known;
	bool outdated;
	u32 id;
	u32 vendor;
	u64 offered;
	u16 max_size;
	bool has_min_size;
	u16 min_size;
	size_t config_size;
	u8 status;
	unsigned int moving;
	bool has_negotiated;
	u64 negotiated;
	union {
		struct virtio_net_config net;
		u8 bytes[VDEV_VDPA_CONFIG_MAX];
	} config;
};

/* vdpa_read.c */
int vdev_vdpa_read(struct vdpa_device *vdev,
		   struct vdev_vdpa_readings *readings);

/* vdpa_facts.c */
struct device *vdev_vdpa_parent(const struct vdpa_device *vdev);
struct vdev_facts *vdev_vdpa_facts_new(const struct vdpa_device *vdev,
				       const struct vdev_vdpa_readings *readings,
				       const char *bound_driver);
void vdev_vdpa_facts_free(struct vdev_facts *facts);

#endif /* _VDEV_VDPA_FACTS_H */
