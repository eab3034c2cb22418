// SPDX-License-Identifier: GPL-2.0
/*
 * What the driver of the pools reports of its types and of its mediated devices: all that
 * it has to do with vdev.
 */
#include <linux/bits.h>
#include <linux/module.h>
#include <linux/vdev_vfio.h>

#include "pool.h"

/**
 * struct view - the facts of a type or a device, and what they point to
 * @facts: the facts
 * @versions: its versions
 * @rate: its one parameter
 * @rates: what can be chosen for that
 */
struct view {
	struct vdev_facts facts;
	struct vdev_version versions[POOL_VERSIONS];
	struct vdev_param rate;
	struct vdev_allowed rates;
};

static struct vdev_provider *provider;

static const struct vdev_provider_ops ops = {
	.owner = THIS_MODULE,
};

void pool_declare_init(void)
{
	provider = vdev_provider_register(KBUILD_MODNAME, &ops);
}

void pool_declare_exit(void)
{
	vdev_provider_unregister(provider);
}

/* @current_version is that of a device; 0 for a type. */
static void view_set_versions(struct view *view, const struct pool *pool, u32 current_version)
{
	const u32 listed = pool->create | pool->accept;
	struct vdev_record *record = &view->facts.record;
	u32 version;

	record->versions = view->versions;
	for (version = 1; version <= POOL_VERSIONS; version++) {
		struct vdev_version *entry = &view->versions[record->num_versions];

		if (!(listed & BIT(version)))
			continue;
		record->num_versions++;
		entry->name = pool_version_names[version];
		if (pool->create & BIT(version))
			entry->flags |= VDEV_VERSION_FLAG_CREATE;
		if (pool->accept & BIT(version))
			entry->flags |= VDEV_VERSION_FLAG_ACCEPT;
		if (version == pool_default_version(pool))
			entry->flags |= VDEV_VERSION_FLAG_DEFAULT;
		if (version == current_version)
			entry->flags |= VDEV_VERSION_FLAG_CURRENT;
	}
}

static void view_set_rate(struct view *view, u32 rate)
{
	view->rates = (struct vdev_allowed) { .low = 1, .high = POOL_RATE_MAX };
	view->rate = (struct vdev_param) {
		.name = "rate",
		.type = VDEV_VALUE_TYPE_U64,
		.rule = VDEV_RULE_AT_LEAST,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.origin = rate == POOL_RATE ? VDEV_ORIGIN_DEFAULT : VDEV_ORIGIN_PROVISIONED,
		.value = { VDEV_VALUE_TYPE_U64, { .u64 = rate } },
		.allowed = &view->rates,
		.num_allowed = 1,
	};
	view->facts.record.params = &view->rate;
	view->facts.record.num_params = 1;
}

static void view_fill(struct view *view, const struct pool *pool, const struct pool_type *type,
		      const struct pool_config *config)
{
	struct vdev_facts *facts = &view->facts;

	facts->driver = KBUILD_MODNAME;
	facts->migration = VDEV_MIGRATION_SUPPORTED;
	facts->cost.state_size = sizeof(struct pool_state);
	facts->record.device_api.value = VFIO_DEVICE_API_PCI_STRING;
	facts->record.model.value = "example.org/pool";
	facts->record.type.value = kobject_name(&type->mdev.kobj);
	facts->record.type.rule = pool->resplit ? VDEV_RULE_IGNORE : VDEV_RULE_EQUAL;
	facts->record.aggregation = (struct vdev_aggregation) {
		.base = "unit",
		.units = type->units,
		.count = config->count,
		.limit = pool_type_limit(pool, type),
		.resplit = pool->resplit,
	};
	view_set_versions(view, pool, config->version);
	view_set_rate(view, config->rate);
}

static void view_fill_type(struct view *view, const struct pool *pool,
			   const struct pool_type *type)
{
	static const struct pool_config config = { .count = 1, .rate = POOL_RATE };
	struct vdev_capacity *capacity = &view->facts.capacity;

	lockdep_assert_held(&pool->lock);
	view_fill(view, pool, type, &config);
	view->facts.capabilities = VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P;
	capacity->available = pool->free / type->units;
	capacity->limit = pool_type_limit(pool, type);
	capacity->state = capacity->available ? VDEV_CAPACITY_STATE_SUFFICIENT :
						VDEV_CAPACITY_STATE_BUSY;
}

/* The names of types are known when the parent is registered. */
static void pool_declare_type_locked(struct pool *pool, struct pool_type *type)
{
	const struct vdev_handle handle =
		vdev_type_handle_of(&pool->dev, "mdev", kobject_name(&type->mdev.kobj));
	struct view view = { };

	lockdep_assert_held(&pool->lock);
	view_fill_type(&view, pool, type);
	type->endpoint = vdev_type_register(provider, &handle, &view.facts, NULL);
}

void pool_declare_types(struct pool *pool)
{
	unsigned int i;

	mutex_lock(&pool->lock);
	for (i = 0; i < POOL_TYPES; i++)
		pool_declare_type_locked(pool, &pool->types[i]);
	mutex_unlock(&pool->lock);
}

/* Nobody creates or removes a device any more. */
void pool_withdraw_types(struct pool *pool)
{
	unsigned int i;

	for (i = 0; i < POOL_TYPES; i++)
		vdev_unregister(pool->types[i].endpoint);
}

/* Types with as much room as before are no event. */
void pool_update_types_locked(struct pool *pool)
{
	unsigned int i;

	lockdep_assert_held(&pool->lock);
	for (i = 0; i < POOL_TYPES; i++) {
		struct view view = { };

		view_fill_type(&view, pool, &pool->types[i]);
		vdev_update(pool->types[i].endpoint, &view.facts);
	}
}

static void view_fill_device(struct view *view, const struct pool_device *device)
{
	lockdep_assert_held(&device->pool->lock);
	vdev_facts_from_vfio(&view->facts, &device->vfio);
	view_fill(view, device->pool, device->type, &device->config);
	view->facts.bound_driver = KBUILD_MODNAME;
}

void pool_declare(struct pool_device *device)
{
	const struct vdev_handle handle =
		vdev_handle_of(device->vfio.dev, &device->pool->dev);
	struct view view = { };

	mutex_lock(&device->pool->lock);
	view_fill_device(&view, device);
	device->endpoint = vdev_device_register(provider, &handle, &view.facts, NULL);
	mutex_unlock(&device->pool->lock);
}

void pool_update_locked(struct pool_device *device)
{
	struct view view = { };

	lockdep_assert_held(&device->pool->lock);
	view_fill_device(&view, device);
	vdev_update(device->endpoint, &view.facts);
}

void pool_withdraw(struct pool_device *device)
{
	vdev_unregister(device->endpoint);
}

void pool_set_loading(struct pool_device *device, bool loading)
{
	static const struct vdev_blocker blocker = {
		.name = "loading", .reason = "a state is being loaded",
	};

	if (loading)
		vdev_blocker_add(device->endpoint, &blocker);
	else
		vdev_blocker_del(device->endpoint, blocker.name);
}
