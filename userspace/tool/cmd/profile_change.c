// SPDX-License-Identifier: GPL-2.0
/* What commands that change profiles have in common: what is there before, and the end. */
#include <errno.h>
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

int profile_delete(struct vdev_sock *sock, const char *name, struct profile_output *output)
{
	struct vdev_profile *profile;
	int err = vdev_profile_del(sock, name, &profile);

	if (!err)
		err = out_profile_change(profile, output);
	vdev_profile_free(profile);
	return err;
}

/*
 * In reverse order of precedence, so that none comes into effect for an endpoint. One that
 * is gone meanwhile is what was wanted.
 */
int profile_delete_others(const struct command *command, struct vdev_sock *sock,
			  const struct listing *names, const struct listing *kept,
			  struct profile_output *output)
{
	const char *name;
	int err, status;
	size_t i;

	for (i = names->num; i--;) {
		name = names->entries[i].name;
		if (listing_find(kept, name))
			continue;
		err = profile_delete(sock, name, output);
		/* That it cannot be printed is found at the end. */
		status = err == -ENOENT ? EXIT_DONE : fetch_status(command, sock, name, err);
		if (status)
			return status;
	}
	return EXIT_DONE;
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
