// SPDX-License-Identifier: GPL-2.0
/* An endpoint as JSON: the reported part, and in it the record. */
#include "common/json_record.h"
#include "common/keys.h"
#include "json_object.h"

static void put_blockers(struct builder *builder, json_t *object, const struct vdev_object *dev)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_object_num_blockers(dev); i++)
		append(builder, list, build_blocker(builder, vdev_object_blocker(dev, i)));
	put_list(builder, object, KEY_BLOCKER, list);
}

void put_capacity(struct builder *builder, json_t *object, const struct vdev_capacity *capacity)
{
	json_t *json;

	if (!capacity)
		return;
	json = build_object(builder);
	put_enum(builder, json, KEY_CAPACITY_STATE, vdev_capacity_state_name, capacity->state);
	if (capacity->available != VDEV_UNKNOWN32)
		put_u64(builder, json, KEY_CAPACITY_AVAILABLE, capacity->available);
	if (capacity->limit != VDEV_UNKNOWN32)
		put_u64(builder, json, KEY_CAPACITY_LIMIT, capacity->limit);
	put(builder, object, KEY_CAPACITY, json);
}

void put_generation(struct builder *builder, json_t *object, uint32_t instance,
		    uint64_t generation)
{
	if (instance)
		put_u64(builder, object, KEY_INSTANCE, instance);
	if (generation)
		put_u64(builder, object, KEY_GENERATION, generation);
}

void put_age(struct builder *builder, json_t *object, uint32_t age, bool stale)
{
	if (age != VDEV_UNKNOWN32)
		put_u64(builder, object, KEY_AGE, age);
	if (stale)
		put(builder, object, KEY_STALE, json_true());
}

void put_cost(struct builder *builder, json_t *object, const struct vdev_cost *cost)
{
	json_t *json;

	if (!cost)
		return;
	json = build_object(builder);
	if (cost->state_size != VDEV_UNKNOWN64)
		put_u64(builder, json, KEY_COST_STATE_SIZE, cost->state_size);
	if (cost->precopy_size != VDEV_UNKNOWN64)
		put_u64(builder, json, KEY_COST_PRECOPY_SIZE, cost->precopy_size);
	if (cost->downtime != VDEV_UNKNOWN64)
		put_u64(builder, json, KEY_COST_DOWNTIME, cost->downtime);
	put(builder, object, KEY_COST, json);
}

static void put_info(struct builder *builder, json_t *object, const struct vdev_object *dev)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_object_num_info(dev); i++) {
		const struct vdev_info *info = vdev_object_info(dev, i);
		json_t *json = build_object(builder);

		put_string(builder, json, KEY_PARAM_NAME, info->name);
		put_enum(builder, json, KEY_PARAM_VALUE_TYPE, vdev_value_type_name, info->type);
		put_value(builder, json, KEY_PARAM_VALUE, &info->value);
		append(builder, list, json);
	}
	put_list(builder, object, KEY_INFO, list);
}

static void put_identity(struct builder *builder, json_t *json, const struct vdev_object *object)
{
	put_string(builder, json, "handle", vdev_object_handle(object));
	put_u64(builder, json, KEY_ID, vdev_object_id(object));
	put_generation(builder, json, vdev_object_instance(object),
		       vdev_object_generation(object));
	put_string(builder, json, KEY_BUS, vdev_object_bus(object));
	put_string(builder, json, KEY_NAME, vdev_object_name(object));
	put_string(builder, json, KEY_PARENT_BUS, vdev_object_parent_bus(object));
	put_string(builder, json, KEY_PARENT, vdev_object_parent(object));
	put_string(builder, json, KEY_PROVIDER, vdev_object_provider(object));
	put_string(builder, json, KEY_DRIVER, vdev_object_driver(object));
	put_string(builder, json, KEY_DRIVER_VERSION, vdev_object_driver_version(object));
	put_string(builder, json, KEY_BOUND_DRIVER, vdev_object_bound_driver(object));
}

json_t *json_from_object(const struct vdev_object *object)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);

	put_identity(&builder, json, object);
	put_string(&builder, json, KEY_PROFILE, vdev_object_profile(object));
	put_string(&builder, json, KEY_CONFLICT, vdev_object_conflict(object));
	put_age(&builder, json, vdev_object_age(object), vdev_object_stale(object));
	put_enum(&builder, json, KEY_MIGRATION, vdev_migration_name, vdev_object_migration(object));
	put(&builder, json, "migratable", json_boolean(vdev_object_migratable(object)));
	put_flags(&builder, json, KEY_CAPABILITIES, vdev_capability_name,
		  vdev_object_capabilities(object));
	put_flags(&builder, json, KEY_OPERATIONS, vdev_operation_name,
		  vdev_object_operations(object));
	put_blockers(&builder, json, object);
	put_capacity(&builder, json, vdev_object_capacity(object));
	put_cost(&builder, json, vdev_object_cost(object));
	put_info(&builder, json, object);
	if (vdev_object_record(object))
		put(&builder, json, KEY_RECORD, build_record(&builder, vdev_object_record(object)));
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}
