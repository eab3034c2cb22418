/* SPDX-License-Identifier: GPL-2.0 */
/* A command, what it takes, and how it ends. */
#ifndef VDEVCTL_COMMAND_H
#define VDEVCTL_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Exit statuses. What was asked for was done, or the verdict is good; or else: */
enum {
	EXIT_DONE = 0,
	EXIT_ERROR = 1,
	EXIT_INCOMPATIBLE = 2,
	/* Not migratable at all, or nobody declares that it is. */
	EXIT_UNDECLARED = 3,
	EXIT_STALE = 4,
	/* The command line makes no sense. */
	EXIT_USAGE = 5,
	/* Nothing can be known or done here: no module, no permission, no such object. */
	EXIT_ABSENT = 6,
};

struct session;

struct options {
	bool json;
	bool pretty;
	bool details;
	bool statistics;
	bool strict;
	/* Other commands of the same process follow, or have been. */
	bool batch;
	struct session *session;
};

/* A word that a command takes, with the name of its value if it has one. */
struct keyword {
	const char *word;
	const char *value;
	const char *text;
};

struct command;

/* Returns an exit status. */
typedef int command_fn(const struct command *command, const struct options *options,
		       int argc, char **argv);

struct command {
	const char *object;
	/* NULL if the object alone is the command. */
	const char *name;
	/* It is meant where the object stands alone. */
	bool implied;
	const char *synopsis;
	const char *text;
	/* Lines that only the help about this command has; NULL for none. */
	const char *more;
	const struct keyword *keywords;
	size_t num_keywords;
	/* How names of its files end; NULL for those of documents. */
	const char *files;
	/* It ends the process, or can: so it does not run within a batch. */
	bool alone;
	/* The keywords are no conditions, but say what a device is to be. */
	bool configures;
	/* Begin with two dashes, and stand anywhere after the command. */
	const struct keyword *options;
	size_t num_options;
	/* What stands for each of them behind one dash, a blank for nothing; NULL for none. */
	const char *letters;
	command_fn *run;
};

enum global_option {
	GLOBAL_JSON,
	GLOBAL_PRETTY,
	GLOBAL_DETAILS,
	GLOBAL_STATISTICS,
	GLOBAL_BRIEF,
	GLOBAL_STRICT,
	GLOBAL_BATCH,
	GLOBAL_FORCE,
	GLOBAL_COLOR,
	GLOBAL_VERSION,
	GLOBAL_HELP,
};

/* Options of vdevctl itself. */
struct option_text {
	enum global_option option;
	/* Behind one dash. A single one can be joined with others. */
	const char *letters;
	/* Behind two dashes. */
	const char *word;
	/* What its value is called; NULL if it has none. */
	const char *value;
	/* The value is one of these, and can be left out. NULL ends them; NULL for any value. */
	const char *const *choices;
	const char *text;
};

struct command_table {
	const struct command *commands;
	size_t num_commands;
	const struct option_text *options;
	size_t num_options;
};

/* What stands for an option behind one dash; 0 for nothing. */
char command_letter(const struct command *command, size_t option);

/* NULL if there is none. @name may be NULL: the first of @object. */
const struct command *command_find(const struct command_table *table, const char *object,
				   const char *name);

/* Print a line: a text, and then "OBJECT COMMAND SYNOPSIS". */
void command_usage(FILE *file, const char *before, const struct command *command);

#endif /* VDEVCTL_COMMAND_H */
