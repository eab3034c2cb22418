/* SPDX-License-Identifier: GPL-2.0 */
/* Devices that were created or changed, as "dev show" prints them. */
#ifndef VDEVCTL_MADE_H
#define VDEVCTL_MADE_H

#include <vdev/vdev.h>

#include "cli/command.h"

/*
 * Wait until the family reports the device, with facts that were read; with @changed, after
 * this call. Complains; returns an exit status.
 */
int made_fetch(const struct command *command, struct vdev_sock *sock,
	       const struct vdev_handle *handle, bool changed, struct vdev_object **object);

/*
 * The same of those with these handles: a list that is freed with vdev_object_list_free(), NULL
 * after a failure.
 */
int made_list(const struct command *command, struct vdev_sock *sock,
	      const struct vdev_handle *handles, size_t num, bool changed,
	      struct vdev_object ***objects);

/* Print them. Complains; returns an exit status. */
int made_print(const struct command *command, const struct options *options,
	       struct vdev_object *const *objects, size_t num);

#endif /* VDEVCTL_MADE_H */
