/* SPDX-License-Identifier: GPL-2.0 */
/* What "check" needs to know where it has several sources and targets. */
#ifndef VDEVCTL_CHECK_MANY_H
#define VDEVCTL_CHECK_MANY_H

#include <stdbool.h>

#include <vdev/vdev.h>

#include "cli/command.h"

struct many_args {
	const struct command *command;
	const struct options *options;
	struct vdev_sock *sock;
	/* The option that asks for it. */
	const char *option;
	/* No endpoint of this host can be meant. */
	bool offline;
	/* Only with an endpoint of this host. */
	bool max_age;
	/* How many of the words are sources; the others are targets. -1 without "--". */
	int num_sources;
};

/* Of so many sources and targets. Complains; returns an exit status. */
int many_check_numbers(const struct many_args *args, int num_targets, int most);

/* Whether any of them is an endpoint of this host. */
int many_check_live(const struct many_args *args, bool live);

/* Each returns an exit status. */
int check_group(const struct many_args *args, int argc, char **argv);
int check_all(const struct many_args *args, int argc, char **argv);

#endif /* VDEVCTL_CHECK_MANY_H */
