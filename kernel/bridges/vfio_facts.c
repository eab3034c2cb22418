// SPDX-License-Identifier: GPL-2.0
/*
 * What is reported of a device that is registered with VFIO, and of a type of virtual
 * functions: what VFIO, the bus and the driver core know. All of it is constant while
 * the device is registered, but for how often it is open, who has its IOMMU group, and
 * for what a PF has. No driver is called here.
 */
#include <linux/device.h>
#include <linux/iommu.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vdev_vfio.h>

#include "compat.h"
#include "vfio_facts.h"

#define PARAMS_MAX	7
#define INFO_MAX	6
#define BLOCKERS_MAX	2
#define PCI_ID_SIZE	sizeof("vvvv:dddd")

/**
 * struct view - the facts of one device or type, and what they point to
 * @facts: the facts
 * @params: its parameters
 * @info: its facts that are never compared
 * @blockers: what stands in the way of its migration
 * @group_reason: why its IOMMU group does
 * @type: name of the type
 * @driver: name of the driver
 * @pci_id: vendor and device
 * @subsystem_id: vendor and device of the subsystem
 * @class: the class code, as sysfs has it
 * @bar_sizes: sizes of the BARs
 * @pf_pci_id: vendor and device of the PF
 * @reset_set: bus or slot that is reset with it
 */
struct view {
	struct vdev_facts facts;
	struct vdev_param params[PARAMS_MAX];
	struct vdev_info info[INFO_MAX];
	struct vdev_blocker blockers[BLOCKERS_MAX];
	char group_reason[VDEV_STRING_LEN + 1];
	char type[VDEV_VFIO_TYPE_SIZE];
	char driver[VDEV_NAME_LEN + 1];
	char pci_id[PCI_ID_SIZE];
	char subsystem_id[PCI_ID_SIZE];
	char class[sizeof("0xcccccc")];
	char bar_sizes[PCI_STD_NUM_BARS * sizeof("0x0123456789abcdef,")];
	char pf_pci_id[PCI_ID_SIZE];
	char reset_set[sizeof("dddddddd:bb:ss")];
};

/**
 * vdev_vfio_pf_of() - the physical function of a device
 * @vfio: the device
 *
 * Return: the function; NULL if the device is no virtual one.
 */
struct pci_dev *vdev_vfio_pf_of(const struct vfio_device *vfio)
{
	struct pci_dev *pdev;

	if (!dev_is_pci(vfio->dev))
		return NULL;
	pdev = to_pci_dev(vfio->dev);
	return pdev->is_virtfn ? pci_physfn(pdev) : NULL;
}

static struct view *vfio_view_of(struct vdev_facts *facts)
{
	return container_of(facts, struct view, facts);
}

static struct vdev_value *vfio_add_param(struct view *view, const char *name,
					 u32 type, u32 rule)
{
	struct vdev_param *param = &view->params[view->facts.record.num_params++];

	param->name = name;
	param->type = type;
	param->rule = rule;
	param->origin = VDEV_ORIGIN_INHERITED;
	param->value.type = type;
	return &param->value;
}

static void vfio_add_string(struct view *view, const char *name, u32 rule,
			    const char *string)
{
	vfio_add_param(view, name, VDEV_VALUE_TYPE_STRING, rule)->string = string;
}

static void vfio_add_number(struct view *view, const char *name, u32 rule, u64 number)
{
	vfio_add_param(view, name, VDEV_VALUE_TYPE_U64, rule)->u64 = number;
}

static struct vdev_value *vfio_add_fact(struct view *view, const char *name, u32 type)
{
	struct vdev_info *info = &view->info[view->facts.num_info++];

	info->name = name;
	info->value.type = type;
	return &info->value;
}

static void vfio_add_info(struct view *view, const char *name, u64 number)
{
	vfio_add_fact(view, name, VDEV_VALUE_TYPE_U64)->u64 = number;
}

static void vfio_print_id(char id[PCI_ID_SIZE], u16 vendor, u16 device)
{
	snprintf(id, PCI_ID_SIZE, "%04x:%04x", vendor, device);
}

