// SPDX-License-Identifier: GPL-2.0
/*
 * The vdpa bridge: finds the vdpa bus and reports every device that is on it.
 * What is reported is made in vdpa_facts.c out of what vdpa_read.c has read, when
 * a device is added and when it is polled.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/vdev_follow.h>

#include "compat.h"
#include "vdpa_facts.h"

/**
 * struct bridged - a device that is reported
 * @vdev: the device
 * @endpoint: its endpoint; set when that is registered
 * @lock: guards what follows, and that the endpoint is updated
 * @readings: what was read from it
 * @bound_driver: name of the driver bound to it
 * @changes: how often that has changed
 * @unpublished: there was no memory to update the endpoint with what is here
 */
struct bridged {
	struct vdpa_device *vdev;
	struct vdev_endpoint *endpoint;
	struct mutex lock; /* guards what follows */
	struct vdev_vdpa_readings readings;
	char bound_driver[VDEV_NAME_LEN + 1];
	unsigned int changes;
	bool unpublished;
};

static struct vdev_provider *provider;
static struct vdev_follower follower;

static int vdpa_bridge_update_locked(struct bridged *bridged,
				     struct vdev_endpoint *endpoint)
{
	struct vdev_facts *facts;
	int err;

	lockdep_assert_held(&bridged->lock);
	bridged->unpublished = true;
	facts = vdev_vdpa_facts_new(bridged->vdev, &bridged->readings,
				    bridged->bound_driver);
	if (!facts)
		return -ENOMEM;
	err = vdev_update(endpoint, facts);
	bridged->unpublished = err == -ENOMEM;
	vdev_vdpa_facts_free(facts);
	return err;
}

static int vdpa_bridge_keep_locked(struct bridged *bridged, struct vdev_endpoint *endpoint,
				   const struct vdev_vdpa_readings *readings)
{
	lockdep_assert_held(&bridged->lock);
	if (!memcmp(readings, &bridged->readings, sizeof(*readings)) &&
	    !bridged->unpublished)
		return 0;
	bridged->readings = *readings;
	return vdpa_bridge_update_locked(bridged, endpoint);
}

/*
 * Status, negotiation, link and configuration change without an event. If a driver
 * was bound or unbound meanwhile, that knows better what is out of date.
 */
static int vdpa_bridge_poll_device(struct vdev_endpoint *endpoint, void *priv)
{
	struct bridged *bridged = priv;
	struct vdev_vdpa_readings readings;
	unsigned int changes;
	int err;

	mutex_lock(&bridged->lock);
	readings = bridged->readings;
	changes = bridged->changes;
	mutex_unlock(&bridged->lock);
	err = vdev_vdpa_read(bridged->vdev, &readings);
	mutex_lock(&bridged->lock);
	if (changes != bridged->changes)
		readings.outdated = bridged->readings.outdated;
	if (err) {
		bridged->readings.status = readings.status;
		bridged->readings.moving = readings.moving;
	} else {
		err = vdpa_bridge_keep_locked(bridged, endpoint, &readings);
	}
	mutex_unlock(&bridged->lock);
	return err;
}

static const struct vdev_provider_ops provider_ops = {
	.owner = THIS_MODULE,
	.bridge = true,
	.poll = vdpa_bridge_poll_device,
};

static struct vdev_endpoint *vdpa_bridge_register_device(struct bridged *bridged,
							 struct vdev_facts *facts)
{
	const struct vdpa_device *vdev = bridged->vdev;
	const struct vdev_handle handle =
		vdev_handle_of(&vdev->dev, vdev_vdpa_parent(vdev));

	facts->poll = bridged->readings.known ? VDEV_POLL_READ :
						VDEV_POLL_UNREAD;
	return vdev_device_register(provider, &handle, facts, bridged);
}

