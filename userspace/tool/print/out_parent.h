/* SPDX-License-Identifier: GPL-2.0 */
/* Parents on stdout, for people or as JSON. */
#ifndef VDEVCTL_OUT_PARENT_H
#define VDEVCTL_OUT_PARENT_H

#include <vdev/vdev.h>

#include "cli/command.h"

/*
 * Print all parents whose handle is @handle; all if that is NULL. Returns 0, -ENOMEM, or -EIO
 * when stdout takes no more.
 */
int out_parents(const struct vdev_parents *parents, const char *handle,
		const struct options *options);

#endif /* VDEVCTL_OUT_PARENT_H */
