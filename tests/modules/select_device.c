// SPDX-License-Identifier: GPL-2.0
/*
 * A vdpa device with select registers, as hardware has them: one chooses the
 * queue, two choose the half of a feature word, and what follows applies to
 * what was chosen last. Every operation that needs one writes it, waits, and
 * sees whether somebody else wrote it meanwhile: an interleaving.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/platform_device.h>
#include <linux/string.h>
#include <linux/vdpa.h>
#include <linux/vhost_iotlb.h>
#include <uapi/linux/virtio_blk.h>
#include <uapi/linux/virtio_config.h>
#include <uapi/linux/virtio_ids.h>

#include "select.h"

#define QUEUES		2
#define QUEUE_SIZE	64
#define CONFIG_MAX	60

static unsigned int id = VIRTIO_ID_BLOCK;
module_param(id, uint, 0444);
MODULE_PARM_DESC(id, "virtio device id");

static unsigned long long features = BIT_ULL(VIRTIO_F_VERSION_1) |
				     BIT_ULL(VIRTIO_F_ACCESS_PLATFORM) |
				     BIT_ULL(VIRTIO_BLK_F_BLK_SIZE);
module_param(features, ullong, 0444);
MODULE_PARM_DESC(features, "features of the device");

static unsigned int config_size = CONFIG_MAX;
module_param(config_size, uint, 0444);
MODULE_PARM_DESC(config_size, "size of the configuration space in bytes");

static unsigned int window_us = 300;
module_param(window_us, uint, 0644);
MODULE_PARM_DESC(window_us, "microseconds between the write of a select register and what depends on it");

static bool hold;
module_param(hold, bool, 0644);
MODULE_PARM_DESC(hold, "do not answer a worker of vdev that asks for the status");

/* Later kernels ask for the operations of a mapping, too. */
#ifdef VDPA_WITH_MAP
#define NO_MAP NULL,
#else
#define NO_MAP
#endif

/* All that follows is guarded by the lock. */
static struct selector queue_select, device_select, driver_select;
static u64 stamps;
static u64 driver_features;
static u8 config[CONFIG_MAX] = { 65 };
static bool ready[QUEUES];

/* Write the register; what was chosen is used after this. */
static void choose(struct selector *reg, enum operation operation,
		   enum caller caller)
{
	struct selector own = { .operation = operation, .caller = caller };
	unsigned int wait = READ_ONCE(window_us);

	spin_lock(&vdev_select_lock);
	own.stamp = ++stamps;
	*reg = own;
	spin_unlock(&vdev_select_lock);

	usleep_range(wait, wait + wait / 2);

	spin_lock(&vdev_select_lock);
	if (reg->stamp != own.stamp)
		vdev_select_note_interleaving_locked(&own, reg);
	spin_unlock(&vdev_select_lock);
}

static void choose_queue(enum operation operation)
{
	choose(&queue_select, operation, vdev_select_note_call(operation));
}

/* A feature word has two halves. */
static void choose_features(struct selector *reg, enum operation operation)
{
	enum caller caller = vdev_select_note_call(operation);

	choose(reg, operation, caller);
	choose(reg, operation, caller);
}

static int set_vq_address(struct vdpa_device *vdev, u16 idx, u64 desc,
			  u64 driver, u64 device)
{
	choose_queue(SET_VQ_ADDRESS);
	return 0;
}

static void set_vq_num(struct vdpa_device *vdev, u16 idx, u32 num)
{
	choose_queue(SET_VQ_NUM);
}

static void kick_vq(struct vdpa_device *vdev, u16 idx)
{
}

static void set_vq_cb(struct vdpa_device *vdev, u16 idx,
		      struct vdpa_callback *cb)
{
	choose_queue(SET_VQ_CB);
}

static void set_vq_ready(struct vdpa_device *vdev, u16 idx, bool is_ready)
{
	choose_queue(SET_VQ_READY);
	spin_lock(&vdev_select_lock);
	ready[idx] = is_ready;
	spin_unlock(&vdev_select_lock);
}

static bool get_vq_ready(struct vdpa_device *vdev, u16 idx)
{
	choose_queue(GET_VQ_READY);
	return READ_ONCE(ready[idx]);
}

static int set_vq_state(struct vdpa_device *vdev, u16 idx,
			const struct vdpa_vq_state *state)
{
	choose_queue(SET_VQ_STATE);
	return 0;
}

static int get_vq_state(struct vdpa_device *vdev, u16 idx,
			struct vdpa_vq_state *state)
{
	choose_queue(GET_VQ_STATE);
	memset(state, 0, sizeof(*state));
	return 0;
}

static u32 get_vq_align(struct vdpa_device *vdev)
{
	return PAGE_SIZE;
}

static u16 get_vq_num_max(struct vdpa_device *vdev)
{
	choose_queue(GET_VQ_NUM_MAX);
	return QUEUE_SIZE;
}

static u64 get_device_features(struct vdpa_device *vdev)
{
	choose_features(&device_select, GET_DEVICE_FEATURES);
	return features;
}

