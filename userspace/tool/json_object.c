// SPDX-License-Identifier: GPL-2.0
/* An endpoint as JSON: the reported part, and in it the record. */
#include "json.h"
#include "out.h"

json_t *build_blocker(struct builder *builder, const struct vdev_blocker *blocker)
{
	json_t *json = build_object(builder);

	put_string(builder, json, "name", blocker->name);
	put_string(builder, json, "reason", blocker->reason);
	put_flags(builder, json, "flags", vdev_blocker_flag_name, blocker->flags);
	return json;
}

static void put_blockers(struct builder *builder, json_t *object, const struct vdev_object *dev)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_object_num_blockers(dev); i++)
		append(builder, list, build_blocker(builder, vdev_object_blocker(dev, i)));
	put_list(builder, object, "blockers", list);
}

void put_capacity(struct builder *builder, json_t *object, const struct vdev_capacity *capacity)
{
	json_t *json;

	if (!capacity)
		return;
	json = build_object(builder);
	put_enum(builder, json, "state", vdev_capacity_state_name, capacity->state);
	if (capacity->available != VDEV_UNKNOWN32)
		put_u64(builder, json, "available", capacity->available);
	if (capacity->limit != VDEV_UNKNOWN32)
		put_u64(builder, json, "limit", capacity->limit);
	put(builder, object, "capacity", json);
}

void put_generation(struct builder *builder, json_t *object, uint32_t instance,
		    uint64_t generation)
{
	if (instance)
		put_u64(builder, object, "instance", instance);
	if (generation)
		put_u64(builder, object, "generation", generation);
}

void put_age(struct builder *builder, json_t *object, uint32_t age, bool stale)
{
	if (age != VDEV_UNKNOWN32)
		put_u64(builder, object, "age", age);
	if (stale)
		put(builder, object, "stale", json_true());
}

void put_cost(struct builder *builder, json_t *object, const struct vdev_cost *cost)
{
	json_t *json;

	if (!cost)
		return;
	json = build_object(builder);
	if (cost->state_size != VDEV_UNKNOWN64)
		put_u64(builder, json, "state-size", cost->state_size);
	if (cost->precopy_size != VDEV_UNKNOWN64)
		put_u64(builder, json, "precopy-size", cost->precopy_size);
	if (cost->downtime != VDEV_UNKNOWN64)
		put_u64(builder, json, "downtime", cost->downtime);
	put(builder, object, "cost", json);
}

static void put_info(struct builder *builder, json_t *object, const struct vdev_object *dev)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_object_num_info(dev); i++) {
		const struct vdev_info *info = vdev_object_info(dev, i);
		json_t *json = build_object(builder);

		put_string(builder, json, "name", info->name);
		put_enum(builder, json, "value-type", vdev_value_type_name, info->kind);
		put_value(builder, json, "value", &info->value);
		append(builder, list, json);
	}
	put_list(builder, object, "info", list);
}

static void put_identity(struct builder *builder, json_t *json, const struct vdev_object *object)
{
	put_string(builder, json, "handle", vdev_object_handle(object));
	put_u64(builder, json, "id", vdev_object_id(object));
	put_generation(builder, json, vdev_object_instance(object),
		       vdev_object_generation(object));
	put_string(builder, json, "bus", vdev_object_bus(object));
	put_string(builder, json, "name", vdev_object_name(object));
	put_string(builder, json, "parent-bus", vdev_object_parent_bus(object));
	put_string(builder, json, "parent", vdev_object_parent(object));
	put_string(builder, json, "provider", vdev_object_provider(object));
	put_string(builder, json, "driver", vdev_object_driver(object));
	put_string(builder, json, "driver-version", vdev_object_driver_version(object));
	put_string(builder, json, "bound-driver", vdev_object_bound_driver(object));
}

json_t *json_from_object(const struct vdev_object *object)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);

	put_identity(&builder, json, object);
	put_string(&builder, json, "profile", vdev_object_profile(object));
	put_string(&builder, json, "conflict", vdev_object_conflict(object));
	put_age(&builder, json, vdev_object_age(object), vdev_object_stale(object));
	put_enum(&builder, json, "migration", vdev_migration_name, vdev_object_migration(object));
	put(&builder, json, "migratable", json_boolean(vdev_object_migratable(object)));
	put_flags(&builder, json, "capabilities", vdev_capability_name, vdev_object_capabilities(object));
	put_blockers(&builder, json, object);
	put_capacity(&builder, json, vdev_object_capacity(object));
	put_cost(&builder, json, vdev_object_cost(object));
	put_info(&builder, json, object);
	if (vdev_object_record(object))
		put(&builder, json, "record", build_record(&builder, vdev_object_record(object)));
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}