static void vfio_print_bar_sizes(struct view *view, const struct pci_dev *pdev)
{
	size_t len = 0;
	int bar;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		len += scnprintf(view->bar_sizes + len, sizeof(view->bar_sizes) - len,
				 "%s0x%llx", bar ? "," : "",
				 (u64)pci_resource_len(pdev, bar));
}

/* A VMM compares the first four when it loads the configuration space. */
static void vfio_fill_pci(struct view *view, const struct pci_dev *pdev)
{
	vfio_print_id(view->pci_id, pdev->vendor, pdev->device);
	vfio_print_id(view->subsystem_id, pdev->subsystem_vendor, pdev->subsystem_device);
	snprintf(view->class, sizeof(view->class), "0x%06x", pdev->class & 0xffffff);
	vfio_print_bar_sizes(view, pdev);
	vfio_add_string(view, "pci-id", VDEV_RULE_EQUAL, view->pci_id);
	vfio_add_number(view, "revision", VDEV_RULE_EQUAL, pdev->revision);
	vfio_add_string(view, "class", VDEV_RULE_EQUAL, view->class);
	vfio_add_string(view, "bar-sizes", VDEV_RULE_EQUAL, view->bar_sizes);
	vfio_add_string(view, "subsystem-id", VDEV_RULE_IGNORE, view->subsystem_id);
}

/* Drivers check what the PF is; which do, a profile says. */
static void vfio_fill_pf(struct view *view, const struct vfio_device *vfio)
{
	const struct pci_dev *pf = vdev_vfio_pf_of(vfio);

	if (!pf)
		return;
	vdev_vfio_type_name(to_pci_dev(vfio->dev), view->type);
	view->facts.record.type.value = view->type;
	vfio_print_id(view->pf_pci_id, pf->vendor, pf->device);
	vfio_add_string(view, "pf-pci-id", VDEV_RULE_IGNORE, view->pf_pci_id);
	vfio_add_number(view, "pf-revision", VDEV_RULE_IGNORE, pf->revision);
}

static const char *vfio_device_api(const struct device *dev)
{
	static const struct {
		const char *bus;
		const char *api;
	} apis[] = {
		{ "pci", VFIO_DEVICE_API_PCI_STRING },
		{ "platform", VFIO_DEVICE_API_PLATFORM_STRING },
		{ "amba", VFIO_DEVICE_API_AMBA_STRING },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(apis); i++) {
		if (!strcmp(dev_bus_name(dev), apis[i].bus))
			return apis[i].api;
	}
	return NULL;
}

/* The name is copied: the type outlives the driver of one function. */
static void vfio_fill_driver(struct view *view, const struct device_driver *driver)
{
	if (!driver)
		return;
	strscpy(view->driver, driver->name, sizeof(view->driver));
	view->facts.driver = view->driver;
}

static void vfio_fill_common(struct view *view, const struct vfio_device *vfio)
{
	view->facts.record.device_api.value = vfio_device_api(vfio->dev);
	vfio_fill_driver(view, vfio->dev->driver);
	vdev_facts_from_vfio(&view->facts, vfio);
	if (dev_is_pci(vfio->dev))
		vfio_fill_pci(view, to_pci_dev(vfio->dev));
	vfio_fill_pf(view, vfio);
}

/* Beside the one that VFIO may be the reason for. */
static void vfio_fill_blockers(struct view *view, const struct vfio_device *vfio)
{
	struct vdev_facts *facts = &view->facts;
	unsigned int i;

	for (i = 0; i < facts->num_blockers; i++)
		view->blockers[i] = facts->blockers[i];
	facts->blockers = view->blockers;
	if (vdev_vfio_group_blocker(&view->blockers[i], vfio, view->group_reason))
		facts->num_blockers++;
}

static void vfio_fill_iommu_group(struct view *view, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	if (!group)
		return;
	vfio_add_info(view, "iommu-group", iommu_group_id(group));
	iommu_group_put(group);
}

/*
 * VFIO keeps devices in one set that are reset together. Its name is their slot or their
 * bus, or else the device itself; it is given before the device is registered. Only the
 * address of a slot is compared: it could go.
 */
