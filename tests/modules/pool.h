/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A driver of mediated devices, as vendors write them for a device that is shared out: each
 * of its pools has units, and the types whole, half and quarter take their part of them. A
 * device can be made of several instances of its type, and of an older version.
 */
#ifndef _POOL_H
#define _POOL_H

#include <linux/device.h>
#include <linux/mdev.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/vfio.h>

#include "move.h"

#define POOL_MAGIC	0x316c6f6f70747376ULL
#define POOL_TYPES	3
#define POOL_VERSIONS	4
#define POOL_UNITS_MAX	65536
#define POOL_RATE	100
#define POOL_RATE_MAX	1000

/**
 * struct pool_type - a type of a pool
 * @mdev: the mdev core's
 * @units: units of one instance; constant
 * @endpoint: its endpoint; guarded by the lock of the pool
 */
struct pool_type {
	struct mdev_type mdev;
	u32 units;
	struct vdev_endpoint *endpoint;
};

/**
 * struct pool - a parent of mediated devices
 * @dev: the parent
 * @parent: what the mdev core knows of it
 * @types: from the largest to the smallest
 * @list: the same, for the mdev core
 * @units: how many there are; constant
 * @create: bit n: devices of version n can be created; constant
 * @accept: bit n: the state of devices of version n can be loaded; constant
 * @resplit: of the state of a device, only the units in all matter; constant
 * @lock: guards what follows, the configuration of the pool's devices, and the updates
 *	of all of its endpoints. Where the lock of a migration is taken, too, that comes later.
 * @free: units that no device has
 */
struct pool {
	struct device dev;
	struct mdev_parent parent;
	struct pool_type types[POOL_TYPES];
	struct mdev_type *list[POOL_TYPES];
	u32 units;
	u32 create;
	u32 accept;
	bool resplit;
	struct mutex lock; /* guards what follows */
	u32 free;
};

/**
 * struct pool_config - what is chosen for a device
 * @version: its version
 * @count: how many instances of the type it is made of
 * @rate: packets a second
 */
struct pool_config {
	u32 version;
	u32 count;
	u32 rate;
};

/**
 * struct pool_device - a mediated device
 * @vfio: what VFIO knows of it
 * @pool: its pool
 * @type: its type
 * @endpoint: its endpoint; nobody else updates it while the device is open
 * @open: a program has it open
 * @config: what was chosen; guarded by the lock of the pool, and constant while it is open
 * @move: its migration; nothing is moved unless it is open
 * @payload: what it would compute with; guarded by the lock of @move
 */
struct pool_device {
	struct vfio_device vfio;
	struct pool *pool;
	struct pool_type *type;
	struct vdev_endpoint *endpoint;
	bool open;
	struct pool_config config;
	struct move move;
	u64 payload;
};

/**
 * struct pool_state - a saved state
 * @magic: POOL_MAGIC
 * @version: version of the source
 * @type: number of its type
 * @units: units of one instance of that
 * @count: of how many instances the source is made
 * @rate: rate of the source
 * @payload: all else that the device would have
 */
struct pool_state {
	__le64 magic;
	__le32 version;
	__le32 type;
	__le32 units;
	__le32 count;
	__le64 rate;
	__le64 payload;
};

static inline struct pool_type *pool_type_of(struct mdev_type *mdev)
{
	return container_of(mdev, struct pool_type, mdev);
}

static inline struct pool *pool_of(const struct mdev_type *mdev)
{
	return container_of(mdev->parent, struct pool, parent);
}

/* Most instances of a type that there can be, and that one device can be made of. */
static inline u32 pool_type_limit(const struct pool *pool, const struct pool_type *type)
{
	return pool->units / type->units;
}

/* The version that a device is of unless another one is chosen. */
static inline u32 pool_default_version(const struct pool *pool)
{
	return fls(pool->create) - 1;
}

/* pool_device.c */
extern struct mdev_driver pool_driver;

/* pool_config.c */
extern const char *const pool_version_names[POOL_VERSIONS + 1];
extern const struct attribute_group *pool_device_groups[];
int pool_take(struct pool_device *device);
void pool_give(struct pool_device *device);

/* pool_state.c */
extern const struct move_ops pool_move_ops;

/* pool_declare.c */
void pool_declare_init(void);
void pool_declare_exit(void);
void pool_declare_types(struct pool *pool);
void pool_withdraw_types(struct pool *pool);
void pool_update_types_locked(struct pool *pool);
void pool_declare(struct pool_device *device);
void pool_update_locked(struct pool_device *device);
void pool_withdraw(struct pool_device *device);
void pool_set_loading(struct pool_device *device, bool loading);

#endif /* _POOL_H */
