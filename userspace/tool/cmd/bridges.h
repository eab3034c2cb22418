/* SPDX-License-Identifier: GPL-2.0 */
/* Whether there is somebody to report what is on the buses. */
#ifndef VDEVCTL_BRIDGES_H
#define VDEVCTL_BRIDGES_H

#include <vdev/vdev.h>

#include "cli/command.h"

/* Nothing is shown, and the exit status is that: say so if no bridge is loaded. */
void bridges_hint(const struct command *command, struct vdev_sock *sock, int status);

#endif /* VDEVCTL_BRIDGES_H */
