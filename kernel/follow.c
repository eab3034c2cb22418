// SPDX-License-Identifier: GPL-2.0
/*
 * Following a bus: which devices are on it and which drivers are bound there,
 * from the bus's notifier and one walk at the start.
 *
 * Locks, outermost first: the device lock, the notifier chain of the bus,
 * follower->lock, whatever the bridge's callbacks take. A device cannot be
 * freed while it is in follower->items, because its removal has to pass
 * BUS_NOTIFY_REMOVED_DEVICE and that waits for the lock; so no reference is
 * held, which could run a driver's release after its module is gone.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vdev_follow.h>

#include "compat.h"

static struct vdev_followed *find_item_locked(struct vdev_follower *follower,
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

static void add_item_locked(struct vdev_follower *follower, struct device *dev,
			    const char *driver)
{
	struct vdev_followed *item;
	int err = -ENOMEM;

	lockdep_assert_held(&follower->lock);
	item = kzalloc(sizeof(*item), GFP_KERNEL);
	if (item) {
		item->dev = dev;
		strscpy(item->bound_driver, driver, sizeof(item->bound_driver));
		err = follower->ops->add(follower, item);
	}
	if (err) {
		pr_warn("%s %s is not followed (%d)\n", dev_bus_name(dev),
			dev_name(dev), err);
		kfree(item);
		return;
	}
	list_add_tail(&item->node, &follower->items);
}

static void remove_item_locked(struct vdev_follower *follower,
			       struct vdev_followed *item)
{
	lockdep_assert_held(&follower->lock);
	list_del(&item->node);
	follower->ops->remove(follower, item);
	kfree(item);
}

/* The device lock is held: the driver stays. */
static void note_driver_locked(struct vdev_follower *follower,
			       struct device *dev)
{
	const char *driver = dev->driver ? dev->driver->name : "";
	struct vdev_followed *item = find_item_locked(follower, dev);

	if (!item) {
		add_item_locked(follower, dev, driver);
	} else if (strncmp(item->bound_driver, driver, VDEV_NAME_LEN)) {
		strscpy(item->bound_driver, driver, sizeof(item->bound_driver));
		follower->ops->changed(follower, item);
	}
}

static void event_locked(struct vdev_follower *follower, struct device *dev,
			 unsigned long event)
{
	struct vdev_followed *item = find_item_locked(follower, dev);

	switch (event) {
	case BUS_NOTIFY_ADD_DEVICE:
		if (!item)
			add_item_locked(follower, dev, "");
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
		note_driver_locked(follower, dev);
		break;
	case BUS_NOTIFY_UNBIND_DRIVER:
		/* From here on the driver's data may be gone. */
		if (item)
			item->bound_driver[0] = '\0';
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		if (item)
			follower->ops->changed(follower, item);
		break;
	case BUS_NOTIFY_REMOVED_DEVICE:
		if (item)
			remove_item_locked(follower, item);
		break;
	}
}

static int on_event(struct notifier_block *notifier, unsigned long event,
		    void *data)
{
	struct vdev_follower *follower =
		container_of(notifier, struct vdev_follower, notifier);

	mutex_lock(&follower->lock);
	if (follower->bus)
		event_locked(follower, data, event);
	mutex_unlock(&follower->lock);
	return NOTIFY_DONE;
}

/*
 * The device lock makes sure that a driver is bound, and not just being
 * probed or removed; but it comes before ours, so it can only be tried.
 */
static int walk_device_locked(struct device *dev, void *data)
{
	struct vdev_follower *follower = data;

	if (!device_trylock(dev))
		return -EAGAIN;
	note_driver_locked(follower, dev);
	device_unlock(dev);
	return 0;
}

/*
 * The lock is held from the first device to the last. A device that the walk
 * pins while it is being removed is stopped before its removal ends, so the
 * walk never drops the last reference. Devices seen twice are no harm.
 */
static int walk(struct vdev_follower *follower)
{
	int err;

	for (;;) {
		mutex_lock(&follower->lock);
		err = bus_for_each_dev(vdev_compat_bus(follower->bus), NULL,
				       follower, walk_device_locked);
		mutex_unlock(&follower->lock);
		if (err != -EAGAIN)
			return err;
		schedule_timeout_killable(1);
		if (fatal_signal_pending(current))
			return -EINTR;
	}
}

/**
 * vdev_follow_start() - follow a bus from now on
 * @follower: the follower; its lock and its list of items are initialised,
 *	the rest is set here
 * @bus: the bus; it stays registered until vdev_follow_stop() returns
 * @ops: the bridge's callbacks
 *
 * The devices that are on the bus have been added when the call returns. The
 * follower may be given to vdev_follow_refresh() before that.
 *
 * Context: Process context, no device lock held. May sleep.
 * Return: 0; -EINVAL if the bus is not registered, -EINTR if the caller was
 * killed meanwhile. Nothing is followed then.
 */
int vdev_follow_start(struct vdev_follower *follower,
		      const struct bus_type *bus,
		      const struct vdev_follow_ops *ops)
{
	int err;

	follower->ops = ops;
	follower->bus = bus;
	follower->notifier.notifier_call = on_event;
	err = bus_register_notifier(vdev_compat_bus(bus), &follower->notifier);
	if (err)
		return err;
	err = walk(follower);
	if (err)
		vdev_follow_stop(follower);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_follow_start);

/**
 * vdev_follow_refresh() - have the facts of devices read again
 * @follower: the follower; started, stopped, or not even started yet
 * @id: number of the endpoint whose device is meant, or 0 for every device
 *
 * Context: Process context, no device lock held. May sleep.
 */
void vdev_follow_refresh(struct vdev_follower *follower, u32 id)
{
	struct vdev_followed *item;

	mutex_lock(&follower->lock);
	list_for_each_entry(item, &follower->items, node) {
		if (!id || item->id == id)
			follower->ops->changed(follower, item);
	}
	mutex_unlock(&follower->lock);
}
EXPORT_SYMBOL_GPL(vdev_follow_refresh);

/**
 * vdev_follow_stop() - follow the bus no longer
 * @follower: the follower
 *
 * Every device is removed as if it left. No callback runs when the call
 * returns.
 *
 * Context: Process context, no device lock held. May sleep.
 */
void vdev_follow_stop(struct vdev_follower *follower)
{
	const struct bus_type *bus = follower->bus;
	struct vdev_followed *item, *next;

	/* Empty the list while removals still wait for the lock. */
	mutex_lock(&follower->lock);
	list_for_each_entry_safe(item, next, &follower->items, node)
		remove_item_locked(follower, item);
	follower->bus = NULL;
	mutex_unlock(&follower->lock);
	bus_unregister_notifier(vdev_compat_bus(bus), &follower->notifier);
}
EXPORT_SYMBOL_GPL(vdev_follow_stop);
