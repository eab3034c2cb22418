/* SPDX-License-Identifier: GPL-2.0 */
/* Whether there is somebody to report what is on the buses. */
#ifndef VDEVCTL_BRIDGES_H
#define VDEVCTL_BRIDGES_H

#include <vdev/vdev.h>

#include "cli/command.h"

/* Nothing is shown: if no bridge is loaded, say so. */
void bridges_hint(const struct command *command, struct vdev_sock *sock);

#endif /* VDEVCTL_BRIDGES_H */
