/* SPDX-License-Identifier: GPL-2.0 */
/* A provisioner of this host, and what is said when it fails. */
#ifndef VDEVCTL_PROVISIONER_H
#define VDEVCTL_PROVISIONER_H

#include <vdev/vdev.h>

#include "cli/command.h"

/* Complains and returns NULL if there is none. */
struct vdev_provisioner *provisioner_open(const struct command *command);

/*
 * Complain about what a call returned, if it failed; @what is what it was about, or NULL.
 * Returns an exit status.
 */
int provisioner_status(const struct command *command, const struct vdev_provisioner *provisioner,
		       const char *what, int err);

#endif /* VDEVCTL_PROVISIONER_H */
