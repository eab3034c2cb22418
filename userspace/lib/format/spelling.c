// SPDX-License-Identifier: LGPL-2.1
/* How a word of several parts is written in a small alphabet. No locale has a say in it. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spelling.h"

/* With the separator before it. */
#define HASH_SIZE 9

/* FNV-1a of all parts, each with the zero behind it. */
static uint32_t hash(const struct part *parts, size_t num)
{
	uint32_t sum = 2166136261u;
	const char *text;

	for (; num; num--, parts++) {
		for (text = parts->text; *text; text++)
			sum = (sum ^ (unsigned char)*text) * 16777619u;
		sum *= 16777619u;
	}
	return sum;
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_plain(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static char spell(const struct spelling *spelling, char c)
{
	if (is_plain(c))
		return spelling->upper && is_lower(c) ? (char)(c - 'a' + 'A') : c;
	return c && strchr(spelling->kept, c) ? c : spelling->dash;
}

/* No other character is spelt the same. */
static bool shows(const struct spelling *spelling, char c)
{
	if (is_plain(c))
		return !spelling->upper || is_lower(c) || (c >= '0' && c <= '9');
	return c == '-' || strchr(spelling->kept, c);
}

static bool shows_all(const struct spelling *spelling, const char *name)
{
	if (!*name)
		return false;
	for (; *name; name++)
		if (!shows(spelling, *name))
			return false;
	return is_plain(name[-1]);
}

/* What is not in the word is in the hash. */
static void put_hash(const struct spelling *spelling, char *word, size_t len, uint32_t sum)
{
	if (len > spelling->max - HASH_SIZE)
		len = spelling->max - HASH_SIZE;
	sprintf(word + len, spelling->upper ? "%c%08" PRIX32 : "%c%08" PRIx32,
		spelling->separator, sum);
}

char *spelling_word(const struct spelling *spelling, const struct part *parts, size_t num,
		    bool doubtful)
{
	size_t size = strlen(spelling->prefix) + HASH_SIZE + 1;
	char *whole, *word, *end;
	const char *text;
	size_t i;

	for (i = 0; i < num; i++)
		size += strlen(parts[i].text) + 1;
	whole = malloc(size);
	if (!whole)
		return NULL;
	word = stpcpy(whole, spelling->prefix);
	end = word;
	for (i = 0; i < num; i++) {
		if (i)
			*end++ = spelling->separator;
		for (text = parts[i].text; *text; text++)
			*end++ = spell(spelling, *text);
		doubtful |= parts[i].name && !shows_all(spelling, parts[i].text);
	}
	*end = '\0';
	if (doubtful || (size_t)(end - word) > spelling->max)
		put_hash(spelling, word, (size_t)(end - word), hash(parts, num));
	return whole;
}
