// SPDX-License-Identifier: LGPL-2.1
/* The conditions of a dump. The kernel judges them. */
#include <errno.h>
#include <stdlib.h>

#include <netlink/attr.h>

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

int vdev_filter_put(struct nl_msg *msg, const struct vdev_filter *filter)
{
	struct nlattr *nest;
	size_t i;

	if (!filter || filter_empty(filter))
		return 0;
	nest = nla_nest_start(msg, VDEV_A_FILTER | NLA_F_NESTED);
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(filter->strings); i++)
		if (filter->strings[i] && nla_put_string(msg, (int)i, filter->strings[i]))
			return -EMSGSIZE;
	if ((filter->migratable && nla_put_flag(msg, VDEV_A_FILTER_MIGRATABLE)) ||
	    (filter->since && nla_put_u64(msg, VDEV_A_FILTER_SINCE, filter->since)) ||
	    (filter->kind && nla_put_u32(msg, VDEV_A_FILTER_ENDPOINT, filter->kind)))
		return -EMSGSIZE;
	nla_nest_end(msg, nest);
	return 0;
}