static int set_driver_features(struct vdpa_device *vdev, u64 bits)
{
	choose_features(&driver_select, SET_DRIVER_FEATURES);
	spin_lock(&vdev_select_lock);
	driver_features = bits & features;
	spin_unlock(&vdev_select_lock);
	return 0;
}

static u64 get_driver_features(struct vdpa_device *vdev)
{
	choose_features(&driver_select, GET_DRIVER_FEATURES);
	return READ_ONCE(driver_features);
}

static void set_config_cb(struct vdpa_device *vdev, struct vdpa_callback *cb)
{
}

static u32 get_device_id(struct vdpa_device *vdev)
{
	return id;
}

static u32 get_vendor_id(struct vdpa_device *vdev)
{
	return 0x1234;
}

static u8 get_status(struct vdpa_device *vdev)
{
	if (vdev_select_note_call(GET_STATUS) == VDEV_POLLER) {
		while (READ_ONCE(hold))
			msleep(20);
	}
	return READ_ONCE(vdev_select_status);
}

static void set_status(struct vdpa_device *vdev, u8 bits)
{
	vdev_select_note_call(SET_STATUS);
	spin_lock(&vdev_select_lock);
	vdev_select_status = bits;
	spin_unlock(&vdev_select_lock);
}

static int reset(struct vdpa_device *vdev)
{
	vdev_select_note_call(RESET);
	spin_lock(&vdev_select_lock);
	vdev_select_status = 0;
	driver_features = 0;
	memset(ready, 0, sizeof(ready));
	spin_unlock(&vdev_select_lock);
	return 0;
}

static int suspend(struct vdpa_device *vdev)
{
	return 0;
}

static size_t get_config_size(struct vdpa_device *vdev)
{
	return config_size;
}

static void get_config(struct vdpa_device *vdev, unsigned int offset, void *buf,
		       unsigned int len)
{
	vdev_select_note_call(GET_CONFIG);
	if (WARN_ON(offset > config_size || len > config_size - offset))
		return;
	spin_lock(&vdev_select_lock);
	memcpy(buf, config + offset, len);
	spin_unlock(&vdev_select_lock);
}

static void set_config(struct vdpa_device *vdev, unsigned int offset,
		       const void *buf, unsigned int len)
{
	vdev_select_note_call(SET_CONFIG);
	if (WARN_ON(offset > config_size || len > config_size - offset))
		return;
	spin_lock(&vdev_select_lock);
	memcpy(config + offset, buf, len);
	spin_unlock(&vdev_select_lock);
}

static u32 get_generation(struct vdpa_device *vdev)
{
	vdev_select_note_call(GET_GENERATION);
	return 0;
}

static int set_map(struct vdpa_device *vdev, unsigned int asid,
		   struct vhost_iotlb *iotlb)
{
	return 0;
}

static const struct vdpa_config_ops config_ops = {
	.set_vq_address = set_vq_address,
	.set_vq_num = set_vq_num,
	.kick_vq = kick_vq,
	.set_vq_cb = set_vq_cb,
	.set_vq_ready = set_vq_ready,
	.get_vq_ready = get_vq_ready,
	.set_vq_state = set_vq_state,
	.get_vq_state = get_vq_state,
	.get_vq_align = get_vq_align,
	.get_vq_num_max = get_vq_num_max,
	.get_device_features = get_device_features,
	.set_driver_features = set_driver_features,
	.get_driver_features = get_driver_features,
	.set_config_cb = set_config_cb,
	.get_device_id = get_device_id,
	.get_vendor_id = get_vendor_id,
	.get_status = get_status,
	.set_status = set_status,
	.reset = reset,
	.suspend = suspend,
	.get_config_size = get_config_size,
	.get_config = get_config,
	.set_config = set_config,
	.get_generation = get_generation,
	.set_map = set_map,
};

static struct dentry *folder;
static struct platform_device *parent;
static struct vdpa_device *vdev;

static int register_device(void)
{
	int err;

	vdev = __vdpa_alloc_device(&parent->dev, &config_ops, NO_MAP 1, 1,
				   sizeof(*vdev), "vdev_select", false);
	if (IS_ERR(vdev))
		return PTR_ERR(vdev);
	err = vdpa_register_device(vdev, QUEUES);
	if (err)
		put_device(&vdev->dev);
	return err;
}

static int __init test_select_init(void)
{
	int err;

	if (config_size > CONFIG_MAX)
		return -EINVAL;
	parent = platform_device_register_simple(KBUILD_MODNAME,
						 PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	folder = debugfs_create_dir(KBUILD_MODNAME, NULL);
	debugfs_create_file("counts", 0600, folder, NULL, &vdev_select_counts_fops);
	err = register_device();
	if (err) {
		debugfs_remove(folder);
		platform_device_unregister(parent);
	}
	return err;
}

static void __exit test_select_exit(void)
{
	vdpa_unregister_device(vdev);
	debugfs_remove(folder);
	platform_device_unregister(parent);
}

module_init(test_select_init);
module_exit(test_select_exit);

MODULE_DESCRIPTION("vdpa device with select registers for the tests of vdev");
MODULE_LICENSE("GPL");
