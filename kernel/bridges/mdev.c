// SPDX-License-Identifier: GPL-2.0
/*
 * The mdev bridge: reports every mediated device, and every type of a parent that
 * has one (mdev_types.c). What is reported is made in mdev_facts.c out of what
 * mdev_read.c has read in polls, and of what VFIO knows (mdev_vfio.c) of a device
 * whose driver is bound.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/vdev_follow.h>
#include <linux/vdev_vfio.h>

#include "mdev_facts.h"
#include "mdev_types.h"

/**
 * struct bridged - a mediated device that is reported
 * @polled: how it is polled
 * @mdev: the device
 * @parent: its parent
 * @endpoint: its endpoint; set when that is registered
 * @lock: guards what follows, and that the endpoint is updated
 * @readings: what was read of it
 * @bound_driver: name of the driver bound to it
 * @driver_stays: it stays bound until the poll is paused
 * @vfio: what VFIO knows
 * @vfio_unread: that could not be read, because the device lock was taken
 * @unpublished: there was no memory to update the endpoint with what is here
 */
struct bridged {
	struct vdev_mdev_polled polled;
	struct mdev_device *mdev;
	struct vdev_mdev_parent *parent;
	struct vdev_endpoint *endpoint;
	struct mutex lock; /* guards what follows */
	struct vdev_mdev_readings readings;
	char bound_driver[VDEV_NAME_LEN + 1];
	bool driver_stays;
	struct vdev_mdev_vfio vfio;
	bool vfio_unread;
	bool unpublished;
};

static struct vdev_provider *mdev_provider;
static struct vdev_follower follower;

static struct vdev_facts *mdev_bridge_facts_of(struct bridged *bridged)
{
	struct vdev_facts *facts;

	facts = vdev_mdev_facts_new(bridged->mdev->type, &bridged->readings);
	if (!facts)
		return NULL;
	if (bridged->bound_driver[0])
		facts->bound_driver = bridged->bound_driver;
	if (bridged->vfio.known)
		vdev_facts_declare_vfio(facts, bridged->vfio.capabilities);
	return facts;
}

static int mdev_bridge_update_locked(struct bridged *bridged,
				     struct vdev_endpoint *endpoint)
{
	struct vdev_facts *facts = mdev_bridge_facts_of(bridged);
	int err;

	lockdep_assert_held(&bridged->lock);
	bridged->unpublished = true;
	if (!facts)
		return -ENOMEM;
	err = vdev_update(endpoint, facts);
	bridged->unpublished = err == -ENOMEM;
	vdev_mdev_facts_free(facts);
	return err;
}

/* While the device lock is held, a driver that is bound stays. */
static bool mdev_bridge_retry_vfio_locked(struct bridged *bridged)
{
	struct device *dev = &bridged->mdev->dev;

	lockdep_assert_held(&bridged->lock);
	if (!bridged->vfio_unread || !device_trylock(dev))
		return false;
	bridged->vfio_unread = false;
	if (dev->driver)
		bridged->vfio = vdev_mdev_read_vfio(bridged->mdev);
	device_unlock(dev);
	return bridged->vfio.known;
}

static int mdev_bridge_poll_device(struct vdev_endpoint *endpoint,
				   struct vdev_mdev_polled *polled)
{
	struct bridged *bridged = container_of(polled, struct bridged, polled);
	struct vdev_mdev_readings readings = { };
	int err;

	err = vdev_mdev_read_device(bridged->mdev,
				    READ_ONCE(bridged->driver_stays),
				    &readings);
	if (err)
		return err;
	mutex_lock(&bridged->lock);
	if (mdev_bridge_retry_vfio_locked(bridged) ||
	    readings.instances != bridged->readings.instances ||
	    bridged->unpublished) {
		bridged->readings = readings;
		err = mdev_bridge_update_locked(bridged, endpoint);
	}
	mutex_unlock(&bridged->lock);
	return err;
}

static int mdev_bridge_poll(struct vdev_endpoint *endpoint, void *priv)
{
	struct vdev_mdev_polled *polled = priv;

	return polled->poll(endpoint, polled);
}

static const struct vdev_provider_ops provider_ops = {
	.owner = THIS_MODULE,
	.bridge = true,
	.poll = mdev_bridge_poll,
};

static struct vdev_endpoint *mdev_bridge_enter_device(struct bridged *bridged,
						      struct vdev_facts *facts)
{
	const struct mdev_parent *mdev = bridged->mdev->type->parent;
	const struct vdev_handle handle = {
		.bus = "mdev",
		.name = dev_name(&bridged->mdev->dev),
		.parent_bus = vdev_mdev_parent_bus(mdev),
		.parent = dev_name(mdev->dev),
	};

