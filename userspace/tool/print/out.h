/* SPDX-License-Identifier: GPL-2.0 */
/* Endpoints on stdout, for people or as JSON. */
#ifndef VDEVCTL_OUT_H
#define VDEVCTL_OUT_H

#include <vdev/vdev.h>

#include "cli/command.h"
#include "common/frame.h"

struct output {
	/* What is counted for the device that comes next; NULL if it is not wanted. */
	const struct vdev_dev_stats *stats;
	const struct options *options;
	struct frame frame;
	uint32_t instance;
	uint64_t snapshot;
	bool any;
};

/*
 * Print what stands before, between and after the endpoints; @key is that of
 * the list in JSON. out_object() is a vdev_object_fn with the output as its
 * argument. Each returns 0, -ENOMEM, or -EIO when stdout takes no more.
 */
void out_init(struct output *output, const struct options *options, const char *key);
int out_begin(struct output *output);
int out_object(const struct vdev_object *object, void *arg);
int out_end(struct output *output);

/* End the JSON of what the kernel reported; @snapshot and @instance are left out if they are 0. */
int out_snapshot_end(struct frame *frame, uint32_t instance, uint64_t snapshot);

#endif /* VDEVCTL_OUT_H */
