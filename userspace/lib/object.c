// SPDX-License-Identifier: LGPL-2.1
/* The life of an object and the functions that read it. */
#include <stdlib.h>

#include "getter.h"
#include "object.h"

VDEV_API struct vdev_object *vdev_object_dup(const struct vdev_object *object)
{
	struct vdev_object *copy = calloc(1, sizeof(*copy));

	if (copy && vdev_object_decode_copy(copy, object->msg)) {
		vdev_object_free(copy);
		return NULL;
	}
	return copy;
}

VDEV_API void vdev_object_free(struct vdev_object *object)
{
	if (!object)
		return;
	vdev_arena_free(&object->arena);
	free(object);
}

#define IDENT_GETTER(field) \
	VDEV_API const struct vdev_ident *vdev_record_##field(const struct vdev_record *record) \
	{ \
		const struct vdev_ident *ident = &record->field; \
		return ident->value || ident->rule || ident->num_accept ? ident : NULL; \
	}

GETTER(enum vdev_object_kind, object, kind)
GETTER(const char *, object, handle)
GETTER(uint32_t, object, id)
GETTER(uint32_t, object, instance)
GETTER(uint64_t, object, generation)
GETTER(uint64_t, object, snapshot)
GETTER(const char *, object, bus)
GETTER(const char *, object, name)
GETTER(const char *, object, parent_bus)
GETTER(const char *, object, parent)
GETTER(const char *, object, provider)
GETTER(const char *, object, driver)
GETTER(const char *, object, driver_version)
GETTER(const char *, object, bound_driver)
GETTER(const char *, object, profile)
GETTER(const char *, object, conflict)
GETTER(uint32_t, object, migration)
GETTER(uint32_t, object, capabilities)
GETTER(uint32_t, object, age)
GETTER(bool, object, stale)
GETTER(unsigned int, object, num_blockers)
LIST_GETTER(blocker, object, blockers, num_blockers)
GETTER(const struct vdev_capacity *, object, capacity)
GETTER(const struct vdev_cost *, object, cost)
GETTER(unsigned int, object, num_info)
LIST_GETTER(info, object, info, num_info)
GETTER(const struct vdev_record *, object, record)

IDENT_GETTER(device_api)
IDENT_GETTER(model)
IDENT_GETTER(type)
GETTER(const struct vdev_software_version *, record, software_version)
GETTER(uint32_t, record, versions_rule)
GETTER(unsigned int, record, num_versions)
LIST_GETTER(version, record, versions, num_versions)
GETTER(unsigned int, record, num_features)
LIST_GETTER(feature, record, features, num_features)
GETTER(unsigned int, record, num_params)
LIST_GETTER(param, record, params, num_params)

VDEV_API bool vdev_object_migratable(const struct vdev_object *object)
{
	return object->migration == VDEV_MIGRATION_SUPPORTED && !object->num_blockers;
}

VDEV_API const struct vdev_aggregation *
vdev_record_aggregation(const struct vdev_record *record)
{
	const struct vdev_aggregation *aggregation = &record->aggregation;

	return aggregation->base || aggregation->units || aggregation->rule ? aggregation : NULL;
}

VDEV_API bool vdev_bitmap_test(const struct vdev_bitmap *bitmap, unsigned int bit)
{
	return bit / 64 < bitmap->num_words && bitmap->words[bit / 64] >> (bit % 64) & 1;
}
