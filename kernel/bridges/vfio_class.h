/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The class of the devices that are registered with VFIO.
 */
#ifndef _VDEV_VFIO_CLASS_H
#define _VDEV_VFIO_CLASS_H

#include <linux/device.h>

/* vfio_class.c */
const struct class *vdev_vfio_class(void);

#endif /* _VDEV_VFIO_CLASS_H */
