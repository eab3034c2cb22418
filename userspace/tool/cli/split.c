// SPDX-License-Identifier: GPL-2.0
/* Cutting a line into words. A word never becomes longer than what it was written as. */
#include <stdbool.h>
#include <string.h>

#include "split.h"

const char *split_check(const char *text, size_t len, size_t most)
{
	size_t i;

	if (len > most)
		return "the line is too long";
	for (i = 0; i < len; i++)
		if (text[i] != '\t' && ((unsigned char)text[i] < 0x20 || text[i] == 0x7f))
			return "the line has control characters";
	return NULL;
}

/* The place of the word, and where the next character of it is written. */
struct cut {
	const char *from;
	char *to;
};

/* What stands behind the opening quote, and that. */
static const char *cut_quoted(struct cut *cut, char quote)
{
	while (*cut->from && *cut->from != quote) {
		if (quote == '"' && *cut->from == '\\' && cut->from[1])
			cut->from++;
		*cut->to++ = *cut->from++;
	}
	if (!*cut->from)
		return "a quote is not closed";
	cut->from++;
	return NULL;
}

static const char *cut_word(struct cut *cut)
{
	const char *why = NULL;

	while (!why && *cut->from && *cut->from != ' ' && *cut->from != '\t') {
		char letter = *cut->from++;

		if (letter == '\'' || letter == '"') {
			why = cut_quoted(cut, letter);
			continue;
		}
		if (letter == '\\' && !*cut->from)
			return "nothing is behind the backslash";
		*cut->to++ = letter == '\\' ? *cut->from++ : letter;
	}
	return why;
}

const char *split_words(char *text, char **words, int *num)
{
	struct cut cut = { .from = text };
	const char *why = NULL;

	for (*num = 0; !why; ++*num) {
		bool last;

		cut.from += strspn(cut.from, " \t");
		if (!*cut.from || *cut.from == '#')
			break;
		words[*num] = cut.to = text + (cut.from - text);
		why = cut_word(&cut);
		last = !*cut.from;
		*cut.to = '\0';
		cut.from += !last;
	}
	words[*num] = NULL;
	return why;
}
