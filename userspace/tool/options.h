/* SPDX-License-Identifier: GPL-2.0 */
/* Options of a command, which stand anywhere after it. */
#ifndef VDEVCTL_OPTIONS_H
#define VDEVCTL_OPTIONS_H

#include <stdint.h>

#include "tool.h"

/* No command has more. */
#define MAX_OPTIONS 8

/*
 * What was given, by the place of the option in the command's table: NULL if
 * it was not; the value, or "" for an option that takes none.
 */
struct taken {
	const char *value[MAX_OPTIONS];
};

/*
 * Take the options of the command out of its words. Complains and returns an
 * exit status other than 0 if they make no sense.
 */
int options_take(const struct command *command, int *argc, char **argv, struct taken *taken);

/* A generation, which is a number from 0. */
int options_generation(const struct command *command, const char *what, const char *value,
		       uint64_t *generation);

#endif /* VDEVCTL_OPTIONS_H */
