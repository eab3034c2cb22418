// SPDX-License-Identifier: GPL-2.0
/*
 * Whether the rest of its IOMMU group keeps a VFIO device from being opened: another
 * device of the group is in use by a program, or by a driver of the host. A group belongs
 * to one of them at a time. No driver is called here.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/iommu.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/vdev_vfio.h>

#define BLOCKER		"iommu-group"

/**
 * struct survey - what is read of a group
 * @dev: the device whose group it is
 * @others: whether there are others
 * @reason: gets which of them a driver of the host uses, VDEV_STRING_LEN + 1 bytes
 */
struct survey {
	const struct device *dev;
	bool others;
	char *reason;
};

/* Those that leave the memory that a device reaches to whoever has the group. */
static bool group_is_harmless(const struct device *dev, struct device_driver *driver)
{
	if (dev_is_pci(dev))
		return to_pci_driver(driver)->driver_managed_dma;
	if (dev->bus == &platform_bus_type)
		return to_platform_driver(driver)->driver_managed_dma;
	return true;
}

/* A name may hold anything. */
static void group_print_user(char *reason, const struct device *dev,
			     const struct device_driver *driver)
{
	const char *name = dev_name(dev);

	snprintf(reason, VDEV_STRING_LEN + 1,
		 "the host uses %*pE, of the same IOMMU group, by the driver %.*s",
		 (int)strnlen(name, VDEV_NAME_LEN), name, VDEV_NAME_LEN, driver->name);
}

/* An unbound driver's memory is freed only after an RCU grace period. */
static int group_survey_device(struct device *dev, void *data)
{
	struct survey *survey = data;
	struct device_driver *driver;

	if (dev == survey->dev)
		return 0;
	survey->others = true;
	rcu_read_lock();
	driver = READ_ONCE(dev->driver);
	if (driver && !group_is_harmless(dev, driver))
		group_print_user(survey->reason, dev, driver);
	rcu_read_unlock();
	return survey->reason[0];
}

static void group_read(struct iommu_group *group, struct survey *survey)
{
	iommu_group_for_each_dev(group, survey, group_survey_device);
	if (survey->others && !survey->reason[0] && iommu_group_dma_owner_claimed(group))
		strscpy(survey->reason, "a program uses another device of the same IOMMU group",
			VDEV_STRING_LEN + 1);
}

/**
 * vdev_vfio_group_blocker() - does its IOMMU group keep a device from being opened?
 * @blocker: gets a blocker that passes, if so
 * @vfio: the device, from the probe of its driver on
 * @reason: room for the reason, VDEV_STRING_LEN + 1 bytes; it lives as long as @blocker
 *
 * A device that is open has its group. Of other devices of the group those on the buses
 * PCI and platform are looked at. There is no event when the group is taken or given back,
 * so this is for a poll.
 *
 * Context: Process context. May sleep: the group's mutex is taken, which the IOMMU's
 * driver, but none of a device, is called with.
 * Return: true if it does.
 */
bool vdev_vfio_group_blocker(struct vdev_blocker *blocker, const struct vfio_device *vfio,
			     char *reason)
{
	struct survey survey = { .dev = vfio->dev, .reason = reason };
	struct iommu_group *group;

	if (READ_ONCE(vfio->open_count))
		return false;
	group = iommu_group_get(vfio->dev);
	if (!group)
		return false;
	reason[0] = '\0';
	group_read(group, &survey);
	iommu_group_put(group);
	*blocker = (struct vdev_blocker) { .name = BLOCKER, .reason = reason };
	return reason[0];
}
EXPORT_SYMBOL_GPL(vdev_vfio_group_blocker);

/**
 * vdev_vfio_update_group() - report whether its IOMMU group keeps a device from being opened
 * @endpoint: the device's; NULL and ERR_PTR are ignored
 * @vfio: the device, from the probe of its driver on
 *
 * All else that is reported stays. For the poll of a driver that declares its device
 * itself, to be serialised as vdev_update().
 *
 * Context: Process context. May sleep, see vdev_vfio_group_blocker().
 * Return: 0 or -ENOMEM; the endpoint then stays as it was.
 */
int vdev_vfio_update_group(struct vdev_endpoint *endpoint, const struct vfio_device *vfio)
{
	char reason[VDEV_STRING_LEN + 1];
	struct vdev_blocker blocker;

	if (vdev_vfio_group_blocker(&blocker, vfio, reason))
		return vdev_blocker_add(endpoint, &blocker);
	return vdev_blocker_del(endpoint, BLOCKER);
}
EXPORT_SYMBOL_GPL(vdev_vfio_update_group);
