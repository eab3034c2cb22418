/* SPDX-License-Identifier: GPL-2.0 */
/* What may come next on a command line, by the table of commands. */
#ifndef VDEVCTL_EXPECT_H
#define VDEVCTL_EXPECT_H

#include "command.h"
#include "synopsis.h"

struct expect {
	/* An object, or, behind "help" too, one of its commands. */
	bool object;
	/* "help" may stand there. */
	bool help;
	/* The object whose command is expected; NULL for none. */
	const char *command_of;
	/* What belongs to this command; NULL for none. */
	const struct command *command;
	/*
	 * The value of this word, by its name in the synopsis or help; word is NULL if it is not a
	 * value.
	 */
	const char *word;
	const char *value;
	size_t value_len;
	/* The value of this option of vdevctl itself; NULL for none. */
	const struct option_text *option;
};

/* By the words that are there, without the one that is being typed. */
void expect_next(const struct command_table *table, int argc, char **argv, struct expect *expect);

/* The name of the value of that number of a keyword, option or word; false if it has none. */
bool expect_value(const struct command *command, const char *word, size_t number,
		  const char **value, size_t *len);

#endif /* VDEVCTL_EXPECT_H */
