/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Following a bus: a bridge learns of every device that is on a bus, comes to
 * it or leaves it, and of the drivers bound there, without any change to the
 * bus or to the drivers on it.
 */
#ifndef _LINUX_VDEV_FOLLOW_H
#define _LINUX_VDEV_FOLLOW_H

#include <linux/device.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <uapi/linux/vdev.h>

struct vdev_follower;

/**
 * struct vdev_followed - one device of a followed bus
 * @node: entry in the follower's list
 * @dev: the device; valid from the add callback until the remove callback
 *	has returned. No reference is held, so that the driver's module can go.
 * @bound_driver: name of the driver bound to it; empty if there is none
 * @id: number of the endpoint that the bridge tells it by, from
 *	vdev_endpoint_id(); set by the add callback
 * @priv: the bridge's own
 *
 * Guarded by the follower's lock.
 */
struct vdev_followed {
	struct list_head node;
	struct device *dev;
	char bound_driver[VDEV_NAME_LEN + 1];
	u32 id;
	void *priv;
};

/**
 * struct vdev_follow_ops - what a bridge does with the devices of its bus
 * @add: A device is there. An error, which is logged, leaves it unfollowed.
 * @changed: A driver was bound or unbound, or the facts are to be read again.
 * @remove: The device is leaving; its driver's data is still there.
 *
 * All are called with the follower's lock held. The device lock may be held
 * too: a bridge must not take it.
 */
struct vdev_follow_ops {
	int (*add)(struct vdev_follower *follower, struct vdev_followed *item);
	void (*changed)(struct vdev_follower *follower,
			struct vdev_followed *item);
	void (*remove)(struct vdev_follower *follower,
		       struct vdev_followed *item);
};

/**
 * struct vdev_follower - a bus that is followed
 * @ops: the bridge's callbacks
 * @lock: serialises the callbacks; taken inside the device lock
 * @items: the devices, struct vdev_followed; guarded by @lock
 * @bus: the bus
 * @notifier: private
 *
 * The lock and the list are initialised where the follower is defined, since
 * a refresh may come before vdev_follow_start().
 */
struct vdev_follower {
	const struct vdev_follow_ops *ops;
	struct mutex lock; /* guards items, and is held in every callback */
	struct list_head items;
	const struct bus_type *bus;
	struct notifier_block notifier;
};

int vdev_follow_start(struct vdev_follower *follower,
		      const struct bus_type *bus,
		      const struct vdev_follow_ops *ops);
void vdev_follow_refresh(struct vdev_follower *follower, u32 id);
void vdev_follow_stop(struct vdev_follower *follower);

#endif /* _LINUX_VDEV_FOLLOW_H */
