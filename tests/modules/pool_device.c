// SPDX-License-Identifier: GPL-2.0
/*
 * The mediated devices of the driver, as the mdev core and VFIO see them. There is nothing
 * to a device but that its state can be moved.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/sysfs.h>

#include "pool.h"

static struct pool_device *pool_device_of(struct vfio_device *vfio)
{
	return container_of(vfio, struct pool_device, vfio);
}

static struct file *pool_set_state(struct vfio_device *vfio, enum vfio_device_mig_state to)
{
	return move_set_state(&pool_device_of(vfio)->move, vfio, to);
}

static int pool_get_state(struct vfio_device *vfio, enum vfio_device_mig_state *state)
{
	*state = move_state(&pool_device_of(vfio)->move);
	return 0;
}

#ifdef VFIO_HAS_SIZE
static int pool_get_size(struct vfio_device *vfio, unsigned long *size)
{
	*size = sizeof(struct pool_state);
	return 0;
}
#endif

static const struct vfio_migration_ops migration_ops = {
	.migration_set_state = pool_set_state,
	.migration_get_state = pool_get_state,
#ifdef VFIO_HAS_SIZE
	.migration_get_data_size = pool_get_size,
#endif
};

/* What was chosen for the device does not change while it is open. */
static void pool_set_open(struct pool_device *device, bool open)
{
	mutex_lock(&device->pool->lock);
	device->open = open;
	mutex_unlock(&device->pool->lock);
}

static int pool_open(struct vfio_device *vfio)
{
	struct pool_device *device = pool_device_of(vfio);

	pool_set_open(device, true);
	move_run(&device->move);
	return 0;
}

static void pool_close(struct vfio_device *vfio)
{
	struct pool_device *device = pool_device_of(vfio);

	move_run(&device->move);
	pool_set_open(device, false);
}

static long pool_ioctl(struct vfio_device *vfio, unsigned int command, unsigned long arg)
{
	if (command != VFIO_DEVICE_RESET)
		return -ENOTTY;
	move_run(&pool_device_of(vfio)->move);
	return 0;
}

static int pool_init_device(struct vfio_device *vfio)
{
	struct pool_device *device = pool_device_of(vfio);
	struct mdev_type *type = to_mdev_device(vfio->dev)->type;

	device->pool = pool_of(type);
	device->type = pool_type_of(type);
	device->config = (struct pool_config) {
		.version = pool_default_version(device->pool),
		.count = 1,
		.rate = POOL_RATE,
	};
	device->payload = get_random_u64();
	move_init(&device->move, &pool_move_ops);
	vfio->migration_flags = VFIO_MIGRATION_STOP_COPY | VFIO_MIGRATION_P2P;
	vfio->mig_ops = &migration_ops;
	return 0;
}

#ifdef VFIO_HAS_FREE
static void pool_release_device(struct vfio_device *vfio)
{
	vfio_free_device(vfio);
}
#endif

static const struct vfio_device_ops pool_ops = {
	.name = KBUILD_MODNAME,
	.init = pool_init_device,
#ifdef VFIO_HAS_FREE
	.release = pool_release_device,
#endif
	.open_device = pool_open,
	.close_device = pool_close,
	.ioctl = pool_ioctl,
#ifdef VFIO_HAS_IOMMUFD
	.bind_iommufd = vfio_iommufd_emulated_bind,
	.unbind_iommufd = vfio_iommufd_emulated_unbind,
	.attach_ioas = vfio_iommufd_emulated_attach_ioas,
	.detach_ioas = vfio_iommufd_emulated_detach_ioas,
#endif
};

/* Of several who create at once, those have an instance for whom there are units. */
static int pool_probe(struct mdev_device *mdev)
{
	struct pool_device *device;
	int err;

	device = vfio_alloc_device(pool_device, vfio, &mdev->dev, &pool_ops);
	if (IS_ERR(device))
		return PTR_ERR(device);
	dev_set_drvdata(&mdev->dev, device);
	err = pool_take(device);
	if (err)
		goto put_device;
	pool_declare(device);
	err = vfio_register_emulated_iommu_dev(&device->vfio);
	if (!err)
		return 0;
	pool_withdraw(device);
	pool_give(device);
put_device:
	vfio_put_device(&device->vfio);
	return err;
}

/* A device that is open is closed before anything of it goes. */
static void pool_remove(struct mdev_device *mdev)
{
	struct pool_device *device = dev_get_drvdata(&mdev->dev);

	vfio_unregister_group_dev(&device->vfio);
	pool_withdraw(device);
	pool_give(device);
	vfio_put_device(&device->vfio);
}

static unsigned int pool_get_available(struct mdev_type *type)
{
	struct pool *pool = pool_of(type);
	unsigned int available;

	mutex_lock(&pool->lock);
	available = pool->free / pool_type_of(type)->units;
	mutex_unlock(&pool->lock);
	return available;
}

static ssize_t pool_show_description(struct mdev_type *type, char *buf)
{
	const struct pool *pool = pool_of(type);

	return sysfs_emit(buf, "%u of %u units; aggregator: 1 to %u\n", pool_type_of(type)->units,
			  pool->units, pool_type_limit(pool, pool_type_of(type)));
}

struct mdev_driver pool_driver = {
	.device_api = VFIO_DEVICE_API_PCI_STRING,
	.probe = pool_probe,
	.remove = pool_remove,
	.get_available = pool_get_available,
	.show_description = pool_show_description,
	.driver = {
		.name = KBUILD_MODNAME,
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
		.dev_groups = pool_device_groups,
	},
};
