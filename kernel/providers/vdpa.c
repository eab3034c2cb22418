// SPDX-License-Identifier: GPL-2.0
/*
 * The vdpa bridge: finds the vdpa bus and tells of every device that is on it.
 * What is told is read in vdpa_facts.c, under the device's cf_lock, which is
 * taken inside the follower's lock.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/vdev_follow.h>

#include "vdpa_facts.h"

static struct vdev_provider *provider;
static struct vdev_follower follower = {
	.lock = __MUTEX_INITIALIZER(follower.lock),
	.items = LIST_HEAD_INIT(follower.items),
};

static const struct vdev_facts *read_facts(struct vdev_followed *item)
{
	lockdep_assert_held(&follower.lock);
	return vdev_vdpa_facts(dev_to_vdpa(item->dev), item->bound_driver);
}

static const char *or_null(const char *name)
{
	return *name ? name : NULL;
}

static int add_device(struct vdev_follower *unused, struct vdev_followed *item)
{
	const struct device *parent = vdev_vdpa_parent(dev_to_vdpa(item->dev));
	struct vdev_handle handle = {
		.bus = "vdpa",
		.name = dev_name(item->dev),
		.parent_bus = parent ? or_null(dev_bus_name(parent)) : NULL,
		.parent = parent ? dev_name(parent) : NULL,
	};

	item->priv = vdev_device_register(provider, &handle, read_facts(item));
	if (IS_ERR(item->priv))
		return PTR_ERR(item->priv);
	item->id = vdev_endpoint_id(item->priv);
	return 0;
}

static void change_device(struct vdev_follower *unused,
			  struct vdev_followed *item)
{
	vdev_update(item->priv, read_facts(item));
}

static void remove_device(struct vdev_follower *unused,
			  struct vdev_followed *item)
{
	vdev_unregister(item->priv);
}

static const struct vdev_follow_ops follow_ops = {
	.add = add_device,
	.changed = change_device,
	.remove = remove_device,
};

/* Status and negotiation change without an event. */
static void refresh(void *priv, u32 id)
{
	vdev_follow_refresh(&follower, id);
}

static const struct vdev_provider_ops provider_ops = {
	.refresh = refresh,
};

static int refuse_device(struct vdpa_device *vdev)
{
	return -ENODEV;
}

/* The bus is not exported, but a driver that registers is told of it. */
static const struct bus_type *find_bus(void)
{
	static struct vdpa_driver driver = {
		.driver.name = KBUILD_MODNAME,
		.probe = refuse_device,
	};
	int err;

	err = vdpa_register_driver(&driver);
	if (err)
		return ERR_PTR(err);
	vdpa_unregister_driver(&driver);
	return driver.driver.bus;
}

static int __init vdev_vdpa_init(void)
{
	const struct bus_type *bus;
	int err;

	bus = find_bus();
	if (IS_ERR(bus))
		return PTR_ERR(bus);
	provider = vdev_provider_register("vdpa", &provider_ops, NULL);
	if (IS_ERR(provider))
		return PTR_ERR(provider);
	err = vdev_follow_start(&follower, bus, &follow_ops);
	if (err)
		vdev_provider_unregister(provider);
	return err;
}

static void __exit vdev_vdpa_exit(void)
{
	vdev_follow_stop(&follower);
	vdev_provider_unregister(provider);
}

module_init(vdev_vdpa_init);
module_exit(vdev_vdpa_exit);

MODULE_DESCRIPTION("Migration capability of vdpa devices");
MODULE_LICENSE("GPL");
