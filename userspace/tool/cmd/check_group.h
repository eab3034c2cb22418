/* SPDX-License-Identifier: GPL-2.0 */
/* "check --group": which target each device of a machine is moved to. */
#ifndef VDEVCTL_CHECK_GROUP_H
#define VDEVCTL_CHECK_GROUP_H

#include <stdbool.h>

#include <vdev/vdev.h>

#include "cli/command.h"

struct group_args {
	const struct command *command;
	const struct options *options;
	struct vdev_sock *sock;
	/* No endpoint of this host can be meant. */
	bool offline;
	/* Only with an endpoint of this host. */
	bool max_age;
	/* How many of the words are sources; the others are targets. */
	int num_sources;
};

/* Returns an exit status. */
int check_group(const struct group_args *args, int argc, char **argv);

#endif /* VDEVCTL_CHECK_GROUP_H */
