/* SPDX-License-Identifier: LGPL-2.1 */
/* The list of parents while it is read. */
#ifndef VDEV_LIB_PARENTS_H
#define VDEV_LIB_PARENTS_H

#include "model/arena.h"
#include "provisioner.h"

/* Nothing that a host has is as many; a larger number is no sysfs. */
#define PARENTS_MAX 4096
#define TYPES_MAX 1024

struct vdev_parents {
	struct arena arena;
	struct vdev_parent *list;
	size_t num;
};

/* Each returns NULL if there is no memory, with the error set. */
char *vdev_parents_string(struct vdev_provisioner *provisioner, struct vdev_parents *parents,
			  const char *text);

/* The parent that is added with that name, and nothing else of it; @bus may be NULL. */
struct vdev_parent *vdev_parents_add(struct vdev_provisioner *provisioner,
				     struct vdev_parents *parents, uint32_t method,
				     const char *bus, const char *name);

/* A type that is added to the parent that was added last. */
struct vdev_parent_type *vdev_parents_type(struct vdev_provisioner *provisioner,
					   struct vdev_parents *parents, const char *name);

/* Read those of one method. Returns 0 or a negative errno, with the error set. */
int vdev_parents_read_vdpa(struct vdev_provisioner *provisioner, struct vdev_parents *parents);
int vdev_parents_read_mdev(struct vdev_provisioner *provisioner, struct vdev_parents *parents);
int vdev_parents_read_sriov(struct vdev_provisioner *provisioner, struct vdev_parents *parents);

#endif /* VDEV_LIB_PARENTS_H */
