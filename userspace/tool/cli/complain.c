// SPDX-License-Identifier: GPL-2.0
/* Everything that goes to stderr. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "complain.h"
#include "progress.h"
#include "text.h"

static const char *place_file;
static unsigned long place_line;
static char last[1024];

void complain_place(const char *file, unsigned long line)
{
	place_file = file;
	place_line = line;
	last[0] = '\0';
}

const char *complain_last(void)
{
	return last[0] ? last : NULL;
}

/* What is quoted may come from anywhere: it must not control the terminal. */
static void say_text(const struct command *command, const char *text)
{
	progress_pause();
	fputs("vdevctl: ", stderr);
	if (place_file) {
		text_put(stderr, place_file);
		fprintf(stderr, ":%lu: ", place_line);
	}
	if (command)
		fprintf(stderr, "%s%s%s: ", command->object, command->name ? " " : "",
			command->name ? command->name : "");
	text_put(stderr, text);
	fputc('\n', stderr);
}

__attribute__((format(printf, 2, 0)))
static void say(const struct command *command, const char *format, va_list args)
{
	vsnprintf(last, sizeof(last), format, args);
	say_text(command, last);
}

void complain_hint(const struct command *command, const char *hint)
{
	say_text(command, hint);
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

int complain_output(int error)
{
	return complain(NULL, "cannot write the output%s%s", error ? ": " : "",
			error ? strerror(error) : "");
}

int complain_usage(const struct command *command, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(command, format, args);
	va_end(args);
	if (place_file)
		return EXIT_USAGE;
	if (command)
		command_usage(stderr, "Usage: vdevctl [OPTIONS] ", command);
	else
		fputs("Usage: vdevctl [OPTIONS] OBJECT COMMAND [ARGUMENTS]\n", stderr);
	fprintf(stderr, "Try 'vdevctl help%s%s' for more.\n", command ? " " : "",
		command ? command->object : "");
	return EXIT_USAGE;
}
