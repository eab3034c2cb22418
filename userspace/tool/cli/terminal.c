// SPDX-License-Identifier: GPL-2.0
/*
 * How wide a terminal is, and what is printed there. COLUMNS is also for what has no
 * terminal as its stdout, but prints on one, such as watch.
 */
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "kernel/model/utf8.h"

#include "terminal.h"

/* Of a terminal that does not know how wide it is. */
#define DEFAULT_WIDTH 80
#define MAX_WIDTH 65535

bool terminal_is_able(void)
{
	const char *type = getenv("TERM");

	return type && *type && strcmp(type, "dumb") != 0;
}

/* 0 if it is not set, or is no number of columns. */
static size_t width_wanted(void)
{
	const char *text = getenv("COLUMNS");
	unsigned long number;
	char *end;

	if (!text || *text < '0' || *text > '9')
		return 0;
	number = strtoul(text, &end, 10);
	return *end || number > MAX_WIDTH ? 0 : number;
}

void terminal_use_utf8(void)
{
	static bool used;

	if (!used)
		setlocale(LC_CTYPE, "C.UTF-8");
	used = true;
}

size_t terminal_width(void)
{
	struct winsize size = { 0 };
	size_t width = width_wanted();

	if (width || !isatty(STDOUT_FILENO))
		return width;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col ? DEFAULT_WIDTH :
									 size.ws_col;
}

/* The length of the character, and the columns that it takes. */
static size_t next_char(const char *text, size_t *width)
{
	uint32_t code;
	size_t len = vdev_utf8_char(text, &code);
	int columns;

	terminal_use_utf8();
	columns = len ? wcwidth((wchar_t)code) : 1;
	*width = columns > 0 ? (size_t)columns : 0;
	return len ? len : 1;
}

size_t terminal_text_width(const char *text)
{
	size_t width, sum = 0;

	while (*text) {
		text += next_char(text, &width);
		sum += width;
	}
	return sum;
}

/* How much of the text fits, at least one character of it; the blank behind it is none of it. */
static size_t fitting(const char *text, size_t room)
{
	size_t len, width, sum = 0, at = 0, blank = 0;

	for (; text[at]; at += len) {
		len = next_char(text + at, &width);
		sum += width;
		if (text[at] == ' ')
			blank = at;
		if (at && sum > room)
			return blank ? blank : at;
	}
	return at;
}

char *terminal_wrap(const char *text, size_t width)
{
	/* A break takes the place of a blank, or follows a character. */
	char *copy = malloc(2 * strlen(text) + 1);
	char *end = copy;
	size_t len;

	while (copy && *text) {
		len = fitting(text, width);
		end = mempcpy(end, text, len);
		text += len;
		if (*text)
			*end++ = '\n';
		if (*text == ' ')
			text++;
	}
	if (copy)
		*end = '\0';
	return copy;
}
