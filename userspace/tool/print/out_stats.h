/* SPDX-License-Identifier: GPL-2.0 */
/* What the family counts, on stdout. */
#ifndef VDEVCTL_OUT_STATS_H
#define VDEVCTL_OUT_STATS_H

#include <vdev/vdev.h>

#include "cli/command.h"

/* For people or as JSON. Returns 0, -ENOMEM, or -EIO when stdout takes no more. */
int out_stats(const struct vdev_stats *stats, const struct options *options);

#endif /* VDEVCTL_OUT_STATS_H */
