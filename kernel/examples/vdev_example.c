// SPDX-License-Identifier: GPL-2.0
/*
 * What a vendor driver adds to report its migration capability: a type that
 * its parent can create, a device of that type, a fact that changes.
 */
#include <linux/module.h>
#include <linux/vdev.h>

static struct vdev_provider *provider;
static struct vdev_endpoint *type, *device;

static const struct vdev_software_version state = { .value = { 1, 2, 0 } };

static const struct vdev_facts facts = {
	.driver = "vdev_example",
	.migration = VDEV_MIGRATION_SUPPORTED,
	.capabilities = VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_DIRTY_TRACKING,
	.record = {
		.device_api = { .value = "vfio-pci" },
		.model = { .value = "example.org/nic/v1" },
		.type = { .value = "nic-small" },
		.software_version = &state,
	},
};

static int __init example_init(void)
{
	static const struct vdev_handle small = {
		.bus = "example", .name = "nic-small",
		.parent_bus = "example", .parent = "card0",
	};
	static const struct vdev_handle nic = {
		.bus = "example", .name = "nic0",
		.parent_bus = "example", .parent = "card0",
	};
	static const struct vdev_blocker pinned = {
		.name = "pinned", .reason = "a peer maps the memory of the device",
	};

	/* What cannot be reported is logged, and is no reason to fail. */
	provider = vdev_provider_register("vdev_example", NULL);
	type = vdev_type_register(provider, &small, &facts, NULL);
	device = vdev_device_register(provider, &nic, &facts, NULL);

	/* Later, when something happens that readers should know of: */
	vdev_blocker_add(device, &pinned);
	return 0;
}

static void __exit example_exit(void)
{
	vdev_unregister(device);
	vdev_unregister(type);
	vdev_provider_unregister(provider);
}

module_init(example_init);
module_exit(example_exit);

MODULE_DESCRIPTION("Example of a driver that reports its devices");
MODULE_LICENSE("GPL");