static int vdpa_bridge_register(struct bridged *bridged)
{
	struct vdev_facts *facts;

	facts = vdev_vdpa_facts_new(bridged->vdev, &bridged->readings,
				    bridged->bound_driver);
	if (!facts)
		return -ENOMEM;
	bridged->endpoint = vdpa_bridge_register_device(bridged, facts);
	vdev_vdpa_facts_free(facts);
	return PTR_ERR_OR_ZERO(bridged->endpoint);
}

/*
 * A device that is being added is read here, in its driver's own thread and before
 * anybody can use it. One that is there already is left to its poll.
 */
static int vdpa_bridge_add_device(struct vdev_follower *unused, struct vdev_followed *item)
{
	struct bridged *bridged = kzalloc(sizeof(*bridged), GFP_KERNEL);
	int err;

	if (!bridged)
		return -ENOMEM;
	bridged->vdev = dev_to_vdpa(item->dev);
	mutex_init(&bridged->lock);
	strscpy(bridged->bound_driver, item->bound_driver,
		sizeof(bridged->bound_driver));
	if (item->fresh)
		vdev_vdpa_read(bridged->vdev, &bridged->readings);
	err = vdpa_bridge_register(bridged);
	if (err) {
		kfree(bridged);
		return err;
	}
	item->priv = bridged;
	return 0;
}

/*
 * Who is bound is known; what that has negotiated, the poll will see. While nobody
 * is, the device's owner may give it other sizes or features.
 */
static void vdpa_bridge_change_device(struct vdev_follower *unused,
				      struct vdev_followed *item)
{
	struct bridged *bridged = item->priv;

	mutex_lock(&bridged->lock);
	strscpy(bridged->bound_driver, item->bound_driver,
		sizeof(bridged->bound_driver));
	bridged->readings.outdated = !item->bound_driver[0];
	bridged->changes++;
	vdpa_bridge_update_locked(bridged, bridged->endpoint);
	mutex_unlock(&bridged->lock);
	vdev_poll_now(bridged->endpoint);
}

static void vdpa_bridge_remove_device(struct vdev_follower *unused,
				      struct vdev_followed *item)
{
	struct bridged *bridged = item->priv;

	vdev_unregister(bridged->endpoint);
	kfree(bridged);
}

static const struct vdev_follow_ops follow_ops = {
	.add = vdpa_bridge_add_device,
	.changed = vdpa_bridge_change_device,
	.remove = vdpa_bridge_remove_device,
};

/*
 * The bus is not exported, but a device that is allocated gets a pointer to it.
 * This one is never registered. Registering a driver would wait for the lock of
 * each device on the bus, and call its probe.
 */
static const struct bus_type *vdpa_bridge_find_bus(void)
{
	static const struct vdpa_config_ops no_ops;
	const struct bus_type *bus;
	struct vdpa_device *vdev;

	vdev = vdev_compat_vdpa_alloc(&no_ops, sizeof(*vdev), KBUILD_MODNAME);
	if (IS_ERR(vdev))
		return ERR_CAST(vdev);
	bus = vdev->dev.bus;
	put_device(&vdev->dev);
	return bus;
}

static int __init vdev_vdpa_init(void)
{
	const struct bus_type *bus;
	int err;

	bus = vdpa_bridge_find_bus();
	if (IS_ERR(bus))
		return PTR_ERR(bus);
	provider = vdev_provider_register("vdpa", &provider_ops);
	if (IS_ERR(provider))
		return PTR_ERR(provider);
	err = vdev_follow_start(&follower, provider, bus, &follow_ops);
	if (err) {
		vdev_provider_unregister(provider);
		return err;
	}
	vdev_provider_settle(provider);
	return 0;
}

static void __exit vdev_vdpa_exit(void)
{
	vdev_follow_stop(&follower);
	vdev_provider_unregister(provider);
}

module_init(vdev_vdpa_init);
module_exit(vdev_vdpa_exit);

MODULE_DESCRIPTION("Migration capability of vdpa devices");
MODULE_VERSION(VDEV_VERSION);
MODULE_LICENSE("GPL");
