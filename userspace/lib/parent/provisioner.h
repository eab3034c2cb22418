/* SPDX-License-Identifier: LGPL-2.1 */
/* A provisioner, and what each method of creating devices provides. */
#ifndef VDEV_LIB_PROVISIONER_H
#define VDEV_LIB_PROVISIONER_H

#include <limits.h>

#include <vdev/parent.h>

#include "model/error.h"
#include "netlink/sock.h"

struct vdev_provisioner {
	/* Speaks to the kernel's vdpa family; NULL until it is needed. */
	struct vdev_sock *vdpa;
	struct vdev_error error;
	char sysfs[PATH_MAX / 2];
};

/*
 * What a method of creating devices does. Each function returns 0 or a negative errno, with
 * the provisioner's error set. @made is NULL in a dry run.
 */
struct maker {
	int (*add)(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		   const struct vdev_parent_type *type, const struct vdev_config *config,
		   struct vdev_made *made);
	int (*set)(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
		   const struct vdev_config *config, bool dry_run);
	int (*del)(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
		   bool dry_run);
	int (*undo)(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		    const struct vdev_made *made);
};

extern const struct maker vdev_maker_vdpa, vdev_maker_mdev, vdev_maker_sriov;

/* Names that are tried before it is said that none is free. */
#define NAME_ATTEMPTS 64

/* Add a device to what was created. Returns 0 or -ENOMEM, with the error set. */
int vdev_made_add(struct vdev_provisioner *provisioner, struct vdev_made *made,
		  const char *bus, const char *name);

/* No memory: returns -ENOMEM. */
int vdev_provisioner_memory(struct vdev_provisioner *provisioner);

/* Add to the error that undoing what was begun failed as well, with @err. */
void vdev_provisioner_half(struct vdev_provisioner *provisioner, const char *what, int err);

#endif /* VDEV_LIB_PROVISIONER_H */
