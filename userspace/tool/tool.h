/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of the tool share: options, the table of commands, exits. */
#ifndef VDEVCTL_TOOL_H
#define VDEVCTL_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Exit statuses; 2 and 3 are kept free. */
enum {
	EXIT_DONE = 0,
	EXIT_ERROR = 1,
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
	const char *name;
	const char *synopsis;
	const char *text;
	const struct keyword *keywords;
	size_t num_keywords;
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

/* Complain on stderr as "vdevctl: CONTEXT: TEXT"; return EXIT_ERROR. */
int complain(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same with a line about how it is used. */
int complain_usage(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* cmd_show.c */
int cmd_dev_show(const struct command *command, const struct options *options,
		 int argc, char **argv);
int cmd_type_show(const struct command *command, const struct options *options,
		  int argc, char **argv);
extern const struct keyword show_keywords[];

#endif /* VDEVCTL_TOOL_H */
