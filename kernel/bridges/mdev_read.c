// SPDX-License-Identifier: GPL-2.0
/*
 * Reading mediated devices and types: the only place of the bridge that calls
 * their drivers, and attributes that other tools rely on. It runs in the work
 * item of one endpoint, and under no lock.
 */
#include <linux/device.h>
#include <linux/gfp.h>
#include <linux/rwsem.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "mdev_facts.h"

/* What not everybody may read in sysfs, is not reported to everybody. */
static bool mdev_is_readable(struct device *dev, const struct attribute_group *group,
			     struct attribute *attr, int index)
{
	umode_t mode = attr->mode;

	if (group->is_visible)
		mode = group->is_visible(&dev->kobj, attr, index);
	return mode & 0004;
}

static struct device_attribute *
mdev_find_in_groups(struct device *dev, const struct attribute_group *const *groups,
		    const char *name)
{
	const struct attribute_group *group;
	int i;

	for (; groups && *groups; groups++) {
		group = *groups;
		for (i = 0; group->attrs && group->attrs[i]; i++) {
			if (!strcmp(group->attrs[i]->name, name) &&
			    mdev_is_readable(dev, group, group->attrs[i], i))
				return container_of(group->attrs[i],
						    struct device_attribute,
						    attr);
		}
	}
	return NULL;
}

static struct device_attribute *mdev_find_attr(struct device *dev,
					       const struct device_driver *driver,
					       const char *name)
{
	return mdev_find_in_groups(dev, dev->groups, name) ?:
	       mdev_find_in_groups(dev, dev->bus ? dev->bus->dev_groups : NULL,
				   name) ?:
	       mdev_find_in_groups(dev, dev->type ? dev->type->groups : NULL,
				   name) ?:
	       mdev_find_in_groups(dev, driver ? driver->dev_groups : NULL, name);
}

/* A number in an attribute, read as a reader of the file would read it. */
static int mdev_show_number(struct device *dev, struct device_attribute *attr,
			    unsigned int base, u64 *number)
{
	char *page = (char *)get_zeroed_page(GFP_KERNEL);
	ssize_t len;
	int err = -EIO;

	if (!page)
		return -ENOMEM;
	len = attr->show(dev, attr, page);
	if (len >= 0 && len < PAGE_SIZE) {
		page[len] = '\0';
		err = kstrtou64(page, base, number);
	}
	free_page((unsigned long)page);
	return err;
}

/*
 * @driver is the driver that is sure to stay bound meanwhile, or NULL: the
 * attributes of a driver read data that goes when it is unbound.
 */
static int mdev_read_number(struct device *dev, const struct device_driver *driver,
			    const char *name, unsigned int base, u64 *number)
{
	struct device_attribute *attr = mdev_find_attr(dev, driver, name);

	if (!attr || !attr->show)
		return -ENOENT;
	return mdev_show_number(dev, attr, base, number);
}

/**
 * vdev_mdev_read_device() - read what a mediated device publishes
 * @mdev: the device
 * @driver_stays: the driver that is bound to it stays so meanwhile
 * @readings: where to put it
 *
 * The one attribute that was agreed upon: a device made of several instances of
 * its type says of how many.
 *
 * Context: Process context. May sleep, if the driver does.
 * Return: 0 or -ENOMEM.
 */
int vdev_mdev_read_device(struct mdev_device *mdev, bool driver_stays,
			  struct vdev_mdev_readings *readings)
{
	u64 number = 0;
	int err;

	err = mdev_read_number(&mdev->dev, driver_stays ? mdev->dev.driver : NULL,
			       "aggregated_instances", 10, &number);
	readings->instances = !err && number <= U32_MAX ? number : 0;
	return err == -ENOMEM ? err : 0;
}

/**
 * vdev_mdev_read_type() - read how many more can be created of a type
 * @type: the type
 * @readings: where to put it
 *
 * A driver with get_available() has its own idea of what there is, and the mdev
 * core does not use max_instances then. It is not asked while its parent is
 * being unregistered, because it may have freed by then what it reads.
 *
 * Context: Process context. May sleep, if the driver does.
 * Return: 0; -EBUSY if the parent goes.
 */
int vdev_mdev_read_type(struct mdev_type *type,
			struct vdev_mdev_readings *readings)
{
	const struct mdev_driver *driver = type->parent->mdev_driver;

	if (!down_read_trylock(&type->parent->unreg_sem))
		return -EBUSY;
	readings->available = driver->get_available ?
		driver->get_available(type) :
		atomic_read(&type->parent->available_instances);
	up_read(&type->parent->unreg_sem);
	readings->has_available = true;
	return 0;
}

/**
 * vdev_mdev_read_subchannel() - read of which type a subchannel of s390 is
 * @parent: a parent, which need not be one
 * @type: where to put it
 *
 * It is constant, and in hexadecimal.
 *
 * Context: Process context. May sleep.
 * Return: true if it is one.
 */
bool vdev_mdev_read_subchannel(struct device *parent, u64 *type)
{
	return parent->bus && !strcmp(parent->bus->name, "css") &&
	       !mdev_read_number(parent, NULL, "type", 16, type) &&
	       *type <= S64_MAX;
}
