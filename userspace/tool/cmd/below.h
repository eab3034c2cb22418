/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a bus creates or changes, held against the ceiling of its type. What the family creates
 * obeys it without this.
 */
#ifndef VDEVCTL_BELOW_H
#define VDEVCTL_BELOW_H

#include <vdev/vdev.h>

#include "cli/command.h"
#include "place.h"

/*
 * Before: whether the values that are asked for are below the ceiling of the place, or of the
 * device that is changed. Each complains, and returns an exit status.
 */
int below_place(const struct command *command, struct vdev_sock *sock, const struct place *place,
		const struct vdev_config *config);
int below_device(const struct command *command, const struct vdev_object *device,
		 const struct vdev_config *config);

/* After: whether all that the device has is below it. The same. */
int below_made(const struct command *command, const struct vdev_object *device);

#endif /* VDEVCTL_BELOW_H */
