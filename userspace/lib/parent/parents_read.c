// SPDX-License-Identifier: LGPL-2.1
/* All parents of this host: what each method finds, in one order. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "parents.h"

static int compare_parents(const void *a, const void *b)
{
	const struct vdev_parent *one = a, *other = b;
	int order = strcmp(one->handle, other->handle);

	return order ? order : vdev_compare(one->method, other->method);
}

static int compare_types(const void *a, const void *b)
{
	const struct vdev_parent_type *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static void sort(struct vdev_parents *parents)
{
	size_t i;

	for (i = 0; i < parents->num; i++)
		if (parents->list[i].num_types)
			qsort((void *)parents->list[i].types, parents->list[i].num_types,
			      sizeof(struct vdev_parent_type), compare_types);
	if (parents->num)
		qsort(parents->list, parents->num, sizeof(*parents->list), compare_parents);
}

VDEV_API int vdev_parents_read(struct vdev_provisioner *provisioner,
			       struct vdev_parents **parents)
{
	struct vdev_parents *own = calloc(1, sizeof(*own));
	int err;

	*parents = NULL;
	vdev_error_reset(&provisioner->error);
	if (!own)
		return vdev_provisioner_memory(provisioner);
	err = vdev_parents_read_mdev(provisioner, own);
	if (!err)
		err = vdev_parents_read_sriov(provisioner, own);
	if (!err)
		err = vdev_parents_read_vdpa(provisioner, own);
	if (err) {
		vdev_parents_free(own);
		return err;
	}
	sort(own);
	*parents = own;
	return 0;
}

VDEV_API void vdev_parents_free(struct vdev_parents *parents)
{
	if (!parents)
		return;
	vdev_arena_free(&parents->arena);
	free(parents);
}

VDEV_API size_t vdev_parents_num(const struct vdev_parents *parents)
{
	return parents->num;
}

VDEV_API const struct vdev_parent *vdev_parents_get(const struct vdev_parents *parents,
						    size_t index)
{
	return index < parents->num ? &parents->list[index] : NULL;
}

VDEV_API const char *vdev_parent_method_name(uint32_t method)
{
	static const char *const names[] = {
		[VDEV_PARENT_VDPA] = "vdpa",
		[VDEV_PARENT_MDEV] = "mdev",
		[VDEV_PARENT_SRIOV] = "sriov",
	};

	return method < ARRAY_SIZE(names) ? names[method] : NULL;
}
