// SPDX-License-Identifier: GPL-2.0
/*
 * What VFIO knows of a mediated device. VFIO's own device is a child of it, from the
 * driver's probe to its remove. No driver is called here.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/vdev_vfio.h>

#include "compat.h"
#include "mdev_facts.h"
#include "vfio_class.h"

static const struct class *vfio_class;

static int mdev_vfio_is_of_class(struct device *dev, VDEV_COMPAT_MATCHED(class))
{
	return dev->class == class;
}

/**
 * vdev_mdev_vfio_init() - get ready to read what VFIO knows
 *
 * Context: Process context. May sleep.
 * Return: 0 or a negative errno.
 */
int vdev_mdev_vfio_init(void)
{
	vfio_class = vdev_vfio_class();
	return PTR_ERR_OR_ZERO(vfio_class);
}

/**
 * vdev_mdev_read_vfio() - read what VFIO knows of a mediated device
 * @mdev: the device; its driver stays bound meanwhile, so that the reference to
 *	VFIO's device is not the last one
 *
 * Context: Any.
 * Return: what it knows; nothing if the driver has not registered it with VFIO.
 */
struct vdev_mdev_vfio vdev_mdev_read_vfio(struct mdev_device *mdev)
{
	struct vdev_mdev_vfio read = { };
	struct device *child;

	child = device_find_child(&mdev->dev, (void *)vfio_class,
				  mdev_vfio_is_of_class);
	if (!child)
		return read;
	read.known = true;
	read.capabilities = vdev_vfio_capabilities(container_of(child, struct vfio_device,
								device));
	put_device(child);
	return read;
}
