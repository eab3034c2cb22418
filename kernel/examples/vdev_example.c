// SPDX-License-Identifier: GPL-2.0
/*
 * What a vendor driver adds to report its migration capability: a type that
 * its parent can create, a device of that type, a fact that changes.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/vdev.h>

static struct vdev_provider *provider;
static struct vdev_endpoint *type, *device;

static const struct vdev_software_version state = { .value = { 1, 2, 0 } };

static struct vdev_facts facts = {
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
	int err;

	provider = vdev_provider_register("vdev_example", NULL);
	if (IS_ERR(provider))
		return PTR_ERR(provider);
	type = vdev_type_register(provider, &small, &facts, NULL);
	device = vdev_device_register(provider, &nic, &facts, NULL);
	err = PTR_ERR_OR_ZERO(type) ?: PTR_ERR_OR_ZERO(device);

	/* Later, when something happens that readers should know of: */
	if (!err) {
		facts.blockers = &pinned;
		facts.num_blockers = 1;
		err = vdev_update(device, &facts);
	}
	if (err)
		vdev_provider_unregister(provider);
	return err;
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