	facts->poll = VDEV_POLL_UNREAD;
	return vdev_device_register(mdev_provider, &handle, facts,
				    &bridged->polled);
}

static int mdev_bridge_register_device(struct bridged *bridged)
{
	struct vdev_facts *facts = mdev_bridge_facts_of(bridged);

	if (!facts)
		return -ENOMEM;
	bridged->endpoint = mdev_bridge_enter_device(bridged, facts);
	vdev_mdev_facts_free(facts);
	return PTR_ERR_OR_ZERO(bridged->endpoint);
}

static void mdev_bridge_note_driver(struct bridged *bridged,
				    const struct vdev_followed *item)
{
	strscpy(bridged->bound_driver, item->bound_driver,
		sizeof(bridged->bound_driver));
	WRITE_ONCE(bridged->driver_stays, item->driver_stays);
	bridged->vfio_unread = item->bound_driver[0] && !item->driver_stays;
	if (item->driver_stays)
		bridged->vfio = vdev_mdev_read_vfio(bridged->mdev);
	else
		bridged->vfio = (struct vdev_mdev_vfio) { };
}

static int mdev_bridge_add_device(struct vdev_follower *unused, struct vdev_followed *item)
{
	struct bridged *bridged = kzalloc(sizeof(*bridged), GFP_KERNEL);
	int err = -ENOMEM;

	if (!bridged)
		return err;
	bridged->polled.poll = mdev_bridge_poll_device;
	bridged->mdev = to_mdev_device(item->dev);
	mutex_init(&bridged->lock);
	mdev_bridge_note_driver(bridged, item);
	bridged->parent = vdev_mdev_parent_get(bridged->mdev->type->parent,
					       mdev_provider);
	if (!bridged->parent)
		goto free_bridged;
	err = mdev_bridge_register_device(bridged);
	if (err)
		goto put_parent;
	item->priv = bridged;
	return 0;

put_parent:
	vdev_mdev_parent_put(bridged->parent);
free_bridged:
	kfree(bridged);
	return err;
}

/* A driver takes and gives back what it needs when it is bound and unbound. */
static void mdev_bridge_change_device(struct vdev_follower *unused,
				      struct vdev_followed *item)
{
	struct bridged *bridged = item->priv;

	mutex_lock(&bridged->lock);
	mdev_bridge_note_driver(bridged, item);
	mdev_bridge_update_locked(bridged, bridged->endpoint);
	mutex_unlock(&bridged->lock);
	vdev_poll_resume(bridged->endpoint);
	vdev_mdev_parent_poll(bridged->parent);
}

/* The attributes of the driver are not read from here on. */
static void mdev_bridge_unbind_device(struct vdev_follower *unused,
				      struct vdev_followed *item)
{
	struct bridged *bridged = item->priv;

	vdev_poll_pause(bridged->endpoint);
	WRITE_ONCE(bridged->driver_stays, false);
}

static void mdev_bridge_remove_device(struct vdev_follower *unused,
				      struct vdev_followed *item)
{
	struct bridged *bridged = item->priv;

	vdev_unregister(bridged->endpoint);
	vdev_mdev_parent_put(bridged->parent);
	kfree(bridged);
}

static const struct vdev_follow_ops follow_ops = {
	.add = mdev_bridge_add_device,
	.changed = mdev_bridge_change_device,
	.unbind = mdev_bridge_unbind_device,
	.remove = mdev_bridge_remove_device,
};

/*
 * The bus is not exported, but a driver that registers gets a pointer to it. No
 * device is offered to it: mdev binds drivers by name only. For the same reason no
 * device lock is taken.
 */
static const struct bus_type *mdev_bridge_find_bus(void)
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

static int __init vdev_mdev_init(void)
{
	const struct bus_type *bus;
	int err;

	err = vdev_mdev_vfio_init();
	if (err)
		return err;
	bus = mdev_bridge_find_bus();
	if (IS_ERR(bus))
		return PTR_ERR(bus);
	mdev_provider = vdev_provider_register("mdev", &provider_ops);
	if (IS_ERR(mdev_provider))
		return PTR_ERR(mdev_provider);
	err = vdev_follow_start(&follower, mdev_provider, bus,
				&follow_ops);
	if (err) {
		vdev_provider_unregister(mdev_provider);
		return err;
	}
	vdev_provider_settle(mdev_provider);
	return 0;
}

static void __exit vdev_mdev_exit(void)
{
	vdev_follow_stop(&follower);
	vdev_provider_unregister(mdev_provider);
}

module_init(vdev_mdev_init);
module_exit(vdev_mdev_exit);

MODULE_DESCRIPTION("Migration capability of mediated devices");
MODULE_VERSION(VDEV_VERSION);
MODULE_LICENSE("GPL");
