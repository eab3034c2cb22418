// SPDX-License-Identifier: GPL-2.0
/*
 * The types of parents that have mediated devices. The bus shows a parent through
 * its devices only, and no notification comes when the parent is unregistered
 * after its last device is gone. So its types are registered with its first
 * device and unregistered with its last.
 */
#include <linux/err.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "mdev_facts.h"
#include "mdev_types.h"

/**
 * struct reported_type - a type that is reported
 * @polled: how it is polled
 * @type: the type
 * @endpoint: its endpoint; NULL if it was rejected
 */
struct reported_type {
	struct vdev_mdev_polled polled;
	struct mdev_type *type;
	struct vdev_endpoint *endpoint;
};

/**
 * struct vdev_mdev_parent - a parent that has mediated devices
 * @node: in the list of parents; guarded by parents_lock
 * @mdev: what the mdev core knows of it; good while it has devices
 * @devices: how many of its devices are followed; guarded by parents_lock
 * @busy: its types come or go; guarded by parents_lock
 * @num_types: length of @types
 * @types: its types, in the order of the mdev core
 */
struct vdev_mdev_parent {
	struct list_head node;
	struct mdev_parent *mdev;
	unsigned int devices;
	bool busy;
	unsigned int num_types;
	struct reported_type types[];
};

static DEFINE_SPINLOCK(parents_lock);
static LIST_HEAD(parents); /* guarded by parents_lock */
static DECLARE_WAIT_QUEUE_HEAD(parents_idle);

/**
 * vdev_mdev_parent_bus() - on which bus, or in which class, is a parent?
 * @mdev: the parent
 *
 * Return: its name; NULL if it is in neither.
 */
const char *vdev_mdev_parent_bus(const struct mdev_parent *mdev)
{
	const char *name = dev_bus_name(mdev->dev);

	return *name ? name : NULL;
}

static int mdev_poll_type(struct vdev_endpoint *endpoint,
			  struct vdev_mdev_polled *polled)
{
	struct reported_type *reported =
		container_of(polled, struct reported_type, polled);
	struct vdev_mdev_readings readings = { };
	struct vdev_facts *facts;
	int err;

	err = vdev_mdev_read_type(reported->type, &readings);
	if (err)
		return err;
	facts = vdev_mdev_type_facts_new(reported->type, &readings);
	if (!facts)
		return -ENOMEM;
	err = vdev_update(endpoint, facts);
	vdev_mdev_facts_free(facts);
	return err;
}

static struct vdev_endpoint *mdev_enter_type(struct reported_type *reported,
					     struct vdev_provider *provider,
					     struct vdev_facts *facts)
{
	const struct mdev_parent *mdev = reported->type->parent;
	const struct vdev_handle handle = {
		.bus = "mdev",
		.name = kobject_name(&reported->type->kobj),
		.parent_bus = vdev_mdev_parent_bus(mdev),
		.parent = dev_name(mdev->dev),
	};

	facts->poll = VDEV_POLL_UNREAD;
	return vdev_type_register(provider, &handle, facts,
				  &reported->polled);
}

/* A type that is rejected is logged, and left out. */
static void mdev_register_type(struct reported_type *reported,
			       struct vdev_provider *provider,
			       struct mdev_type *type)
{
	const struct vdev_mdev_readings nothing = { };
	struct vdev_endpoint *endpoint;
	struct vdev_facts *facts;

	reported->polled.poll = mdev_poll_type;
	reported->type = type;
	facts = vdev_mdev_type_facts_new(type, &nothing);
	if (!facts)
		return;
	endpoint = mdev_enter_type(reported, provider, facts);
	vdev_mdev_facts_free(facts);
	reported->endpoint = IS_ERR(endpoint) ? NULL : endpoint;
}

static struct vdev_mdev_parent *mdev_parent_new(struct mdev_parent *mdev)
{
	struct vdev_mdev_parent *parent;

	parent = kzalloc(struct_size(parent, types, mdev->nr_types),
			 GFP_KERNEL);
	if (!parent)
		return NULL;
	parent->mdev = mdev;
	parent->num_types = mdev->nr_types;
	return parent;
}

