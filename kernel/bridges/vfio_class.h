/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finding the class of the devices that are registered with VFIO. It is not
 * exported, but every VFIO device has it from its allocation on. That needs a
 * symbol of VFIO, whose version guards the layout of struct vfio_device, too. A header,
 * because two modules do it. The macro of VFIO wants a variable named as its structure.
 */
#ifndef _VDEV_VFIO_CLASS_H
#define _VDEV_VFIO_CLASS_H

#include <linux/device.h>
#include <linux/err.h>
#include <linux/vfio.h>

#include "compat.h"

/**
 * struct vdev_vfio_unused - a VFIO device that is never registered
 * @vfio: the device
 */
struct vdev_vfio_unused {
	struct vfio_device vfio;
};

/**
 * vdev_vfio_class() - the class of VFIO devices
 *
 * The device that is allocated for that is never registered: nobody sees it. The
 * class stays while the calling module does, which needs VFIO.
 *
 * Context: Process context. May sleep.
 * Return: the class; an ERR_PTR, -ENOMEM for one.
 */
static inline const struct class *vdev_vfio_class(void)
{
	static const struct vfio_device_ops ops = {
		.name = KBUILD_MODNAME,
		VDEV_COMPAT_VFIO_RELEASE
	};
	struct vdev_vfio_unused *vdev_vfio_unused;
	const struct class *class;

	vdev_vfio_unused = vfio_alloc_device(vdev_vfio_unused, vfio, NULL, &ops);
	if (IS_ERR(vdev_vfio_unused))
		return ERR_CAST(vdev_vfio_unused);
	class = vdev_vfio_unused->vfio.device.class;
	vfio_put_device(&vdev_vfio_unused->vfio);
	return class;
}

#endif /* _VDEV_VFIO_CLASS_H */
