// SPDX-License-Identifier: GPL-2.0
/*
 * Following a bus: which devices are on it and which drivers are bound there,
 * from the bus's notifier and one walk at the start.
 *
 * A callback of the bridge is about one device that is claimed meanwhile, and runs
 * under no lock of the follower: a device whose bridge waits holds up its own
 * events and nobody else's. A device cannot be freed while it is in
 * follower->items, because its removal has to pass BUS_NOTIFY_REMOVED_DEVICE and
 * that waits until it is out of the list, and for the end of the walk before; so no
 * reference is held, which could run a driver's release after its module is gone.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vdev.h>
#include <linux/vdev_follow.h>

#include "compat.h"

static struct vdev_followed *follow_find_locked(struct vdev_follower *follower,
						const struct device *dev)
{
	struct vdev_followed *item;

	lockdep_assert_held(&follower->lock);
	list_for_each_entry(item, &follower->items, node) {
		if (item->dev == dev)
			return item;
	}
	return NULL;
}

static bool follow_is_claimed(struct vdev_follower *follower, const struct device *dev)
{
	const struct vdev_followed *item;
	bool claimed;

	spin_lock(&follower->lock);
	item = follow_find_locked(follower, dev);
	claimed = item && item->claimed;
	spin_unlock(&follower->lock);
	return claimed;
}

/*
 * The item of a device, for one callback at a time; NULL if it is not followed.
 * The second caller waits and searches again: the item may be gone then.
 */
static struct vdev_followed *follow_claim(struct vdev_follower *follower,
					  const struct device *dev)
{
	struct vdev_followed *item;

	for (;;) {
		spin_lock(&follower->lock);
		item = follow_find_locked(follower, dev);
		if (!item || !item->claimed)
			break;
		spin_unlock(&follower->lock);
		wait_event(follower->released, !follow_is_claimed(follower, dev));
	}
	if (item)
		item->claimed = true;
	spin_unlock(&follower->lock);
	return item;
}

static void follow_release(struct vdev_follower *follower, struct vdev_followed *item)
{
	spin_lock(&follower->lock);
	item->claimed = false;
	spin_unlock(&follower->lock);
	wake_up_all(&follower->released);
}

static void follow_discard(struct vdev_follower *follower, struct vdev_followed *item)
{
	spin_lock(&follower->lock);
	list_del(&item->node);
	spin_unlock(&follower->lock);
	wake_up_all(&follower->released);
	kfree(item);
}

/* The name may hold anything. */
static void follow_report_error(struct vdev_follower *follower,
				const struct device *dev, int err)
{
	const char *name = dev_name(dev);
	char reason[VDEV_STRING_LEN + 1];

	snprintf(reason, sizeof(reason), "%s %*pE: error %d",
		 dev_bus_name(dev), (int)strnlen(name, VDEV_NAME_LEN), name,
		 err);
	pr_warn_ratelimited("%s is not followed\n", reason);
	vdev_provider_not_followed(follower->provider, reason);
}

/* An item that nobody else touches until it is released; NULL if there is one. */
static struct vdev_followed *follow_insert(struct vdev_follower *follower,
					   struct device *dev)
{
	struct vdev_followed *item = kzalloc(sizeof(*item), GFP_KERNEL);

	if (!item) {
		follow_report_error(follower, dev, -ENOMEM);
		return NULL;
	}
	item->dev = dev;
	item->claimed = true;
	spin_lock(&follower->lock);
	if (follower->stopping || follow_find_locked(follower, dev)) {
		kfree(item);
		item = NULL;
	} else {
		list_add_tail(&item->node, &follower->items);
	}
	spin_unlock(&follower->lock);
	return item;
}

static void follow_add_inserted(struct vdev_follower *follower,
				struct vdev_followed *item)
{
	int err = follower->ops->add(follower, item);

	item->fresh = false;
	if (!err) {
		follow_release(follower, item);
		return;
	}
	follow_report_error(follower, item->dev, err);
	follow_discard(follower, item);
}

static void follow_add_fresh(struct vdev_follower *follower, struct device *dev)
{
	struct vdev_followed *item = follow_insert(follower, dev);

	if (!item)
		return;
	item->fresh = true;
	follow_add_inserted(follower, item);
}

/* An unbound driver's memory is freed only after an RCU grace period. */
static void follow_copy_driver_name(struct device *dev, char *name)
{
	const struct device_driver *driver;

	rcu_read_lock();
	driver = READ_ONCE(dev->driver);
	strscpy(name, driver ? driver->name : "", VDEV_NAME_LEN + 1);
	rcu_read_unlock();
}

/* The device lock is held: the driver stays. */
static void follow_note_bound(struct vdev_follower *follower, struct device *dev)
{
	struct vdev_followed *item = follow_claim(follower, dev);

	if (!item) {
		item = follow_insert(follower, dev);
		if (!item)
			return;
		follow_copy_driver_name(dev, item->bound_driver);
		item->driver_stays = true;
		follow_add_inserted(follower, item);
		return;
	}
	follow_copy_driver_name(dev, item->bound_driver);
	item->driver_stays = true;
	follower->ops->changed(follower, item);
	follow_release(follower, item);
}

/*
 * From here on the driver's data may be gone; the name of the driver stays
 * until it is unbound.
 */
