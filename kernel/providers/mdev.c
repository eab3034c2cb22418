// SPDX-License-Identifier: GPL-2.0
/*
 * The mdev bridge: tells of every mediated device, and of every type of a
 * parent that has one. The bus shows a parent through its devices only, and
 * after the last of them is gone nothing tells when the parent goes: so its
 * types come with its first device and go with its last.
 *
 * Everything here is guarded by the follower's lock. What is told is read in
 * mdev_facts.c.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vdev_follow.h>

#include "mdev_facts.h"

/**
 * struct parent - a parent that has mediated devices
 * @node: in the list of parents
 * @mdev: what the mdev core knows of it; good while it has devices
 * @devices: how many of its devices are followed
 * @types: endpoints of its types, in the order of the mdev core; NULL for
 *	one that was refused
 */
struct parent {
	struct list_head node;
	struct mdev_parent *mdev;
	unsigned int devices;
	struct vdev_endpoint *types[];
};

/**
 * struct device_entry - a mediated device that is told
 * @endpoint: its endpoint
 * @parent: its parent
 * @bound: a driver was bound to it when its types were last read
 */
struct device_entry {
	struct vdev_endpoint *endpoint;
	struct parent *parent;
	bool bound;
};

static struct vdev_provider *provider;
static LIST_HEAD(parents); /* guarded by follower.lock */
static struct vdev_follower follower = {
	.lock = __MUTEX_INITIALIZER(follower.lock),
	.items = LIST_HEAD_INIT(follower.items),
};

static const char *parent_bus(const struct mdev_parent *mdev)
{
	const char *name = dev_bus_name(mdev->dev);

	return *name ? name : NULL;
}

static struct vdev_endpoint *register_type(struct mdev_parent *mdev,
					   struct mdev_type *type)
{
	struct vdev_handle handle = {
		.bus = "mdev",
		.name = kobject_name(&type->kobj),
		.parent_bus = parent_bus(mdev),
		.parent = dev_name(mdev->dev),
	};
	struct vdev_endpoint *endpoint;

	endpoint = vdev_type_register(provider, &handle,
				      vdev_mdev_type_facts(type));
	return IS_ERR(endpoint) ? NULL : endpoint;
}

static struct parent *find_parent(const struct mdev_parent *mdev)
{
	struct parent *parent;

	lockdep_assert_held(&follower.lock);
	list_for_each_entry(parent, &parents, node) {
		if (parent->mdev == mdev)
			return parent;
	}
	return NULL;
}

static struct parent *add_parent(struct mdev_parent *mdev)
{
	struct parent *parent;
	unsigned int i;

	lockdep_assert_held(&follower.lock);
	parent = kzalloc(struct_size(parent, types, mdev->nr_types),
			 GFP_KERNEL);
	if (!parent)
		return NULL;
	parent->mdev = mdev;
	/* A type that is refused is logged, and left out. */
	for (i = 0; i < mdev->nr_types; i++)
		parent->types[i] = register_type(mdev, mdev->types[i]);
	list_add_tail(&parent->node, &parents);
	return parent;
}

/* One of the types, or all of them if @id is 0. */
static void update_types(struct parent *parent, u32 id)
{
	struct vdev_endpoint *type;
	unsigned int i;

	lockdep_assert_held(&follower.lock);
	for (i = 0; i < parent->mdev->nr_types; i++) {
		type = parent->types[i];
		if (type && (!id || vdev_endpoint_id(type) == id))
			vdev_update(type,
				    vdev_mdev_type_facts(parent->mdev->types[i]));
	}
}

static struct parent *get_parent(struct mdev_parent *mdev)
{
	struct parent *parent = find_parent(mdev);

	if (parent)
		update_types(parent, 0);
	else
		parent = add_parent(mdev);
	if (parent)
		parent->devices++;
	return parent;
}

/* One device less: the types have room again, or go with the last. */
static void put_parent(struct parent *parent)
{
	unsigned int i;

	lockdep_assert_held(&follower.lock);
	if (--parent->devices) {
		update_types(parent, 0);
		return;
	}
	for (i = 0; i < parent->mdev->nr_types; i++)
		vdev_unregister(parent->types[i]);
	list_del(&parent->node);
	kfree(parent);
}

