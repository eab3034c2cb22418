/* SPDX-License-Identifier: GPL-2.0 */
/* Profiles on stdout, for people or as the document that they are loaded from. */
#ifndef VDEVCTL_OUT_PROFILE_H
#define VDEVCTL_OUT_PROFILE_H

#include <vdev/vdev.h>

#include "frame.h"
#include "tool.h"

struct profile_output {
	const struct options *options;
	struct frame frame;
	bool any;
};

/*
 * Print what stands before, between and after the profiles. out_profile() is a
 * vdev_profile_fn with the output as its argument, and begins with the first.
 * Each returns 0, -ENOMEM, or -EIO when stdout takes no more.
 */
void out_profile_init(struct profile_output *output, const struct options *options);
int out_profile(const struct vdev_profile *profile, void *arg);
int out_profile_end(struct profile_output *output);

#endif /* VDEVCTL_OUT_PROFILE_H */
