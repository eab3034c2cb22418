/* SPDX-License-Identifier: GPL-2.0 */
/* What is counted for one device, for people or as JSON. */
#ifndef VDEVCTL_OUT_DEV_STATS_H
#define VDEVCTL_OUT_DEV_STATS_H

#include <stdio.h>

#include <vdev/vdev.h>

#include "cli/command.h"
#include "common/json.h"

/* Without the device, below which it stands. */
json_t *build_dev_stats(struct builder *builder, const struct vdev_dev_stats *stats);
void text_dev_stats(FILE *file, const struct vdev_dev_stats *stats);

/* On stdout, with the device. Returns 0, -ENOMEM, or -EIO when stdout takes no more. */
int out_dev_stats(const struct vdev_dev_stats *stats, const struct options *options);

#endif /* VDEVCTL_OUT_DEV_STATS_H */
