/* SPDX-License-Identifier: GPL-2.0 */
/* Options of vdevctl itself, which stand anywhere before "--". */
#ifndef VDEVCTL_GLOBALS_H
#define VDEVCTL_GLOBALS_H

#include "colour.h"
#include "command.h"

struct globals {
	struct options options;
	enum colour_when colour;
	/* A table in place of what "show" shows. */
	bool brief;
	/* A file of commands; and whether to go on after one that failed. */
	const char *batch;
	bool force;
	bool version;
	bool help;
};

/*
 * Take the words at the begin that are options, with their values. Complains and returns an
 * exit status other than 0 if one is not known, or its value is wrong.
 */
int globals_take_first(const struct command_table *table, int *argc, char ***argv,
		       struct globals *globals);

/*
 * Take those among the words of a command out of them. An option that is not known is left
 * to the command.
 */
int globals_take_rest(const struct command_table *table, const struct command *command,
		      int *argc, char **argv, struct globals *globals);

/*
 * The option that the first so many bytes of the word are, or the last of those that are joined
 * in it; NULL if it is none.
 */
const struct option_text *globals_find(const struct command_table *table, const char *word,
				       size_t len);

#endif /* VDEVCTL_GLOBALS_H */