static void follow_note_unbind(struct vdev_follower *follower, struct device *dev)
{
	struct vdev_followed *item = follow_claim(follower, dev);

	if (!item)
		return;
	item->driver_stays = false;
	if (follower->ops->unbind)
		follower->ops->unbind(follower, item);
	follow_release(follower, item);
}

static void follow_note_unbound(struct vdev_follower *follower, struct device *dev)
{
	struct vdev_followed *item = follow_claim(follower, dev);

	if (!item)
		return;
	item->driver_stays = false;
	item->bound_driver[0] = '\0';
	follower->ops->changed(follower, item);
	follow_release(follower, item);
}

static void follow_note_removed(struct vdev_follower *follower, struct device *dev)
{
	struct vdev_followed *item = follow_claim(follower, dev);

	if (!item)
		return;
	follower->ops->remove(follower, item);
	follow_discard(follower, item);
}

static bool follow_is_walking(struct vdev_follower *follower)
{
	bool walking;

	spin_lock(&follower->lock);
	walking = follower->walking;
	spin_unlock(&follower->lock);
	return walking;
}

static int follow_on_event(struct notifier_block *notifier, unsigned long event,
			   void *data)
{
	struct vdev_follower *follower =
		container_of(notifier, struct vdev_follower, notifier);

	switch (event) {
	case BUS_NOTIFY_ADD_DEVICE:
		follow_add_fresh(follower, data);
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
		follow_note_bound(follower, data);
		break;
	case BUS_NOTIFY_UNBIND_DRIVER:
		follow_note_unbind(follower, data);
		break;
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
	case BUS_NOTIFY_UNBOUND_DRIVER:
		follow_note_unbound(follower, data);
		break;
	case BUS_NOTIFY_REMOVED_DEVICE:
		wait_event(follower->released, !follow_is_walking(follower));
		follow_note_removed(follower, data);
		break;
	}
	return NOTIFY_DONE;
}

/*
 * The device lock makes sure that a driver is bound, and not just being probed or
 * removed. It may be held for as long as a file is open; so it is only tried, and
 * a driver that is not sure to stay is named and not relied upon.
 */
static int follow_walk_device(struct device *dev, void *data)
{
	struct vdev_follower *follower = data;
	struct vdev_followed *item = follow_insert(follower, dev);

	if (!item)
		return 0;
	if (device_trylock(dev)) {
		item->driver_stays = dev->driver;
		device_unlock(dev);
	}
	follow_copy_driver_name(dev, item->bound_driver);
	follow_add_inserted(follower, item);
	return 0;
}

/*
 * The walk has a reference to the device that it is at. A device that is removed
 * waits for the end of the walk: so it is not added after that, and the walk does
 * not drop the last reference to it.
 */
static void follow_walk(struct vdev_follower *follower)
{
	bus_for_each_dev(vdev_compat_bus(follower->bus), NULL, follower,
			 follow_walk_device);
	spin_lock(&follower->lock);
	follower->walking = false;
	spin_unlock(&follower->lock);
	wake_up_all(&follower->released);
}

/**
 * vdev_follow_start() - follow a bus from now on
 * @follower: the follower, zeroed
 * @provider: the bridge's provider
 * @bus: the bus; it stays registered until vdev_follow_stop() returns
 * @ops: the bridge's callbacks
 *
 * The devices that are on the bus have been added when the call returns. No
 * device lock is waited for.
 *
 * Context: Process context. May sleep.
 * Return: 0; -EINVAL if the bus is not registered. Nothing is followed then.
 */
int vdev_follow_start(struct vdev_follower *follower,
		      struct vdev_provider *provider,
		      const struct bus_type *bus,
		      const struct vdev_follow_ops *ops)
{
	int err;

	spin_lock_init(&follower->lock);
	INIT_LIST_HEAD(&follower->items);
	init_waitqueue_head(&follower->released);
	follower->ops = ops;
	follower->provider = provider;
	follower->bus = bus;
	follower->notifier.notifier_call = follow_on_event;
	follower->walking = true;
	err = bus_register_notifier(vdev_compat_bus(bus), &follower->notifier);
	if (err)
		return err;
	follow_walk(follower);
	return 0;
}
EXPORT_SYMBOL_GPL(vdev_follow_start);

static struct device *follow_any_device(struct vdev_follower *follower)
{
	const struct vdev_followed *item;
	struct device *dev;

	spin_lock(&follower->lock);
	follower->stopping = true;
	item = list_first_entry_or_null(&follower->items, struct vdev_followed,
					node);
	dev = item ? item->dev : NULL;
	spin_unlock(&follower->lock);
	return dev;
}

/**
 * vdev_follow_stop() - follow the bus no longer
 * @follower: the follower
 *
 * Every device is removed as if it left the bus. No callback runs when the call
 * returns.
 *
 * Context: Process context. May sleep.
 */
void vdev_follow_stop(struct vdev_follower *follower)
{
	struct device *dev;

	/* Empty the list while removals still wait for that. */
	while ((dev = follow_any_device(follower)))
		follow_note_removed(follower, dev);
	bus_unregister_notifier(vdev_compat_bus(follower->bus),
				&follower->notifier);
}
EXPORT_SYMBOL_GPL(vdev_follow_stop);
