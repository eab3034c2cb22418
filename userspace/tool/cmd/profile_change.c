// SPDX-License-Identifier: GPL-2.0
/* What commands that change profiles have in common: what is there before, and the end. */
#include <string.h>

#include "fetch.h"
#include "profile_change.h"

static int add_name(const struct vdev_profile *profile, void *arg)
{
	return listing_add(arg, 0, strdup(vdev_profile_name(profile)), strdup(""));
}

int profile_names(const struct command *command, struct vdev_sock *sock, struct listing *names)
{
	return fetch_status(command, sock, NULL, vdev_profile_dump(sock, add_name, names));
}

int profile_finish(const struct command *command, struct vdev_sock *sock,
		   struct profile_output *output, int status)
{
	int err;

	if (status && !output->any)
		return status;
	err = out_profile_end(output);
	return status ? status : fetch_status(command, sock, NULL, err);
}
