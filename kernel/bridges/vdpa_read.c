// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a vdpa device: the only place of the bridge that calls its driver.
 *
 * Sizes of queues and negotiated features are behind a select register in some
 * devices, and vhost uses that register without a lock. So what does not change is
 * read once, before anybody uses the device, or when nobody sets it up; what was
 * negotiated is read when a set-up is over. Drivers that have all of it in memory
 * can be asked at any time.
 *
 * A set-up begins and ends with a change of the status, which is made with cf_lock
 * held for writing; who reads the configuration holds it for reading. Here it is
 * held for writing, so that neither goes on meanwhile, and never waited for: a
 * device that somebody holds it of is busy.
 *
 * Never by vdpa_get_config(): on a device whose features are not set yet that
 * sets them.
 */
#include <linux/string.h>
#include <linux/virtio_config.h>

#include "vdpa_facts.h"

/* A set-up that has not come further in so many polls, does not go on. */
#define MOVING_MAX	10

/* What all registers of a device read as that is no more. */
#define STATUS_GONE	0xff

static bool vdpa_is_over(u8 status)
{
	return !status || status & VIRTIO_CONFIG_S_DRIVER_OK;
}

static bool vdpa_may_select(struct vdev_vdpa_readings *readings, u8 status)
{
	if (vdpa_is_over(status) || status != readings->status) {
		readings->moving = 0;
		return vdpa_is_over(status);
	}
	if (readings->moving < MOVING_MAX)
		readings->moving++;
	return readings->moving == MOVING_MAX;
}

static void vdpa_read_constants(struct vdpa_device *vdev,
				struct vdev_vdpa_readings *readings)
{
	const struct vdpa_config_ops *ops = vdev->config;

	readings->id = ops->get_device_id(vdev);
	readings->vendor = ops->get_vendor_id(vdev);
	readings->offered = ops->get_device_features(vdev);
	readings->max_size = ops->get_vq_num_max(vdev);
	readings->has_min_size = ops->get_vq_num_min;
	if (ops->get_vq_num_min)
		readings->min_size = ops->get_vq_num_min(vdev);
	readings->config_size = ops->get_config_size(vdev);
	readings->known = true;
	readings->outdated = false;
}

/* Who made the device: a driver, or what stands for one without a driver. */
static const char *vdpa_maker_of(const struct vdpa_device *vdev)
{
	const struct device *parent = vdev_vdpa_parent(vdev);

	if (!parent)
		return "";
	return parent->driver ? parent->driver->name : dev_name(parent);
}

/* Drivers that have all that is read here in memory. */
static bool vdpa_keeps_in_memory(const struct vdpa_device *vdev)
{
	static const char *const makers[] = {
		"vdpasim_net", "vdpasim_blk", "vduse", "mlx5_core",
		"snet-vdpa-driver",
	};

	return match_string(makers, ARRAY_SIZE(makers), vdpa_maker_of(vdev)) >= 0;
}

/* This one selects in another register than it reads. */
static bool vdpa_knows_negotiated(const struct vdpa_device *vdev)
{
	return strcmp(vdpa_maker_of(vdev), "ifcvf");
}

static void vdpa_read_negotiated(struct vdpa_device *vdev,
				 struct vdev_vdpa_readings *readings)
{
	if (!(readings->status & VIRTIO_CONFIG_S_DRIVER_OK)) {
		readings->has_negotiated = false;
		readings->negotiated = 0;
	} else if (vdpa_knows_negotiated(vdev) &&
		   (!readings->has_negotiated || vdpa_keeps_in_memory(vdev))) {
		readings->negotiated = vdev->config->get_driver_features(vdev);
		readings->has_negotiated = true;
	}
}

/* A device is asked for no more than it has. */
static void vdpa_read_config(struct vdpa_device *vdev,
			     struct vdev_vdpa_readings *readings)
{
	const struct vdev_vdpa_class *class = vdev_vdpa_class_of(readings->id);
	size_t size = class ? class->config_size : 0;

	size = min(size, readings->config_size);
	if (size)
		vdev->config->get_config(vdev, 0, &readings->config, size);
}

/*
 * While the device lock is held and no driver is bound, none can be: a probe
 * uses the select registers, too, and without cf_lock.
 */
static void vdpa_read_unbound(struct vdpa_device *vdev,
			      struct vdev_vdpa_readings *readings)
{
	if (!device_trylock(&vdev->dev))
		return;
	if (!vdev->dev.driver)
		vdpa_read_constants(vdev, readings);
	device_unlock(&vdev->dev);
}

static int vdpa_read_locked(struct vdpa_device *vdev,
			    struct vdev_vdpa_readings *readings)
{
	bool memory = vdpa_keeps_in_memory(vdev);
	u8 status = vdev->config->get_status(vdev);
	bool select;

	if (status == STATUS_GONE)
		return -EIO;
	select = vdpa_may_select(readings, status) || memory;
	readings->status = status;
	if (!readings->known && !select)
		return -EBUSY;
	if (memory || !readings->known)
		vdpa_read_constants(vdev, readings);
	else if (readings->outdated)
		vdpa_read_unbound(vdev, readings);
	vdpa_read_negotiated(vdev, readings);
	vdpa_read_config(vdev, readings);
	return 0;
}

/**
 * vdev_vdpa_read() - read what changes, and what was not read yet
 * @vdev: the device
 * @readings: what was read before; brought up to date
 *
 * Context: Process context. May sleep, if the driver does. Does not wait for
 * cf_lock.
 * Return: 0; -EBUSY if somebody uses cf_lock or sets the device up just now; -EIO
 * if it does not answer.
 */
int vdev_vdpa_read(struct vdpa_device *vdev,
		   struct vdev_vdpa_readings *readings)
{
	int err;

	if (!down_write_trylock(&vdev->cf_lock))
		return -EBUSY;
	err = vdpa_read_locked(vdev, readings);
	up_write(&vdev->cf_lock);
	return err;
}
