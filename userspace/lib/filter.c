// SPDX-License-Identifier: LGPL-2.1
/* The conditions of a dump. The kernel judges them. */
#include <stdlib.h>

#include <vdev/request.h>

#include "filter.h"
#include "internal.h"

struct vdev_filter {
	const char *strings[VDEV_A_FILTER_MAX + 1];
	bool migratable;
	uint64_t since;
	enum vdev_object_kind kind;
};

VDEV_API struct vdev_filter *vdev_filter_new(void)
{
	return calloc(1, sizeof(struct vdev_filter));
}

VDEV_API void vdev_filter_free(struct vdev_filter *filter)
{
	free(filter);
}

#define STRING_SETTER(word, attr) \
	VDEV_API void vdev_filter_set_##word(struct vdev_filter *filter, const char *word) \
	{ \
		filter->strings[attr] = word; \
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

VDEV_API void vdev_filter_set_since(struct vdev_filter *filter, uint64_t generation)
{
	filter->since = generation;
}

VDEV_API void vdev_filter_set_kind(struct vdev_filter *filter, enum vdev_object_kind kind)
{
	filter->kind = kind;
}

static bool filter_empty(const struct vdev_filter *filter)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(filter->strings); i++)
		if (filter->strings[i])
			return false;
	return !filter->migratable && !filter->since && !filter->kind;
}

void vdev_filter_put(struct writer *writer, const struct vdev_filter *filter)
{
	size_t nest, i;

	if (!filter || filter_empty(filter))
		return;
	nest = vdev_writer_begin(writer, VDEV_A_FILTER);
	for (i = 0; i < ARRAY_SIZE(filter->strings); i++)
		if (filter->strings[i])
			vdev_writer_string(writer, (unsigned int)i, filter->strings[i]);
	if (filter->migratable)
		vdev_writer_put(writer, VDEV_A_FILTER_MIGRATABLE, NULL, 0);
	if (filter->since)
		vdev_writer_u64(writer, VDEV_A_FILTER_SINCE, filter->since);
	if (filter->kind)
		vdev_writer_u32(writer, VDEV_A_FILTER_ENDPOINT, filter->kind);
	vdev_writer_end(writer, nest);
}
