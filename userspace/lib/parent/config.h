/* SPDX-License-Identifier: LGPL-2.1 */
/* What a device is to be: what all methods check of it. */
#ifndef VDEV_LIB_CONFIG_H
#define VDEV_LIB_CONFIG_H

#include "provisioner.h"

#define MAC_SIZE 6

/* Parts of a configuration that a method takes. */
enum {
	CONFIG_NAME = 1,
	CONFIG_FEATURES = 2,
	CONFIG_PARAMS = 4,
	CONFIG_AGGREGATION = 8,
	CONFIG_VFS = 16,
	CONFIG_DRIVER = 32,
};

/*
 * Whether there is nothing but what @what takes, and no name of a parameter or feature twice.
 * Returns 0, -EOPNOTSUPP or -EINVAL, with the error set.
 */
int vdev_config_check(struct vdev_provisioner *provisioner, const struct vdev_config *config,
		      unsigned int takes, const char *what);

/* The value of a parameter. Each returns 0 or -EINVAL, with the error set. */
int vdev_config_u16(struct vdev_provisioner *provisioner, const struct vdev_config_pair *param,
		    uint16_t least, uint16_t *number);
int vdev_config_mac(struct vdev_provisioner *provisioner, const struct vdev_config_pair *param,
		    unsigned char mac[MAC_SIZE]);

/* A feature is wanted, or it is not. The same. */
int vdev_config_on(struct vdev_provisioner *provisioner, const struct vdev_config_pair *feature,
		   bool *on);

/* The name can be one of a device: not empty, no path, and not longer than one. The same. */
int vdev_config_name(struct vdev_provisioner *provisioner, const char *name);

#endif /* VDEV_LIB_CONFIG_H */
