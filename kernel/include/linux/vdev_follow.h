/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Following a bus: a bridge learns of every device that is on a bus, is added
 * to it or removed from it, and of the drivers bound there, without any change
 * to the bus or to the drivers on it.
 */
#ifndef _LINUX_VDEV_FOLLOW_H
#define _LINUX_VDEV_FOLLOW_H

#include <linux/device.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/spinlock.h>
#include <linux/vdev_limits.h>
#include <linux/wait.h>
#include <uapi/linux/vdev.h>

struct vdev_follower;
struct vdev_provider;

/**
 * struct vdev_followed - one device of a followed bus
 * @node: entry in the follower's list; guarded by its lock
 * @claimed: a callback about it is under way; guarded by the follower's lock
 * @dev: the device; valid from the add callback until the remove callback
 *	has returned. No reference is held, so that the driver's module can go.
 * @fresh: the device is being added: no driver has seen it yet
 * @bound_driver: name of the driver bound to it; empty if there is none
 * @driver_stays: the driver stays bound until the unbind callback has returned
 * @priv: the bridge's own
 *
 * Written while @claimed is set, by who set it.
 */
struct vdev_followed {
	struct list_head node;
	bool claimed;
	struct device *dev;
	bool fresh;
	char bound_driver[VDEV_NAME_LEN + 1];
	bool driver_stays;
	void *priv;
};

/**
 * struct vdev_follow_ops - what a bridge does with the devices of its bus
 * @add: A device is there. An error leaves it unfollowed; it is logged and
 *	counted.
 * @changed: A driver was bound or unbound.
 * @unbind: A driver is about to be unbound: when this returns, nothing of the
 *	bridge may use what is the driver's. Optional.
 * @remove: The device is dying; its driver's data is still there.
 *
 * One at a time for a device, any number for different ones. The device lock may
 * be held: a bridge must not take it, nor wait for a driver's callback of
 * another device.
 */
struct vdev_follow_ops {
	int (*add)(struct vdev_follower *follower, struct vdev_followed *item);
	void (*changed)(struct vdev_follower *follower,
			struct vdev_followed *item);
	void (*unbind)(struct vdev_follower *follower,
		       struct vdev_followed *item);
	void (*remove)(struct vdev_follower *follower,
		       struct vdev_followed *item);
};

/**
 * struct vdev_follower - a bus that is followed
 * @ops: the bridge's callbacks
 * @provider: for whom devices are counted that are not followed
 * @lock: guards @items, @walking and @stopping; not held over a callback
 * @items: the devices, struct vdev_followed
 * @walking: the devices that were there first are being added
 * @stopping: no device is added any more
 * @released: who waits for a device that is claimed, or for the end of the walk
 * @bus: the bus
 * @notifier: private
 */
struct vdev_follower {
	const struct vdev_follow_ops *ops;
	struct vdev_provider *provider;
	spinlock_t lock; /* guards items, walking and stopping */
	struct list_head items;
	bool walking;
	bool stopping;
	wait_queue_head_t released;
	const struct bus_type *bus;
	struct notifier_block notifier;
};

int vdev_follow_start(struct vdev_follower *follower,
		      struct vdev_provider *provider,
		      const struct bus_type *bus,
		      const struct vdev_follow_ops *ops);
void vdev_follow_stop(struct vdev_follower *follower);

#endif /* _LINUX_VDEV_FOLLOW_H */
