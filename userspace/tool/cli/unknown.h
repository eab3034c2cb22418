/* SPDX-License-Identifier: GPL-2.0 */
/* What is said about an object or a command that there is not. */
#ifndef VDEVCTL_UNKNOWN_H
#define VDEVCTL_UNKNOWN_H

#include "command.h"

/*
 * Complain about an object that there is not, or about a command of it, and list what there
 * is, the nearest first. Returns an exit status.
 */
int unknown_command(const struct command_table *table, const char *object, const char *name);

/* The same about an object that is missing, or about a command of it. */
int unknown_missing(const struct command_table *table, const char *object);

#endif /* VDEVCTL_UNKNOWN_H */
