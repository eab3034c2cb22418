// SPDX-License-Identifier: LGPL-2.1
/*
 * The conditions of a dump, which the kernel judges; and the same judgement, for
 * the events that it sends to all subscribers. See filter.c of the module.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/request.h>

#include "filter.h"
#include "internal.h"

struct vdev_filter {
	char *strings[VDEV_A_FILTER_MAX + 1];
	bool migratable;
	uint64_t since;
	uint32_t instance;
	enum vdev_object_kind kind;
	uint32_t at_least;
};

VDEV_API struct vdev_filter *vdev_filter_new(void)
{
	return calloc(1, sizeof(struct vdev_filter));
}

VDEV_API void vdev_filter_free(struct vdev_filter *filter)
{
	size_t i;

	for (i = 0; filter && i < ARRAY_SIZE(filter->strings); i++)
		free(filter->strings[i]);
	free(filter);
}

static int set_string(struct vdev_filter *filter, unsigned int attr, const char *string)
{
	char *copy = string ? strdup(string) : NULL;

	if (string && !copy)
		return -ENOMEM;
	free(filter->strings[attr]);
	filter->strings[attr] = copy;
	return 0;
}

#define STRING_SETTER(word, attr) \
	VDEV_API int vdev_filter_set_##word(struct vdev_filter *filter, const char *word) \
	{ \
		return set_string(filter, attr, word); \
	}

STRING_SETTER(bus, VDEV_A_FILTER_BUS)
STRING_SETTER(parent_bus, VDEV_A_FILTER_PARENT_BUS)
STRING_SETTER(parent, VDEV_A_FILTER_PARENT)
STRING_SETTER(type, VDEV_A_FILTER_TYPE)
STRING_SETTER(model, VDEV_A_FILTER_MODEL)
STRING_SETTER(device_api, VDEV_A_FILTER_DEVICE_API)

VDEV_API void vdev_filter_set_migratable(struct vdev_filter *filter, bool migratable)
{
	filter->migratable = migratable;
}

VDEV_API void vdev_filter_set_since(struct vdev_filter *filter, uint64_t generation,
				    uint32_t instance)
{
	filter->since = generation;
	filter->instance = instance;
}

VDEV_API void vdev_filter_set_at_least(struct vdev_filter *filter, uint32_t verdict)
{
	filter->at_least = verdict;
}

VDEV_API void vdev_filter_set_kind(struct vdev_filter *filter, enum vdev_object_kind kind)
{
	filter->kind = kind;
}

bool vdev_filter_narrow(const struct vdev_filter *filter)
{
	size_t i;

	for (i = 0; filter && i < ARRAY_SIZE(filter->strings); i++)
		if (filter->strings[i])
			return true;
	return filter && (filter->migratable || filter->since || filter->instance);
}

void vdev_filter_put(struct writer *writer, const struct vdev_filter *filter)
{
	size_t nest, i;

	if (!vdev_filter_narrow(filter) && (!filter || (!filter->kind && !filter->at_least)))
		return;
	nest = vdev_writer_begin(writer, VDEV_A_FILTER);
	for (i = 0; i < ARRAY_SIZE(filter->strings); i++)
		if (filter->strings[i])
			vdev_writer_string(writer, (unsigned int)i, filter->strings[i]);
	if (filter->migratable)
		vdev_writer_put(writer, VDEV_A_FILTER_MIGRATABLE, NULL, 0);
	if (filter->since || filter->instance) {
		vdev_writer_uint(writer, VDEV_A_FILTER_SINCE, filter->since);
		vdev_writer_u32(writer, VDEV_A_FILTER_INSTANCE, filter->instance);
	}
	if (filter->kind)
		vdev_writer_u32(writer, VDEV_A_FILTER_ENDPOINT, filter->kind);
	if (filter->at_least)
		vdev_writer_u32(writer, VDEV_A_FILTER_AT_LEAST, filter->at_least);
	vdev_writer_end(writer, nest);
}

bool vdev_filter_endpoints_only(const struct vdev_filter *filter)
{
	return filter && (filter->kind || vdev_filter_narrow(filter));
}

bool vdev_filter_wants(const struct vdev_filter *filter, unsigned int kind)
{
	return !filter || !filter->kind || filter->kind == kind;
}

/* An absent condition matches; an absent string matches nothing. */
static bool matches(const char *wanted, const char *have)
{
	return !wanted || (have && strcmp(wanted, have) == 0);
}

static bool ident_matches(const char *wanted, const struct vdev_ident *ident)
{
	return matches(wanted, ident ? ident->value : NULL);
}

static bool record_matches(const struct vdev_filter *filter, const struct vdev_record *record)
{
	char *const *wanted = filter->strings;

	if (!record)
		return !wanted[VDEV_A_FILTER_TYPE] && !wanted[VDEV_A_FILTER_MODEL] &&
		       !wanted[VDEV_A_FILTER_DEVICE_API];
	return ident_matches(wanted[VDEV_A_FILTER_TYPE], vdev_record_type(record)) &&
	       ident_matches(wanted[VDEV_A_FILTER_MODEL], vdev_record_model(record)) &&
	       ident_matches(wanted[VDEV_A_FILTER_DEVICE_API], vdev_record_device_api(record));
}

bool vdev_filter_passes(const struct vdev_filter *filter, const struct vdev_object *object)
{
	char *const *wanted = filter->strings;

	if (filter->migratable && !vdev_object_migratable(object))
		return false;
	if (filter->since && vdev_object_generation(object) <= filter->since)
		return false;
	return matches(wanted[VDEV_A_FILTER_BUS], vdev_object_bus(object)) &&
	       matches(wanted[VDEV_A_FILTER_PARENT_BUS], vdev_object_parent_bus(object)) &&
	       matches(wanted[VDEV_A_FILTER_PARENT], vdev_object_parent(object)) &&
	       record_matches(filter, vdev_object_record(object));
}
