// SPDX-License-Identifier: GPL-2.0
/*
 * What is chosen for a mediated device: attributes, which can be written until it is used,
 * and the units that it takes from its pool. Nothing changes unless all of it can.
 */
#include <linux/bits.h>
#include <linux/device.h>
#include <linux/kstrtox.h>
#include <linux/sysfs.h>

#include "pool.h"

const char *const pool_version_names[POOL_VERSIONS + 1] = { "", "v1", "v2", "v3", "v4" };

static u32 pool_units_of(const struct pool_device *device, u32 count)
{
	return device->type->units * count;
}

/* The units of the first instance, for a device that comes. */
int pool_take(struct pool_device *device)
{
	const u32 wanted = pool_units_of(device, device->config.count);
	struct pool *pool = device->pool;
	int err = -ENOSPC;

	mutex_lock(&pool->lock);
	if (wanted <= pool->free) {
		pool->free -= wanted;
		pool_update_types_locked(pool);
		err = 0;
	}
	mutex_unlock(&pool->lock);
	return err;
}

void pool_give(struct pool_device *device)
{
	struct pool *pool = device->pool;

	mutex_lock(&pool->lock);
	pool->free += pool_units_of(device, device->config.count);
	pool_update_types_locked(pool);
	mutex_unlock(&pool->lock);
}

static int pool_set_count_locked(struct pool_device *device, u32 count)
{
	const u32 has = pool_units_of(device, device->config.count);
	struct pool *pool = device->pool;

	lockdep_assert_held(&pool->lock);
	if (!count || count > pool_type_limit(pool, device->type))
		return -ERANGE;
	if (pool_units_of(device, count) > pool->free + has)
		return -ENOSPC;
	pool->free = pool->free + has - pool_units_of(device, count);
	device->config.count = count;
	return 0;
}

static int pool_set_version_locked(struct pool_device *device, u32 version)
{
	lockdep_assert_held(&device->pool->lock);
	if (!(device->pool->create & BIT(version)))
		return -EINVAL;
	device->config.version = version;
	return 0;
}

static int pool_set_rate_locked(struct pool_device *device, u32 rate)
{
	lockdep_assert_held(&device->pool->lock);
	if (!rate || rate > POOL_RATE_MAX)
		return -ERANGE;
	device->config.rate = rate;
	return 0;
}

static ssize_t pool_configure(struct device *dev, size_t len, u32 value,
			      int (*set_locked)(struct pool_device *device, u32 value))
{
	struct pool_device *device = dev_get_drvdata(dev);
	int err;

	mutex_lock(&device->pool->lock);
	err = device->open ? -EBUSY : set_locked(device, value);
	if (!err) {
		pool_update_types_locked(device->pool);
		pool_update_locked(device);
	}
	mutex_unlock(&device->pool->lock);
	return err ?: len;
}

static struct pool_config pool_config_of(struct device *dev)
{
	struct pool_device *device = dev_get_drvdata(dev);
	struct pool_config config;

	mutex_lock(&device->pool->lock);
	config = device->config;
	mutex_unlock(&device->pool->lock);
	return config;
}

static ssize_t aggregator_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", pool_config_of(dev).count);
}

static ssize_t aggregator_store(struct device *dev, struct device_attribute *attr,
				const char *buf, size_t len)
{
	u32 count;
	int err = kstrtou32(buf, 10, &count);

	return err ?: pool_configure(dev, len, count, pool_set_count_locked);
}
static DEVICE_ATTR_RW(aggregator);

static ssize_t version_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", pool_version_names[pool_config_of(dev).version]);
}

static ssize_t version_store(struct device *dev, struct device_attribute *attr,
			     const char *buf, size_t len)
{
	int version = sysfs_match_string(pool_version_names, buf);

	return version < 0 ? version : pool_configure(dev, len, version, pool_set_version_locked);
}
static DEVICE_ATTR_RW(version);

static ssize_t rate_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", pool_config_of(dev).rate);
}

static ssize_t rate_store(struct device *dev, struct device_attribute *attr,
			  const char *buf, size_t len)
{
	u32 rate;
	int err = kstrtou32(buf, 10, &rate);

	return err ?: pool_configure(dev, len, rate, pool_set_rate_locked);
}
static DEVICE_ATTR_RW(rate);

static struct attribute *pool_device_attrs[] = {
	&dev_attr_aggregator.attr,
	&dev_attr_version.attr,
	&dev_attr_rate.attr,
	NULL
};

static const struct attribute_group pool_device_group = {
	.attrs = pool_device_attrs,
};

const struct attribute_group *pool_device_groups[] = {
	&pool_device_group,
	NULL
};
