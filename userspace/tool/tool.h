/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of the tool share: options, the table of commands, exits. */
#ifndef VDEVCTL_TOOL_H
#define VDEVCTL_TOOL_H

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
};

struct options {
	bool json;
	bool pretty;
	bool details;
};

/* A word that a command takes, with the name of its value if it has one. */
struct keyword {
	const char *word;
	const char *value;
	const char *text;
};

struct command {
	const char *object;
	/* NULL if the object alone is the command. */
	const char *name;
	/* The name may be left out. */
	bool implied;
	const char *synopsis;
	const char *text;
	/* Lines that only the help about this command has; NULL for none. */
	const char *more;
	const struct keyword *keywords;
	size_t num_keywords;
	/* Begin with two dashes, and stand anywhere after the command. */
	const struct keyword *options;
	size_t num_options;
	int (*run)(const struct command *command, const struct options *options,
		   int argc, char **argv);
};

extern const struct command commands[];
extern const size_t num_commands;

/* Options before the object; @letter is what getopt_long() returns. */
struct option_text {
	char letter;
	const char *word;
	const char *text;
};

extern const struct option_text option_texts[];
extern const size_t num_option_texts;

/* commands.c: NULL if there is none. @name may be NULL: the first of @object. */
const struct command *find_command(const char *object, const char *name);

/* help.c: print to stdout; return an exit status. */
int help_run(int argc, char **argv);
int help_object(const char *object);

/* help.c: a line of a text, and then "OBJECT COMMAND SYNOPSIS". */
void help_usage(FILE *file, const char *before, const struct command *command);

/* Complain on stderr as "vdevctl: CONTEXT: TEXT"; return EXIT_ERROR. */
int complain(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int complain_memory(const struct command *command);

/* The same with a line about how it is used. */
int complain_usage(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

typedef int command_fn(const struct command *command, const struct options *options,
		       int argc, char **argv);

/* cmd_show.c, cmd_export.c, cmd_record.c, cmd_profile.c, cmd_stats.c, or as it is called. */
command_fn cmd_dev_show, cmd_type_show;
command_fn cmd_dev_export, cmd_type_export;
command_fn cmd_record_show, cmd_record_convert;
command_fn cmd_check;
command_fn cmd_find;
command_fn cmd_monitor;
command_fn cmd_baseline;
command_fn cmd_profile_load, cmd_profile_show, cmd_profile_del;
command_fn cmd_stats_show;

#endif /* VDEVCTL_TOOL_H */
