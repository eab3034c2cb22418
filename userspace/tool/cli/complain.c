// SPDX-License-Identifier: GPL-2.0
/* Everything that goes to stderr. */
#include <stdarg.h>
#include <stdio.h>

#include "complain.h"
#include "text.h"

/* What is quoted may come from anywhere: it must not control the terminal. */
__attribute__((format(printf, 2, 0)))
static void say(const struct command *command, const char *format, va_list args)
{
	char text[1024];

	vsnprintf(text, sizeof(text), format, args);
	fputs("vdevctl: ", stderr);
	if (command)
		fprintf(stderr, "%s%s%s: ", command->object, command->name ? " " : "",
			command->name ? command->name : "");
	text_put(stderr, text);
	fputc('\n', stderr);
}

int complain(const struct command *command, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(command, format, args);
	va_end(args);
	return EXIT_ERROR;
}

int complain_absent(const struct command *command, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(command, format, args);
	va_end(args);
	return EXIT_ABSENT;
}

int complain_memory(const struct command *command)
{
	return complain(command, "cannot allocate memory");
}

int complain_usage(const struct command *command, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(command, format, args);
	va_end(args);
	if (command)
		command_usage(stderr, "Usage: vdevctl [OPTIONS] ", command);
	else
		fputs("Usage: vdevctl [OPTIONS] OBJECT COMMAND [ARGUMENTS]\n", stderr);
	fprintf(stderr, "Try 'vdevctl help%s%s' for more.\n", command ? " " : "",
		command ? command->object : "");
	return EXIT_USAGE;
}
