/* SPDX-License-Identifier: LGPL-2.1 */
/* Parameters of a mediated device that are files in its folder, by their own names. */
#ifndef VDEV_LIB_ATTRIBUTE_H
#define VDEV_LIB_ATTRIBUTE_H

#include "sysfs.h"

/*
 * Find the file of each parameter and write its value. All are found before the first is
 * written; if one is not taken, those before it are written back. Returns 0 or a negative
 * errno, with the error set: -EOPNOTSUPP if there is no such file, -ENOTUNIQ for several.
 */
int vdev_attributes_write(struct vdev_provisioner *provisioner, const char *folder,
			  const struct vdev_config *config, bool dry_run);

/* What can be known of the values before there is a device. */
int vdev_attributes_check(struct vdev_provisioner *provisioner,
			  const struct vdev_config *config);

#endif /* VDEV_LIB_ATTRIBUTE_H */