static struct vdev_mdev_parent *mdev_parent_find_locked(const struct mdev_parent *mdev)
{
	struct vdev_mdev_parent *parent;

	lockdep_assert_held(&parents_lock);
	list_for_each_entry(parent, &parents, node) {
		if (parent->mdev == mdev)
			return parent;
	}
	return NULL;
}

static bool mdev_parent_is_busy(const struct mdev_parent *mdev)
{
	const struct vdev_mdev_parent *parent;
	bool busy;

	spin_lock(&parents_lock);
	parent = mdev_parent_find_locked(mdev);
	busy = parent && parent->busy;
	spin_unlock(&parents_lock);
	return busy;
}

static void mdev_poll_types_locked(const struct vdev_mdev_parent *parent)
{
	unsigned int i;

	lockdep_assert_held(&parents_lock);
	for (i = 0; i < parent->num_types; i++) {
		if (parent->types[i].endpoint)
			vdev_poll_now(parent->types[i].endpoint);
	}
}

static void mdev_register_types(struct vdev_mdev_parent *parent,
				struct vdev_provider *provider)
{
	unsigned int i;

	for (i = 0; i < parent->num_types; i++)
		mdev_register_type(&parent->types[i], provider,
				   parent->mdev->types[i]);
	spin_lock(&parents_lock);
	parent->busy = false;
	spin_unlock(&parents_lock);
	wake_up_all(&parents_idle);
}

/* One device more: of a parent that is there, or of @fresh. NULL: try again. */
static struct vdev_mdev_parent *mdev_count_device(struct vdev_mdev_parent *fresh)
{
	struct vdev_mdev_parent *parent;

	spin_lock(&parents_lock);
	parent = mdev_parent_find_locked(fresh->mdev);
	if (!parent) {
		fresh->busy = true;
		list_add_tail(&fresh->node, &parents);
		parent = fresh;
	} else if (parent->busy) {
		parent = NULL;
	} else {
		mdev_poll_types_locked(parent);
	}
	if (parent)
		parent->devices++;
	spin_unlock(&parents_lock);
	return parent;
}

/**
 * vdev_mdev_parent_get() - a device of a parent comes
 * @mdev: the parent
 * @provider: who reports its types
 *
 * Its types are reported from now on; what is available of them is read soon.
 *
 * Context: Process context. May sleep.
 * Return: the parent, to be given to vdev_mdev_parent_put(); or NULL.
 */
struct vdev_mdev_parent *vdev_mdev_parent_get(struct mdev_parent *mdev,
					      struct vdev_provider *provider)
{
	struct vdev_mdev_parent *fresh = mdev_parent_new(mdev), *parent;

	if (!fresh)
		return NULL;
	while (!(parent = mdev_count_device(fresh)))
		wait_event(parents_idle, !mdev_parent_is_busy(mdev));
	if (parent == fresh)
		mdev_register_types(parent, provider);
	else
		kfree(fresh);
	return parent;
}

static bool mdev_uncount_device(struct vdev_mdev_parent *parent)
{
	bool last;

	spin_lock(&parents_lock);
	last = !--parent->devices;
	if (last)
		parent->busy = true;
	else
		mdev_poll_types_locked(parent);
	spin_unlock(&parents_lock);
	return last;
}

/**
 * vdev_mdev_parent_put() - a device of a parent has gone
 * @parent: the parent
 *
 * The types have room again, or go with the last device.
 *
 * Context: Process context. May sleep.
 */
void vdev_mdev_parent_put(struct vdev_mdev_parent *parent)
{
	unsigned int i;

	if (!mdev_uncount_device(parent))
		return;
	for (i = 0; i < parent->num_types; i++)
		vdev_unregister(parent->types[i].endpoint);
	spin_lock(&parents_lock);
	list_del(&parent->node);
	spin_unlock(&parents_lock);
	wake_up_all(&parents_idle);
	kfree(parent);
}

/**
 * vdev_mdev_parent_poll() - what is available at a parent may have changed
 * @parent: the parent
 *
 * Context: Process context.
 */
void vdev_mdev_parent_poll(struct vdev_mdev_parent *parent)
{
	spin_lock(&parents_lock);
	mdev_poll_types_locked(parent);
	spin_unlock(&parents_lock);
}
