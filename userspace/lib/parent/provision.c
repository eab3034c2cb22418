// SPDX-License-Identifier: LGPL-2.1
/* Which method creates, changes and removes a device. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "provisioner.h"

static const struct maker *maker_of(uint32_t method)
{
	switch (method) {
	case VDEV_PARENT_VDPA:
		return &vdev_maker_vdpa;
	case VDEV_PARENT_MDEV:
		return &vdev_maker_mdev;
	default:
		return &vdev_maker_sriov;
	}
}

/* A handle of another bus has another way to be changed. */
static const struct maker *maker_of_handle(struct vdev_provisioner *provisioner,
					   const struct vdev_handle *handle)
{
	if (strcmp(handle->bus, "vdpa") == 0)
		return &vdev_maker_vdpa;
	if (strcmp(handle->bus, "mdev") == 0)
		return &vdev_maker_mdev;
	if (strcmp(handle->bus, "pci") == 0)
		return &vdev_maker_sriov;
	vdev_error_say(&provisioner->error, -EOPNOTSUPP,
		       "devices of the bus %s are not created by any request", handle->bus);
	return NULL;
}

static const struct vdev_parent_type *
only_type(struct vdev_provisioner *provisioner, const struct vdev_parent *parent)
{
	if (parent->num_types == 1)
		return &parent->types[0];
	vdev_error_say(&provisioner->error, parent->num_types ? -ENOTUNIQ : -EOPNOTSUPP,
		       parent->num_types ? "%s: has several types; name one of them" :
					   "%s: has no type that can be created", parent->handle);
	return NULL;
}

VDEV_API int vdev_provisioner_add(struct vdev_provisioner *provisioner,
				const struct vdev_parent *parent,
				const struct vdev_parent_type *type,
				const struct vdev_config *config, bool dry_run,
				struct vdev_made **made)
{
	struct vdev_made *own;
	int err;

	*made = NULL;
	vdev_error_reset(&provisioner->error);
	if (!type)
		type = only_type(provisioner, parent);
	if (!type)
		return -provisioner->error.code;
	if (dry_run)
		return maker_of(parent->method)->add(provisioner, parent, type, config, NULL);
	own = calloc(1, sizeof(*own));
	if (!own)
		return vdev_provisioner_memory(provisioner);
	err = maker_of(parent->method)->add(provisioner, parent, type, config, own);
	if (err) {
		vdev_made_free(own);
		return err;
	}
	*made = own;
	return 0;
}

VDEV_API int vdev_provisioner_set(struct vdev_provisioner *provisioner,
				const struct vdev_handle *handle,
				const struct vdev_config *config, bool dry_run)
{
	const struct maker *maker;

	vdev_error_reset(&provisioner->error);
	maker = maker_of_handle(provisioner, handle);
	return maker ? maker->set(provisioner, handle, config, dry_run) :
		       -provisioner->error.code;
}

VDEV_API int vdev_provisioner_del(struct vdev_provisioner *provisioner,
				const struct vdev_handle *handle, bool dry_run)
{
	const struct maker *maker;

	vdev_error_reset(&provisioner->error);
	maker = maker_of_handle(provisioner, handle);
	return maker ? maker->del(provisioner, handle, dry_run) : -provisioner->error.code;
}

VDEV_API int vdev_provisioner_undo(struct vdev_provisioner *provisioner,
				 const struct vdev_parent *parent, const struct vdev_made *made)
{
	vdev_error_reset(&provisioner->error);
	return maker_of(parent->method)->undo(provisioner, parent, made);
}
