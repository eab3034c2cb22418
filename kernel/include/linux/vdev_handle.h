/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The name of an endpoint, and how it is got of a struct device.
 */
#ifndef _LINUX_VDEV_HANDLE_H
#define _LINUX_VDEV_HANDLE_H

#include <linux/device.h>

/**
 * struct vdev_handle - the name of an endpoint
 * @bus: bus of the device, or of the devices that the type would create
 * @name: name of the device on @bus, or of the type at its parent
 * @parent_bus: bus or class of the parent; a type must have one
 * @parent: name of the parent; a type must have one
 *
 * Each is of printable ASCII without space and '/', at most VDEV_NAME_LEN
 * bytes. A device is known as BUS/NAME, a type as PARENT-BUS/PARENT/NAME.
 */
struct vdev_handle {
	const char *bus;
	const char *name;
	const char *parent_bus;
	const char *parent;
};

static inline const char *vdev_bus_of(const struct device *dev)
{
	const char *name = dev ? dev_bus_name(dev) : "";

	return *name ? name : NULL;
}

/**
 * vdev_handle_of() - the name of a device
 * @dev: the device
 * @parent: what it was made of, such as the physical function; NULL if that is not
 *	to be reported
 *
 * Return: the name, for vdev_device_register(); valid as long as both are.
 */
static inline struct vdev_handle vdev_handle_of(const struct device *dev,
						const struct device *parent)
{
	return (struct vdev_handle) {
		.bus = vdev_bus_of(dev),
		.name = dev_name(dev),
		.parent_bus = vdev_bus_of(parent),
		.parent = parent ? dev_name(parent) : NULL,
	};
}

/**
 * vdev_type_handle_of() - the name of a type
 * @parent: at which device it can be created
 * @bus: bus of the devices that it would create
 * @type: name of the type at @parent
 *
 * Return: the name, for vdev_type_register(); valid as long as all three are.
 */
static inline struct vdev_handle
vdev_type_handle_of(const struct device *parent, const char *bus, const char *type)
{
	return (struct vdev_handle) {
		.bus = bus,
		.name = type,
		.parent_bus = vdev_bus_of(parent),
		.parent = dev_name(parent),
	};
}

#endif /* _LINUX_VDEV_HANDLE_H */
