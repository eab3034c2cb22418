// SPDX-License-Identifier: GPL-2.0
/*
 * The VFIO bridge: reports every device that is registered with VFIO, on whatever bus
 * it is, and the types of virtual functions (vfio_types.c). Mediated devices are left
 * to the mdev bridge, which reports them unbound too. What is reported is made in
 * vfio_facts.c.
 *
 * VFIO's class calls when a device is registered, within its driver's probe, and when it
 * is unregistered, within its driver's remove; for those that are there already, too.
 * It does so under its mutex, which makes one callback wait for the other, and here
 * guards the lists. Before it the device lock is taken, and that of its PF: neither is
 * taken here. No reference is held, so that the driver's module can go.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vdev_vfio.h>

#include "compat.h"
#include "vfio_class.h"
#include "vfio_facts.h"

static struct vdev_provider *vfio_provider;
static LIST_HEAD(devices);

static struct vdev_facts *vfio_bridge_facts_of(const struct vdev_vfio_device *device)
{
	struct vdev_facts *facts = vdev_vfio_facts_new();

	if (facts)
		vdev_vfio_fill_device(facts, device);
	return facts;
}

/* A device that is open is one less that its type has to offer. */
static int vfio_bridge_update_open(struct vdev_endpoint *endpoint,
				   struct vdev_vfio_device *device, unsigned int open)
{
	unsigned int before = device->open;
	struct vdev_facts *facts;
	int err;

	device->open = open;
	facts = vfio_bridge_facts_of(device);
	err = facts ? vdev_update(endpoint, facts) : -ENOMEM;
	vdev_vfio_facts_free(facts);
	if (err)
		device->open = before;
	else if (device->pf)
		vdev_vfio_pf_poll(device->pf);
	return err;
}

static int vfio_bridge_poll_device(struct vdev_endpoint *endpoint,
				   struct vdev_vfio_polled *polled)
{
	struct vdev_vfio_device *device =
		container_of(polled, struct vdev_vfio_device, polled);
	unsigned int open = READ_ONCE(device->vfio->open_count);

	if (open != device->open)
		return vfio_bridge_update_open(endpoint, device, open);
	return vdev_vfio_update_group(endpoint, device->vfio);
}

static int vfio_bridge_poll(struct vdev_endpoint *endpoint, void *priv)
{
	struct vdev_vfio_polled *polled = priv;

	return polled->poll(endpoint, polled);
}

static const struct vdev_provider_ops provider_ops = {
	.owner = THIS_MODULE,
	.bridge = true,
	.poll = vfio_bridge_poll,
};

static struct vdev_endpoint *vfio_bridge_register(struct vdev_vfio_device *device)
{
	const struct pci_dev *pf = vdev_vfio_pf_of(device->vfio);
	const struct vdev_handle handle = {
		.bus = dev_bus_name(device->vfio->dev),
		.name = dev_name(device->vfio->dev),
		.parent_bus = pf ? "pci" : NULL,
		.parent = pf ? pci_name(pf) : NULL,
	};
	struct vdev_facts *facts = vfio_bridge_facts_of(device);
	struct vdev_endpoint *endpoint;

	if (!facts)
		return ERR_PTR(-ENOMEM);
	facts->poll = VDEV_POLL_READ;
	endpoint = vdev_device_register(vfio_provider, &handle, facts, &device->polled);
	vdev_vfio_facts_free(facts);
	return endpoint;
}

static int vfio_bridge_enter(struct vdev_vfio_device *device)
{
	int err = vdev_vfio_pf_get(device, vfio_provider);

	if (err)
		return err;
	device->endpoint = vfio_bridge_register(device);
	if (!IS_ERR(device->endpoint))
		return 0;
	vdev_vfio_pf_put(device);
	return PTR_ERR(device->endpoint);
}

static int vfio_bridge_add(struct vfio_device *vfio)
{
	struct vdev_vfio_device *device = kzalloc(sizeof(*device), GFP_KERNEL);
	int err;

	if (!device)
		return -ENOMEM;
	device->polled.poll = vfio_bridge_poll_device;
	device->vfio = vfio;
	device->open = READ_ONCE(vfio->open_count);
	err = vfio_bridge_enter(device);
	if (err) {
		kfree(device);
		return err;
	}
	list_add_tail(&device->node, &devices);
	return 0;
}

static void vfio_bridge_report_error(const struct device *dev, int err)
{
	char reason[VDEV_STRING_LEN + 1];

	snprintf(reason, sizeof(reason), "%s %s: error %d", dev_bus_name(dev),
		 dev_name(dev), err);
	pr_warn_ratelimited("%s is not followed\n", reason);
	vdev_provider_not_followed(vfio_provider, reason);
}

static struct vfio_device *vfio_bridge_device_of(struct device *child)
{
	return container_of(child, struct vfio_device, device);
}

static int vfio_bridge_on_add(VDEV_COMPAT_INTERFACE_ARGS(child))
{
	struct vfio_device *vfio = vfio_bridge_device_of(child);
	int err;

	if (!strcmp(dev_bus_name(vfio->dev), "mdev"))
		return 0;
	err = vfio_bridge_add(vfio);
	if (err)
		vfio_bridge_report_error(vfio->dev, err);
	return err;
}

/* It comes for a device that was not added, too. */
static void vfio_bridge_on_remove(VDEV_COMPAT_INTERFACE_ARGS(child))
{
	const struct vfio_device *vfio = vfio_bridge_device_of(child);
	struct vdev_vfio_device *device;

	list_for_each_entry(device, &devices, node) {
		if (device->vfio != vfio)
			continue;
		list_del(&device->node);
		vdev_unregister(device->endpoint);
		vdev_vfio_pf_put(device);
		kfree(device);
		return;
	}
}

static struct class_interface vfio_interface = {
	.add_dev = vfio_bridge_on_add,
	.remove_dev = vfio_bridge_on_remove,
};

static int __init vdev_vfio_init(void)
{
	const struct class *class = vdev_vfio_class();
	int err;

	if (IS_ERR(class))
		return PTR_ERR(class);
	vfio_interface.class = vdev_compat_class(class);
	vfio_provider = vdev_provider_register("vfio", &provider_ops);
	if (IS_ERR(vfio_provider))
		return PTR_ERR(vfio_provider);
	err = class_interface_register(&vfio_interface);
	if (err)
		vdev_provider_unregister(vfio_provider);
	return err;
}

static void __exit vdev_vfio_exit(void)
{
	class_interface_unregister(&vfio_interface);
	vdev_provider_unregister(vfio_provider);
}

module_init(vdev_vfio_init);
module_exit(vdev_vfio_exit);

MODULE_DESCRIPTION("Migration capability of VFIO devices");
MODULE_VERSION(VDEV_VERSION);
MODULE_LICENSE("GPL");