static const struct vdev_facts *read_facts(const struct vdev_followed *item)
{
	return vdev_mdev_facts(to_mdev_device(item->dev), item->bound_driver);
}

static struct vdev_endpoint *register_device(const struct vdev_followed *item)
{
	const struct mdev_parent *mdev = to_mdev_device(item->dev)->type->parent;
	struct vdev_handle handle = {
		.bus = "mdev",
		.name = dev_name(item->dev),
		.parent_bus = parent_bus(mdev),
		.parent = dev_name(mdev->dev),
	};

	return vdev_device_register(provider, &handle, read_facts(item));
}

static int add_device(struct vdev_follower *unused, struct vdev_followed *item)
{
	struct device_entry *entry;
	int err = -ENOMEM;

	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return err;
	entry->bound = item->bound_driver[0];
	entry->parent = get_parent(to_mdev_device(item->dev)->type->parent);
	if (!entry->parent)
		goto free_entry;
	entry->endpoint = register_device(item);
	if (IS_ERR(entry->endpoint)) {
		err = PTR_ERR(entry->endpoint);
		goto put_parent;
	}
	item->priv = entry;
	item->id = vdev_endpoint_id(entry->endpoint);
	return 0;

put_parent:
	put_parent(entry->parent);
free_entry:
	kfree(entry);
	return err;
}

/* A driver takes and gives back what it needs when it is bound and unbound. */
static void change_device(struct vdev_follower *unused,
			  struct vdev_followed *item)
{
	struct device_entry *entry = item->priv;
	bool bound = item->bound_driver[0];

	vdev_update(entry->endpoint, read_facts(item));
	if (bound != entry->bound)
		update_types(entry->parent, 0);
	entry->bound = bound;
}

static void remove_device(struct vdev_follower *unused,
			  struct vdev_followed *item)
{
	struct device_entry *entry = item->priv;

	vdev_unregister(entry->endpoint);
	put_parent(entry->parent);
	kfree(entry);
}

static const struct vdev_follow_ops follow_ops = {
	.add = add_device,
	.changed = change_device,
	.remove = remove_device,
};

/* What is available changes without an event, and after a device is gone. */
static void refresh(void *priv, u32 id)
{
	struct parent *parent;

	vdev_follow_refresh(&follower, id);
	mutex_lock(&follower.lock);
	list_for_each_entry(parent, &parents, node)
		update_types(parent, id);
	mutex_unlock(&follower.lock);
}

static const struct vdev_provider_ops provider_ops = {
	.refresh = refresh,
};

/*
 * The bus is not exported, but a driver that registers is told of it. No
 * device is offered to it: mdev binds drivers by name only.
 */
static const struct bus_type *find_bus(void)
{
	static struct mdev_driver driver = {
		.device_api = "none",
		.driver = {
			.name = KBUILD_MODNAME,
			.owner = THIS_MODULE,
			.mod_name = KBUILD_MODNAME,
			.suppress_bind_attrs = true,
		},
	};
	int err;

	err = mdev_register_driver(&driver);
	if (err)
		return ERR_PTR(err);
	mdev_unregister_driver(&driver);
	return driver.driver.bus;
}

static int start(const struct bus_type *bus)
{
	int err;

	provider = vdev_provider_register("mdev", &provider_ops, NULL);
	if (IS_ERR(provider))
		return PTR_ERR(provider);
	err = vdev_follow_start(&follower, bus, &follow_ops);
	if (err)
		vdev_provider_unregister(provider);
	return err;
}

static int __init vdev_mdev_init(void)
{
	const struct bus_type *bus;
	int err;

	bus = find_bus();
	if (IS_ERR(bus))
		return PTR_ERR(bus);
	err = vdev_mdev_facts_init();
	if (err)
		return err;
	err = start(bus);
	if (err)
		vdev_mdev_facts_exit();
	return err;
}

static void __exit vdev_mdev_exit(void)
{
	vdev_follow_stop(&follower);
	vdev_provider_unregister(provider);
	vdev_mdev_facts_exit();
}

module_init(vdev_mdev_init);
module_exit(vdev_mdev_exit);

MODULE_DESCRIPTION("Migration capability of mediated devices");
MODULE_LICENSE("GPL");
