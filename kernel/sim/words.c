// SPDX-License-Identifier: GPL-2.0
/*
 * The words of a command: cut apart, unescaped, read as numbers. An error names
 * the word itself, made fit to print.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "sim.h"

/* How much of an offending word is shown, in bytes. */
#define SHOWN	40

/**
 * sim_reject() - say why a command cannot be done
 * @error: where to say it
 * @err: the errno to return
 * @word: the offending word, or NULL
 * @fmt: the reason
 *
 * Return: @err.
 */
int sim_reject(struct sim_error *error, int err, const char *word,
	       const char *fmt, ...)
{
	size_t len = 0;
	va_list args;

	if (word && !*word)
		word = "(empty)";
	if (word)
		len = scnprintf(error->text, sizeof(error->text), "%*pE: ",
				(int)strnlen(word, SHOWN), word);
	va_start(args, fmt);
	vscnprintf(error->text + len, sizeof(error->text) - len, fmt, args);
	va_end(args);
	return err;
}

/* The next word of @text, or NULL; @text goes on behind it. */
char *sim_word(char **text)
{
	char *word;

	if (!*text)
		return NULL;
	*text += strspn(*text, " \t");
	word = strsep(text, " \t");
	return *word ? word : NULL;
}

/* Value of a hexadecimal digit, or -1. */
int sim_digit(char digit)
{
	if (isdigit(digit))
		return digit - '0';
	return isxdigit(digit) ? tolower(digit) - 'a' + 10 : -1;
}

/* The byte that %XX stands for, or -1. */
static int escaped_byte(const char *escape)
{
	int high = sim_digit(escape[1]);
	int low = high < 0 ? -1 : sim_digit(escape[2]);

	return low < 0 ? -1 : high << 4 | low;
}

/* Replace each %XX by its byte. A string cannot hold a byte of 0. */
int sim_unescape(struct sim_error *error, char *text)
{
	const char *from = text;
	char *to = text;
	int byte;

	while (*from) {
		if (*from != '%') {
			*to++ = *from++;
			continue;
		}
		byte = escaped_byte(from);
		if (byte <= 0)
			return sim_reject(error, -EINVAL, from,
					  "%% needs two hexadecimal digits other than 00");
		*to++ = byte;
		from += 3;
	}
	*to = '\0';
	return 0;
}

/* A number, decimal or 0x and hexadecimal, of at most @most. */
int sim_number(struct sim_error *error, const char *text, u64 most, u64 *number)
{
	if (kstrtou64(text, 0, number))
		return sim_reject(error, -EINVAL, text, "not a number");
	if (*number > most)
		return sim_reject(error, -ERANGE, text,
				  "number is above %llu", most);
	return 0;
}
