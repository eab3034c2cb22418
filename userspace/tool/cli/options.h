/* SPDX-License-Identifier: GPL-2.0 */
/* Options of a command, which stand anywhere after it. */
#ifndef VDEVCTL_OPTIONS_H
#define VDEVCTL_OPTIONS_H

#include <stdint.h>

#include <vdev/vdev.h>

#include "command.h"

/* No command has more. */
#define MAX_OPTIONS 9

/* What people see is at most so old, in milliseconds, if the device answers. */
#define DEFAULT_MAX_AGE 1000

#define MAX_AGE_OPTION { "--max-age", "MS", \
	"wait up to 100 ms for facts that are at most so old (default 1000)" }

#define NUM_MAX_AGE_OPTIONS 1

/* Of commands that have no other option. */
extern const struct keyword max_age_options[];

/*
 * What was given, by the place of the option in the command's table: NULL if
 * it was not; the value, or "" for an option that takes none.
 */
struct taken {
	const char *value[MAX_OPTIONS];
	/* How many other words stand before "--"; -1 without it. */
	int num_before;
};

/*
 * Take the options of the command out of its words, before which stands the command's
 * name. Complains and returns an exit status other than 0 if they make no sense.
 */
int options_take(const struct command *command, int *argc, char **argv, struct taken *taken);

/*
 * Set how old facts may be: the value of the option, or the default for NULL.
 * Complains and returns an exit status other than 0 if it is no number.
 */
int options_max_age(const struct command *command, const char *value, struct vdev_sock *sock);

/* A generation, as INSTANCE:NUMBER. */
struct generation {
	uint32_t instance;
	uint64_t number;
};

int options_generation(const struct command *command, const char *what, const char *value,
		       struct generation *generation);

#endif /* VDEVCTL_OPTIONS_H */
