// SPDX-License-Identifier: GPL-2.0
/* Whether stdout gets colour, and the sequences that every terminal knows. */
#include <stdlib.h>
#include <unistd.h>

#include "colour.h"
#include "terminal.h"

#define RESET "\033[0m"

const char *const colour_words[] = {
	[COLOUR_AUTO] = "auto",
	[COLOUR_ALWAYS] = "always",
	[COLOUR_NEVER] = "never",
	NULL,
};

static const char *const sequences[] = {
	[COLOUR_NONE] = NULL,
	[COLOUR_HEADING] = "\033[1m",
	[COLOUR_GOOD] = "\033[32m",
	[COLOUR_CAUTION] = "\033[33m",
	[COLOUR_BAD] = "\033[31m",
	[COLOUR_CHANGE] = "\033[36m",
};

static bool wanted;

/* See https://no-color.org. */
static bool is_able(void)
{
	const char *unwanted = getenv("NO_COLOR");

	if (unwanted && *unwanted)
		return false;
	return terminal_is_able() && isatty(STDOUT_FILENO);
}

void colour_prepare(enum colour_when when)
{
	wanted = when == COLOUR_ALWAYS || (when == COLOUR_AUTO && is_able());
}

bool colour_wanted(void)
{
	return wanted;
}

void colour_begin(FILE *file, enum colour colour)
{
	if (wanted && file == stdout && sequences[colour])
		fputs(sequences[colour], file);
}

void colour_end(FILE *file, enum colour colour)
{
	if (wanted && file == stdout && sequences[colour])
		fputs(RESET, file);
}

void colour_puts(FILE *file, enum colour colour, const char *text)
{
	colour_begin(file, colour);
	fputs(text, file);
	colour_end(file, colour);
}

const char *colour_sequence(enum colour colour)
{
	return sequences[colour];
}
