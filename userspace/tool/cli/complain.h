/* SPDX-License-Identifier: GPL-2.0 */
/* Everything that goes to stderr. */
#ifndef VDEVCTL_COMPLAIN_H
#define VDEVCTL_COMPLAIN_H

#include "command.h"

/* Complain on stderr as "vdevctl: CONTEXT: TEXT"; return EXIT_ERROR. */
int complain(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int complain_memory(const struct command *command);

/*
 * From now on it is said of a line of a file, without how commands are used. NULL for no file;
 * the name must stay valid.
 */
void complain_place(const char *file, unsigned long line);

/* Behind what was said, what can be done about it. */
void complain_hint(const struct command *command, const char *hint);

/* What was said last but for hints, since that line began; NULL if nothing was. */
const char *complain_last(void);

/* The same about stdout; 0 if the errno is not known. */
int complain_output(int error);

/* The same about an object that there is not; return EXIT_ABSENT. */
int complain_absent(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same with a line about how it is used; return EXIT_USAGE. */
int complain_usage(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif /* VDEVCTL_COMPLAIN_H */
