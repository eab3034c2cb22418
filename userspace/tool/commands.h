/* SPDX-License-Identifier: GPL-2.0 */
/* The table of all commands. */
#ifndef VDEVCTL_COMMANDS_H
#define VDEVCTL_COMMANDS_H

#include "cli/command.h"

extern const struct command_table all_commands;

#endif /* VDEVCTL_COMMANDS_H */
