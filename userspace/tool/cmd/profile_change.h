/* SPDX-License-Identifier: GPL-2.0 */
/* What commands that change profiles have in common. */
#ifndef VDEVCTL_PROFILE_CHANGE_H
#define VDEVCTL_PROFILE_CHANGE_H

#include <vdev/vdev.h>

#include "cli/command.h"
#include "common/listing.h"
#include "print/out_profile.h"

/* The names of all profiles in the kernel. Complains; returns an exit status. */
int profile_names(const struct command *command, struct vdev_sock *sock,
		  struct listing *names);

/* Delete it, and print that. Returns 0 or an error of the library. */
int profile_delete(struct vdev_sock *sock, const char *name, struct profile_output *output);

/*
 * Delete all of @names that are not in @kept; @names are in order of precedence. Complains;
 * returns an exit status.
 */
int profile_delete_others(const struct command *command, struct vdev_sock *sock,
			  const struct listing *names, const struct listing *kept,
			  struct profile_output *output);

/* After changes: what was done is complete also if @status is a failure's. */
int profile_finish(const struct command *command, struct vdev_sock *sock,
		   struct profile_output *output, int status);

#endif /* VDEVCTL_PROFILE_CHANGE_H */
