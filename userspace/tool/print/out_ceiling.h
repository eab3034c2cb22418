/* SPDX-License-Identifier: GPL-2.0 */
/* Ceilings on stdout, as lines or as JSON. */
#ifndef VDEVCTL_OUT_CEILING_H
#define VDEVCTL_OUT_CEILING_H

#include <vdev/vdev.h>

#include "cli/command.h"
#include "common/frame.h"

struct ceiling_output {
	const struct options *options;
	struct frame frame;
	bool begun;
};

void out_ceiling_init(struct ceiling_output *output, const struct options *options);

/* A vdev_ceiling_fn with the output as its argument. Returns 0, -ENOMEM or -EIO. */
int out_ceiling(const struct vdev_handle *type, const struct vdev_ceiling *ceiling,
		bool pending, void *arg);

/* Also if there was none. */
int out_ceiling_end(struct ceiling_output *output);

#endif /* VDEVCTL_OUT_CEILING_H */
