// SPDX-License-Identifier: LGPL-2.1
/* The list of parents while it is read, in memory that is freed together. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parents.h"

char *vdev_parents_string(struct vdev_provisioner *provisioner, struct vdev_parents *parents,
			  const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = vdev_arena_alloc(&parents->arena, size, 1);

	if (copy)
		memcpy(copy, text, size);
	else
		vdev_provisioner_memory(provisioner);
	return copy;
}

/* Room for one more in a list of the arena; it grows by doubling. */
static void *grow(struct vdev_parents *parents, void *list, size_t num, size_t size)
{
	void *larger;

	if (num & (num - 1))
		return list;
	larger = vdev_arena_alloc(&parents->arena, num ? 2 * num : 1, size);
	if (larger && num)
		memcpy(larger, list, num * size);
	return larger;
}

static char *make_handle(struct vdev_provisioner *provisioner, struct vdev_parents *parents,
			 const char *bus, const char *name)
{
	size_t size = (bus ? strlen(bus) + 1 : 0) + strlen(name) + 1;
	char *handle = vdev_arena_alloc(&parents->arena, size, 1);

	if (handle)
		snprintf(handle, size, "%s%s%s", bus ? bus : "", bus ? "/" : "", name);
	else
		vdev_provisioner_memory(provisioner);
	return handle;
}

struct vdev_parent *vdev_parents_add(struct vdev_provisioner *provisioner,
				     struct vdev_parents *parents, uint32_t method,
				     const char *bus, const char *name)
{
	struct vdev_parent *list, *parent;

	if (parents->num == PARENTS_MAX) {
		vdev_error_say(&provisioner->error, -E2BIG, "there are more than %d parents",
			       PARENTS_MAX);
		return NULL;
	}
	list = grow(parents, parents->list, parents->num, sizeof(*list));
	if (!list) {
		vdev_provisioner_memory(provisioner);
		return NULL;
	}
	parents->list = list;
	parent = &list[parents->num];
	*parent = (struct vdev_parent){
		.method = method,
		.handle = make_handle(provisioner, parents, bus, name),
		.bus = bus ? vdev_parents_string(provisioner, parents, bus) : NULL,
		.name = vdev_parents_string(provisioner, parents, name),
		.max_vqs = VDEV_UNKNOWN32,
		.limit = VDEV_UNKNOWN32,
		.enabled = VDEV_UNKNOWN32,
	};
	if (!parent->handle || !parent->name || (bus && !parent->bus))
		return NULL;
	parents->num++;
	return parent;
}

struct vdev_parent_type *vdev_parents_type(struct vdev_provisioner *provisioner,
					   struct vdev_parents *parents, const char *name)
{
	struct vdev_parent *parent = &parents->list[parents->num - 1];
	struct vdev_parent_type *types;

	if (parent->num_types == TYPES_MAX) {
		vdev_error_say(&provisioner->error, -E2BIG, "%s: has more than %d types",
			       parent->handle, TYPES_MAX);
		return NULL;
	}
	types = grow(parents, (void *)parent->types, parent->num_types, sizeof(*types));
	if (!types) {
		vdev_provisioner_memory(provisioner);
		return NULL;
	}
	parent->types = types;
	types += parent->num_types;
	*types = (struct vdev_parent_type){
		.name = vdev_parents_string(provisioner, parents, name),
		.available = VDEV_UNKNOWN32,
	};
	if (!types->name)
		return NULL;
	parent->num_types++;
	return types;
}
