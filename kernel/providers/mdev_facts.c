// SPDX-License-Identifier: GPL-2.0
/*
 * What is told of a mediated device and of a type: what the mdev core knows,
 * the identity of the parent, and what a driver publishes in attributes that
 * other tools rely on. Nothing here waits for a device lock.
 */
#include <linux/device.h>
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/sysfs.h>

#include "mdev_facts.h"

#define PARAMS_MAX 2

/* What is told of one device or type; guarded by the follower's lock. */
static struct {
	struct vdev_facts facts;
	struct vdev_param params[PARAMS_MAX];
	struct vdev_info pretty_name;
	char pci_id[sizeof("vvvv:dddd")];
} view;

/* A page, as an attribute expects; guarded by the follower's lock. */
static char *page;

static bool is_readable(struct device *dev, const struct attribute_group *group,
			struct attribute *attr, int index)
{
	umode_t mode = attr->mode;

	if (group->is_visible)
		mode = group->is_visible(&dev->kobj, attr, index);
	return mode & 0444;
}

static struct device_attribute *
find_in_groups(struct device *dev, const struct attribute_group *const *groups,
	       const char *name)
{
	const struct attribute_group *group;
	int i;

	for (; groups && *groups; groups++) {
		group = *groups;
		for (i = 0; group->attrs && group->attrs[i]; i++) {
			if (!strcmp(group->attrs[i]->name, name) &&
			    is_readable(dev, group, group->attrs[i], i))
				return container_of(group->attrs[i],
						    struct device_attribute,
						    attr);
		}
	}
	return NULL;
}

/*
 * Read an attribute as a reader of the file would. @driver is the driver that
 * is sure to stay bound meanwhile, or NULL: the attributes of a driver read
 * data that goes when it is unbound.
 */
static int read_device_attr(struct device *dev,
			    const struct device_driver *driver,
			    const char *name)
{
	struct device_attribute *attr;
	ssize_t len;

	attr = find_in_groups(dev, dev->groups, name) ?:
	       find_in_groups(dev, dev->bus ? dev->bus->dev_groups : NULL,
			      name) ?:
	       find_in_groups(dev, dev->type ? dev->type->groups : NULL,
			      name) ?:
	       find_in_groups(dev, driver ? driver->dev_groups : NULL, name);
	if (!attr || !attr->show)
		return -ENOENT;
	len = attr->show(dev, attr, page);
	if (len < 0)
		return len;
	if (len >= PAGE_SIZE)
		return -EIO;
	page[len] = '\0';
	return 0;
}

/* The parent says what it is; a device that moves needs the same. */
static struct vdev_param *add_param(const char *name, u32 kind)
{
	struct vdev_record *record = &view.facts.record;
	struct vdev_param *param = &view.params[record->num_params++];

	param->name = name;
	param->kind = kind;
	param->rule = VDEV_RULE_EQUAL;
	param->origin = VDEV_ORIGIN_INHERITED;
	param->value.kind = kind;
	return param;
}

static void fill_pci_id(struct device *parent)
{
	struct pci_dev *pdev;

	if (!dev_is_pci(parent))
		return;
	pdev = to_pci_dev(parent);
	snprintf(view.pci_id, sizeof(view.pci_id), "%04x:%04x", pdev->vendor,
		 pdev->device);
	add_param("pci-id", VDEV_KIND_STRING)->value.string = view.pci_id;
}

/* A subchannel of s390 prints its type in hexadecimal. */
static void fill_subchannel_type(struct device *parent)
{
	u64 type;

	if (!parent->bus || strcmp(parent->bus->name, "css"))
		return;
	if (read_device_attr(parent, NULL, "type") ||
	    kstrtou64(page, 16, &type) || type > S64_MAX)
		return;
	add_param("subchannel-type", VDEV_KIND_U64)->value.u64 = type;
}

static void fill_common(struct mdev_type *type)
{
	const struct mdev_driver *driver = type->parent->mdev_driver;
	struct vdev_facts *facts = &view.facts;

	memset(&view, 0, sizeof(view));
	facts->driver = driver->driver.name;
	if (IS_ENABLED(CONFIG_MODULES) && driver->driver.owner)
		facts->driver_version = driver->driver.owner->version;
	facts->record.device_api.value = driver->device_api;
	facts->record.type.value = kobject_name(&type->kobj);
	facts->record.params = view.params;
	fill_pci_id(type->parent->dev);
	fill_subchannel_type(type->parent->dev);
}

/*
 * The one attribute for it that was agreed upon: a device made of several
 * instances of its type says of how many.
 */
static void fill_aggregation(struct device *dev,
			     const struct device_driver *driver)
{
	struct vdev_record *record = &view.facts.record;
	u32 count;

	if (read_device_attr(dev, driver, "aggregated_instances") ||
	    kstrtou32(page, 10, &count) || !count)
		return;
	record->aggregation.base = record->type.value;
	record->aggregation.units = 1;
	record->aggregation.count = count;
}

/**
 * vdev_mdev_facts() - read all that is told of a mediated device
 * @mdev: the device
 * @bound_driver: name of the driver that is bound to it and stays bound until
 *	the lock is dropped; empty if there is none
 *
 * Context: The follower's lock held.
 * Return: the facts, good until the lock is dropped or the next call.
 */
const struct vdev_facts *vdev_mdev_facts(struct mdev_device *mdev,
					 const char *bound_driver)
{
	fill_common(mdev->type);
	if (bound_driver[0]) {
		view.facts.bound_driver = bound_driver;
		fill_aggregation(&mdev->dev, mdev->dev.driver);
	} else {
		fill_aggregation(&mdev->dev, NULL);
	}
	return &view.facts;
}

/*
 * A driver with get_available() has its own idea of what there is, and the
 * mdev core does not look at max_instances then.
 */
static void fill_capacity(struct mdev_type *type)
{
	struct vdev_capacity *capacity = &view.facts.capacity;
	const struct mdev_driver *driver = type->parent->mdev_driver;

	if (driver->get_available) {
		capacity->available = driver->get_available(type);
	} else {
		capacity->available =
			atomic_read(&type->parent->available_instances);
		capacity->limit = driver->max_instances;
	}
	capacity->state = capacity->available ? VDEV_CAPACITY_STATE_SUFFICIENT :
						VDEV_CAPACITY_STATE_BUSY;
}

/**
 * vdev_mdev_type_facts() - read all that is told of a type
 * @type: the type
 *
 * Context: The follower's lock held.
 * Return: the facts, good until the lock is dropped or the next call.
 */
const struct vdev_facts *vdev_mdev_type_facts(struct mdev_type *type)
{
	fill_common(type);
	fill_capacity(type);
	if (type->pretty_name) {
		view.pretty_name.name = "pretty-name";
		view.pretty_name.value.kind = VDEV_KIND_STRING;
		view.pretty_name.value.string = type->pretty_name;
		view.facts.info = &view.pretty_name;
		view.facts.num_info = 1;
	}
	return &view.facts;
}

/**
 * vdev_mdev_facts_init() - prepare for reading
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_mdev_facts_init(void)
{
	page = (char *)get_zeroed_page(GFP_KERNEL);
	return page ? 0 : -ENOMEM;
}

/**
 * vdev_mdev_facts_exit() - nothing will be read any more
 */
void vdev_mdev_facts_exit(void)
{
	free_page((unsigned long)page);
}
