// SPDX-License-Identifier: GPL-2.0
/*
 * Finding the class of the devices that are registered with VFIO. It is not
 * exported, but every VFIO device has it from its allocation on. That needs a
 * symbol of VFIO, whose version guards the layout of struct vfio_device, too.
 */
#include <linux/err.h>
#include <linux/vfio.h>

#include "compat.h"
#include "vfio_class.h"

struct allocated {
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
const struct class *vdev_vfio_class(void)
{
	static const struct vfio_device_ops ops = {
		.name = KBUILD_MODNAME,
		.release = VDEV_COMPAT_VFIO_RELEASE,
	};
	const struct class *class;
	struct allocated *allocated;

	allocated = vfio_alloc_device(allocated, vfio, NULL, &ops);
	if (IS_ERR(allocated))
		return ERR_CAST(allocated);
	class = allocated->vfio.device.class;
	vfio_put_device(&allocated->vfio);
	return class;
}
