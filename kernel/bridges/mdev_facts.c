// SPDX-License-Identifier: GPL-2.0
/*
 * What is reported of a mediated device and of a type: what the mdev core knows,
 * the identity of the parent, and what was read. No driver is called here, but for
 * what a bus publishes of a parent.
 */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "mdev_facts.h"

#define PARAMS_MAX 2

/**
 * struct view - the facts of one device or type, and what they point to
 * @facts: the facts
 * @params: its parameters
 * @pretty_name: what people call the type
 * @pci_id: vendor and device of the parent
 */
struct view {
	struct vdev_facts facts;
	struct vdev_param params[PARAMS_MAX];
	struct vdev_info pretty_name;
	char pci_id[sizeof("vvvv:dddd")];
};

/* The parent says what it is; a device that moves needs the same. */
static struct vdev_param *mdev_add_param(struct view *view, const char *name,
					 u32 type)
{
	struct vdev_param *param =
		&view->params[view->facts.record.num_params++];

	param->name = name;
	param->type = type;
	param->rule = VDEV_RULE_EQUAL;
	param->origin = VDEV_ORIGIN_INHERITED;
	param->value.type = type;
	return param;
}

static void mdev_fill_pci_id(struct view *view, struct device *parent)
{
	struct pci_dev *pdev;

	if (!dev_is_pci(parent))
		return;
	pdev = to_pci_dev(parent);
	snprintf(view->pci_id, sizeof(view->pci_id), "%04x:%04x", pdev->vendor,
		 pdev->device);
	mdev_add_param(view, "pci-id", VDEV_VALUE_TYPE_STRING)->value.string =
		view->pci_id;
}

static void mdev_fill_subchannel_type(struct view *view, struct device *parent)
{
	u64 type;

	if (vdev_mdev_read_subchannel(parent, &type))
		mdev_add_param(view, "subchannel-type",
			       VDEV_VALUE_TYPE_U64)->value.u64 = type;
}

static void mdev_fill_driver(struct view *view, const struct mdev_driver *driver)
{
	view->facts.driver = driver->driver.name;
	if (IS_ENABLED(CONFIG_MODULES) && driver->driver.owner)
		view->facts.driver_version = driver->driver.owner->version;
	view->facts.record.device_api.value = driver->device_api;
}

static void mdev_fill_aggregation(struct view *view, u32 instances)
{
	struct vdev_record *record = &view->facts.record;

	if (!instances)
		return;
	record->aggregation.base = record->type.value;
	record->aggregation.units = 1;
	record->aggregation.count = instances;
}

static void mdev_fill_capacity(struct view *view, const struct mdev_type *type,
			       u32 available)
{
	const struct mdev_driver *driver = type->parent->mdev_driver;
	struct vdev_capacity *capacity = &view->facts.capacity;

	capacity->available = available;
	if (!driver->get_available)
		capacity->limit = driver->max_instances;
	capacity->state = available ? VDEV_CAPACITY_STATE_SUFFICIENT :
				      VDEV_CAPACITY_STATE_BUSY;
}

static void mdev_fill_pretty_name(struct view *view, const char *name)
{
	if (!name)
		return;
	view->pretty_name.name = "pretty-name";
	view->pretty_name.value.type = VDEV_VALUE_TYPE_STRING;
	view->pretty_name.value.string = name;
	view->facts.info = &view->pretty_name;
	view->facts.num_info = 1;
}

/**
 * vdev_mdev_facts_new() - what is reported of a mediated device or of a type
 * @type: the type, or that of the device
 * @readings: what was read of the one or the other
 *
 * A device has no room, and no name for people: vdev_mdev_type_facts_new().
 *
 * Context: Process context. May sleep.
 * Return: the facts, to be given to vdev_mdev_facts_free(); or NULL.
 */
struct vdev_facts *
vdev_mdev_facts_new(struct mdev_type *type,
		    const struct vdev_mdev_readings *readings)
{
	struct view *view = kzalloc(sizeof(*view), GFP_KERNEL);

	if (!view)
		return NULL;
	view->facts.record.params = view->params;
	view->facts.record.type.value = kobject_name(&type->kobj);
	mdev_fill_driver(view, type->parent->mdev_driver);
	mdev_fill_pci_id(view, type->parent->dev);
	mdev_fill_subchannel_type(view, type->parent->dev);
	mdev_fill_aggregation(view, readings->instances);
	return &view->facts;
}

/**
 * vdev_mdev_type_facts_new() - what is reported of a type
 * @type: the type
 * @readings: what was read of it
 *
 * See vdev_mdev_facts_new().
 *
 * Context: Process context. May sleep.
 * Return: the facts, to be given to vdev_mdev_facts_free(); or NULL.
 */
struct vdev_facts *
vdev_mdev_type_facts_new(struct mdev_type *type,
			 const struct vdev_mdev_readings *readings)
{
	struct vdev_facts *facts = vdev_mdev_facts_new(type, readings);
	struct view *view;

	if (!facts)
		return NULL;
	view = container_of(facts, struct view, facts);
	if (readings->has_available)
		mdev_fill_capacity(view, type, readings->available);
	mdev_fill_pretty_name(view, type->pretty_name);
	return facts;
}

/**
 * vdev_mdev_facts_free() - free facts
 * @facts: the facts; may be NULL
 */
void vdev_mdev_facts_free(struct vdev_facts *facts)
{
	if (facts)
		kfree(container_of(facts, struct view, facts));
}
