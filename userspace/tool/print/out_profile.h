/* SPDX-License-Identifier: GPL-2.0 */
/* Profiles on stdout, for people or as the document that they are loaded from. */
#ifndef VDEVCTL_OUT_PROFILE_H
#define VDEVCTL_OUT_PROFILE_H

#include <jansson.h>
#include <vdev/vdev.h>

#include "cli/command.h"
#include "common/frame.h"

struct profile_output {
	const struct options *options;
	struct frame frame;
	bool any;
};

json_t *json_from_profile(const struct vdev_profile *profile);

/*
 * Print what stands before, between and after the profiles. out_profile() is a
 * vdev_profile_fn with the output as its argument, and begins with the first.
 * Each returns 0, -ENOMEM, or -EIO when stdout takes no more.
 */
void out_profile_init(struct profile_output *output, const struct options *options);
int out_profile(const struct vdev_profile *profile, void *arg);

/*
 * In the place of out_profile(), after a change of the profile: how many endpoints
 * have changed by it. People see it only if they ask for details.
 */
int out_profile_change(const struct vdev_profile *profile, struct profile_output *output);
int out_profile_end(struct profile_output *output);

#endif /* VDEVCTL_OUT_PROFILE_H */
