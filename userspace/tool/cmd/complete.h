/* SPDX-License-Identifier: GPL-2.0 */
/* Completion for shells. */
#ifndef VDEVCTL_COMPLETE_H
#define VDEVCTL_COMPLETE_H

#include "cli/command.h"

/*
 * Print what the last word can become, the words before it being those of a command line. A line
 * has three fields with tabs between them:
 *	w WORD TEXT		a word, and what it is about
 *	p BEGIN TEXT		the begin of a word
 *	f BEGIN SUFFIX		BEGIN and the name of a file that ends so
 * Those that do not begin as the word does are printed, too. Returns an exit status.
 */
int complete_run(const struct command_table *table, int argc, char **argv);

#endif /* VDEVCTL_COMPLETE_H */
