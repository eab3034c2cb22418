/* SPDX-License-Identifier: GPL-2.0 */
/* An event on stdout, for people or as a line of JSON. */
#ifndef VDEVCTL_OUT_EVENT_H
#define VDEVCTL_OUT_EVENT_H

#include <stdbool.h>

#include <vdev/vdev.h>

#include "cli/command.h"

/* Returns 0, -ENOMEM, or -EIO when stdout takes no more; errno says why. */
int out_event(const struct vdev_event *event, const struct options *options, bool timestamp);

#endif /* VDEVCTL_OUT_EVENT_H */
