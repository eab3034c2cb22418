// SPDX-License-Identifier: GPL-2.0
/*
 * The pools of the driver: the parents of its mediated devices, and their types. By default
 * there are two, as on two hosts of which one is a release ahead: pool1 creates and accepts
 * a newer version, accepts an old one that it does not create any more, and does not care
 * into how many instances the units of a device are split.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bits.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "pool.h"

#define POOLS_MAX	4

static unsigned int num_pools = 2;
static uint units[POOLS_MAX] = { 8, 8 };
module_param_array(units, uint, &num_pools, 0444);
MODULE_PARM_DESC(units, "units of each pool, a multiple of 4; there are as many pools");

static uint create[POOLS_MAX] = { BIT(1) | BIT(2), BIT(2) | BIT(3) };
module_param_array(create, uint, NULL, 0444);
MODULE_PARM_DESC(create, "for each pool, versions of which devices can be created, a bit each");

static uint accept[POOLS_MAX] = { BIT(1) | BIT(2), BIT(1) | BIT(2) | BIT(3) };
module_param_array(accept, uint, NULL, 0444);
MODULE_PARM_DESC(accept, "for each pool, versions whose state can be loaded, a bit each");

static bool resplit[POOLS_MAX] = { false, true };
module_param_array(resplit, bool, NULL, 0444);
MODULE_PARM_DESC(resplit, "for each pool, the state of any device with as many units is loaded");

static struct class pool_class = {
	.name = KBUILD_MODNAME,
};

static struct pool pools[POOLS_MAX];

static void pool_release(struct device *dev)
{
}

static void pool_set_types(struct pool *pool)
{
	static const struct mdev_type kinds[POOL_TYPES] = {
		{ .sysfs_name = "whole", .pretty_name = "All units of a pool" },
		{ .sysfs_name = "half", .pretty_name = "Half of the units of a pool" },
		{ .sysfs_name = "quarter", .pretty_name = "A quarter of the units of a pool" },
	};
	unsigned int i;

	for (i = 0; i < POOL_TYPES; i++) {
		pool->types[i].mdev = kinds[i];
		pool->types[i].units = pool->units >> i;
		pool->list[i] = &pool->types[i].mdev;
	}
}

static int pool_set(struct pool *pool, unsigned int number)
{
	const u32 all = GENMASK(POOL_VERSIONS, 1);

	if (!units[number] || units[number] % 4 || units[number] > POOL_UNITS_MAX ||
	    !create[number] || (create[number] | accept[number]) & ~all) {
		pr_err("pool%u: wrong units or versions\n", number);
		return -EINVAL;
	}
	pool->units = units[number];
	pool->free = pool->units;
	pool->create = create[number];
	pool->accept = accept[number];
	pool->resplit = resplit[number];
	mutex_init(&pool->lock);
	pool_set_types(pool);
	return 0;
}

static int pool_add_parent(struct pool *pool, unsigned int number)
{
	int err;

	pool->dev.class = &pool_class;
	pool->dev.release = pool_release;
	device_initialize(&pool->dev);
	err = dev_set_name(&pool->dev, "pool%u", number);
	if (!err)
		err = device_add(&pool->dev);
	if (err)
		goto put_device;
	err = mdev_register_parent(&pool->parent, &pool->dev, &pool_driver, pool->list,
				   POOL_TYPES);
	if (!err)
		return 0;
	device_del(&pool->dev);
put_device:
	put_device(&pool->dev);
	return err;
}

static int pool_add(unsigned int number)
{
	struct pool *pool = &pools[number];
	int err = pool_set(pool, number);

	if (!err)
		err = pool_add_parent(pool, number);
	if (!err)
		pool_declare_types(pool);
	return err;
}

/* The devices go with their parent, so the types have all of their room at last. */
static void pool_del(struct pool *pool)
{
	mdev_unregister_parent(&pool->parent);
	pool_withdraw_types(pool);
	device_unregister(&pool->dev);
}

static int pool_add_all(void)
{
	unsigned int number;
	int err = 0;

	for (number = 0; number < num_pools && !err; number++)
		err = pool_add(number);
	if (!err)
		return 0;
	/* The one that failed has left nothing. */
	for (number--; number > 0; number--)
		pool_del(&pools[number - 1]);
	return err;
}

static int __init pool_init(void)
{
	int err;

	pool_declare_init();
	err = class_register(&pool_class);
	if (err)
		goto exit_declare;
	err = mdev_register_driver(&pool_driver);
	if (err)
		goto unregister_class;
	err = pool_add_all();
	if (!err)
		return 0;

	mdev_unregister_driver(&pool_driver);
unregister_class:
	class_unregister(&pool_class);
exit_declare:
	pool_declare_exit();
	return err;
}

static void __exit pool_exit(void)
{
	unsigned int number;

	for (number = num_pools; number > 0; number--)
		pool_del(&pools[number - 1]);
	mdev_unregister_driver(&pool_driver);
	class_unregister(&pool_class);
	pool_declare_exit();
}

module_init(pool_init);
module_exit(pool_exit);

MODULE_DESCRIPTION("Mediated devices whose types share one pool");
MODULE_LICENSE("GPL");