static void vfio_fill_reset_set(struct view *view, const struct vfio_device *vfio)
{
	const struct pci_dev *pdev = to_pci_dev(vfio->dev);
	const void *set = vfio->dev_set->set_id;
	int len;

	if (set != pdev->bus && set != pdev->slot)
		return;
	len = snprintf(view->reset_set, sizeof(view->reset_set), "%04x:%02x",
		       pci_domain_nr(pdev->bus), pdev->bus->number);
	if (set == pdev->slot)
		snprintf(view->reset_set + len, sizeof(view->reset_set) - len, ":%02x",
			 PCI_SLOT(pdev->devfn));
	vfio_add_fact(view, "reset-set", VDEV_VALUE_TYPE_STRING)->string = view->reset_set;
}

/**
 * vdev_vfio_type_name() - the name of the type of a virtual function
 * @vf: the function
 * @name: where to put it, VDEV_VFIO_TYPE_SIZE bytes
 */
void vdev_vfio_type_name(const struct pci_dev *vf, char *name)
{
	snprintf(name, VDEV_VFIO_TYPE_SIZE, "vf-%04x:%04x", vf->vendor, vf->device);
}

/**
 * vdev_vfio_facts_new() - facts to be filled
 *
 * Context: Process context. May sleep.
 * Return: the facts, to be given to vdev_vfio_facts_free(); or NULL.
 */
struct vdev_facts *vdev_vfio_facts_new(void)
{
	struct view *view = kzalloc(sizeof(*view), GFP_KERNEL);

	if (!view)
		return NULL;
	view->facts.record.params = view->params;
	view->facts.info = view->info;
	return &view->facts;
}

/**
 * vdev_vfio_fill_device() - what is reported of a device
 * @facts: where to put it, from vdev_vfio_facts_new()
 * @device: the device; its driver stays bound meanwhile
 *
 * Context: Process context. May sleep.
 */
void vdev_vfio_fill_device(struct vdev_facts *facts,
			   const struct vdev_vfio_device *device)
{
	const struct vfio_device *vfio = device->vfio;
	struct view *view = vfio_view_of(facts);
	struct device *dev = vfio->dev;

	vfio_fill_common(view, vfio);
	vfio_fill_blockers(view, vfio);
	facts->bound_driver = facts->driver;
	if (IS_ENABLED(CONFIG_MODULES) && dev->driver && dev->driver->owner)
		facts->driver_version = dev->driver->owner->version;
	vfio_add_info(view, "open", device->open);
	if (dev_to_node(dev) != NUMA_NO_NODE)
		vfio_add_info(view, "numa-node", dev_to_node(dev));
	vfio_fill_iommu_group(view, dev);
	if (dev_is_pci(dev))
		vfio_fill_reset_set(view, vfio);
	if (device->pf)
		vfio_add_info(view, "vf", pci_iov_vf_id(to_pci_dev(dev)));
}

/**
 * vdev_vfio_fill_type() - what is reported of a type of virtual functions
 * @facts: where to put it, from vdev_vfio_facts_new()
 * @vfs: the functions of a PF
 *
 * Context: Any; @vfs is not changed meanwhile, nor does a function go.
 */
void vdev_vfio_fill_type(struct vdev_facts *facts, const struct vdev_vfio_vfs *vfs)
{
	struct vdev_capacity *capacity = &facts->capacity;

	vfio_fill_common(vfio_view_of(facts), vfs->one);
	capacity->available = vfs->available;
	capacity->limit = vfs->limit;
	capacity->state = vfs->available ? VDEV_CAPACITY_STATE_SUFFICIENT :
					   VDEV_CAPACITY_STATE_BUSY;
	vfio_add_info(vfio_view_of(facts), "num-vfs", vfs->enabled);
}

/**
 * vdev_vfio_facts_free() - free facts
 * @facts: the facts; may be NULL
 */
void vdev_vfio_facts_free(struct vdev_facts *facts)
{
	if (facts)
		kfree(vfio_view_of(facts));
}
