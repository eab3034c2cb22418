// SPDX-License-Identifier: GPL-2.0
/*
 * A vdpa device that does nothing, so that the vdpa bridge can be tested with
 * what no simulated device has: no management device, a virtio device id
 * without a name, and a smallest size of its queues.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/platform_device.h>
#include <linux/vdpa.h>

static unsigned int id = 4294967295U;
module_param(id, uint, 0444);
MODULE_PARM_DESC(id, "virtio device id");

/* Later kernels ask for the operations of a mapping, too. */
#ifdef VDPA_WITH_MAP
#define NO_MAP NULL,
#else
#define NO_MAP
#endif

static u32 get_device_id(struct vdpa_device *vdev)
{
	return id;
}

static u32 get_vendor_id(struct vdpa_device *vdev)
{
	return 0x1234;
}

static u64 get_features(struct vdpa_device *vdev)
{
	return 0;
}

static u16 get_vq_num_max(struct vdpa_device *vdev)
{
	return 64;
}

static u16 get_vq_num_min(struct vdpa_device *vdev)
{
	return 16;
}

static u8 get_status(struct vdpa_device *vdev)
{
	return 0;
}

static void set_status(struct vdpa_device *vdev, u8 status)
{
}

static int reset(struct vdpa_device *vdev)
{
	return 0;
}

static size_t get_config_size(struct vdpa_device *vdev)
{
	return 0;
}

static void get_config(struct vdpa_device *vdev, unsigned int offset, void *buf,
		       unsigned int len)
{
	WARN_ON(len);
}

static const struct vdpa_config_ops config_ops = {
	.get_device_id = get_device_id,
	.get_vendor_id = get_vendor_id,
	.get_device_features = get_features,
	.get_driver_features = get_features,
	.get_vq_num_max = get_vq_num_max,
	.get_vq_num_min = get_vq_num_min,
	.get_status = get_status,
	.set_status = set_status,
	.reset = reset,
	.get_config_size = get_config_size,
	.get_config = get_config,
};

static struct platform_device *parent;
static struct vdpa_device *vdev;

static int __init test_vdpa_init(void)
{
	int err;

	parent = platform_device_register_simple(KBUILD_MODNAME,
						 PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	vdev = __vdpa_alloc_device(&parent->dev, &config_ops, NO_MAP 1, 1,
				   sizeof(*vdev), "vdev_test", false);
	if (IS_ERR(vdev)) {
		err = PTR_ERR(vdev);
		goto unregister_parent;
	}
	err = vdpa_register_device(vdev, 2);
	if (!err)
		return 0;

	put_device(&vdev->dev);
unregister_parent:
	platform_device_unregister(parent);
	return err;
}

static void __exit test_vdpa_exit(void)
{
	vdpa_unregister_device(vdev);
	platform_device_unregister(parent);
}

module_init(test_vdpa_init);
module_exit(test_vdpa_exit);

MODULE_DESCRIPTION("vdpa device for the tests of vdev");
MODULE_LICENSE("GPL");
