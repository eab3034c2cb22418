// SPDX-License-Identifier: GPL-2.0
/*
 * A mediated device that does nothing, on a parent of one's choice, so that
 * the mdev bridge can be tested with what no sample driver has: a PCI parent,
 * a parent on the bus of s390's subchannels, aggregated instances, and names
 * that cannot be reported; and with any device whose lock is taken.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/mdev.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/pci.h>
#include <linux/sysfs.h>
#include <linux/wait.h>

static char *parent = "class";
module_param(parent, charp, 0444);
MODULE_PARM_DESC(parent, "class, none (neither bus nor class), css, or the address of a PCI device");

static char *type = "1";
module_param(type, charp, 0444);
MODULE_PARM_DESC(type, "name of the second type; the first one is \"base\"");

static unsigned int instances = 4;
module_param(instances, uint, 0444);
MODULE_PARM_DESC(instances, "most instances at once");

static char *aggregated = "";
module_param(aggregated, charp, 0644);
MODULE_PARM_DESC(aggregated, "text of aggregated_instances");

static ushort mode = 0444;
module_param(mode, ushort, 0444);
MODULE_PARM_DESC(mode, "who may read aggregated_instances");

static bool named_group;
module_param(named_group, bool, 0444);
MODULE_PARM_DESC(named_group, "aggregated_instances is in a folder of its own");

static ssize_t aggregated_instances_show(struct device *dev,
					 struct device_attribute *attr,
					 char *buf)
{
	ssize_t len;

	kernel_param_lock(THIS_MODULE);
	len = sysfs_emit(buf, "%s\n", aggregated);
	kernel_param_unlock(THIS_MODULE);
	return len;
}
static DEVICE_ATTR_RO(aggregated_instances);

static struct attribute *mdev_attrs[] = {
	&dev_attr_aggregated_instances.attr,
	NULL
};

static struct attribute_group mdev_group = {
	.attrs = mdev_attrs,
};

static const struct attribute_group *mdev_groups[] = {
	&mdev_group,
	NULL
};

static struct mdev_driver driver = {
	.device_api = "vfio-pci",
	.driver = {
		.name = KBUILD_MODNAME,
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
		.dev_groups = mdev_groups,
	},
};

/* Until the writer gets a signal. */
static int hold_device(const char *name, const struct kernel_param *param)
{
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(never);
	struct device *dev;
	int err;

	dev = bus_find_device_by_name(driver.driver.bus, NULL, name);
	if (!dev)
		return -ENODEV;
	device_lock(dev);
	err = wait_event_interruptible(never, false);
	device_unlock(dev);
	put_device(dev);
	return err;
}

static const struct kernel_param_ops hold_ops = {
	.set = hold_device,
};
module_param_cb(hold, &hold_ops, NULL, 0200);
MODULE_PARM_DESC(hold, "name of a mediated device, whose lock is held while this is written");

static struct mdev_type types[] = {
	{ .sysfs_name = "base", .pretty_name = "A device for tests" },
	{ },
};

static struct mdev_type *type_list[] = { &types[0], &types[1] };

static ssize_t type_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	return sysfs_emit(buf, "%01x\n", 0xb);
}
static DEVICE_ATTR_RO(type);

static struct attribute *css_attrs[] = {
	&dev_attr_type.attr,
	NULL
};
ATTRIBUTE_GROUPS(css);

static struct bus_type css_bus = {
	.name = "css",
	.dev_groups = css_groups,
};

static struct class test_class = {
	.name = "vdev_test",
};

static void release_nothing(struct device *dev)
{
}

static struct device own_parent = {
	.init_name = "vdev_test_parent",
	.release = release_nothing,
};

static struct mdev_parent mdev_parent;
static struct pci_dev *pci_parent;

static int add_own_parent(void)
{
	int err;

	err = bus_register(&css_bus);
	if (err)
		return err;
	err = class_register(&test_class);
	if (err)
		goto unregister_bus;
	if (!strcmp(parent, "css"))
		own_parent.bus = &css_bus;
	else if (!strcmp(parent, "class"))
		own_parent.class = &test_class;
	err = device_register(&own_parent);
	if (!err)
		return 0;

	put_device(&own_parent);
	class_unregister(&test_class);
unregister_bus:
	bus_unregister(&css_bus);
	return err;
}

static struct device *get_parent(void)
{
	unsigned int domain, bus, slot, function;
	int err;

	if (sscanf(parent, "%x:%x:%x.%x", &domain, &bus, &slot,
		   &function) == 4) {
		pci_parent = pci_get_domain_bus_and_slot(domain, bus,
							 PCI_DEVFN(slot, function));
		return pci_parent ? &pci_parent->dev : ERR_PTR(-ENODEV);
	}
	err = add_own_parent();
	return err ? ERR_PTR(err) : &own_parent;
}

static void put_parent(void)
{
	if (pci_parent) {
		pci_dev_put(pci_parent);
		return;
	}
	device_unregister(&own_parent);
	class_unregister(&test_class);
	bus_unregister(&css_bus);
}

static int __init test_mdev_init(void)
{
	struct device *dev;
	int err;

	types[1].sysfs_name = type;
	driver.max_instances = instances;
	dev_attr_aggregated_instances.attr.mode = mode;
	if (named_group)
		mdev_group.name = "aggregation";
	dev = get_parent();
	if (IS_ERR(dev))
		return PTR_ERR(dev);
	err = mdev_register_driver(&driver);
	if (err)
		goto put_parent;
	err = mdev_register_parent(&mdev_parent, dev, &driver, type_list,
				   ARRAY_SIZE(type_list));
	if (!err)
		return 0;

	mdev_unregister_driver(&driver);
put_parent:
	put_parent();
	return err;
}

static void __exit test_mdev_exit(void)
{
	mdev_unregister_parent(&mdev_parent);
	mdev_unregister_driver(&driver);
	put_parent();
}

module_init(test_mdev_init);
module_exit(test_mdev_exit);

MODULE_DESCRIPTION("Mediated device for the tests of vdev");
MODULE_VERSION("1.2.3");
MODULE_LICENSE("GPL");
