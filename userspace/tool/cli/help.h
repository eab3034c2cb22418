/* SPDX-License-Identifier: GPL-2.0 */
/* Help for people. */
#ifndef VDEVCTL_HELP_H
#define VDEVCTL_HELP_H

#include "command.h"

/* Print to stdout, the words after "help" being @argv; return an exit status. */
int help_run(const struct command_table *table, int argc, char **argv);

/* About one object, or its command that is @argv. */
int help_object(const struct command_table *table, const char *object, int argc, char **argv);
int help_command(const struct command *command);

#endif /* VDEVCTL_HELP_H */
