// SPDX-License-Identifier: GPL-2.0
/*
 * Which known words are the nearest to one that is not known. The distance is how many letters
 * must be inserted, removed, replaced or swapped with the next one; a word that only lacks its
 * end has the distance 0.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "known.h"

/* What is longer is not compared behind this. */
#define LETTERS 32

struct place {
	const char *word;
	size_t distance;
	size_t order;
};

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Rows are of the letters of @b; the last two are all that is needed. */
static size_t known_letters(const char *a, const char *b)
{
	size_t rows[3][LETTERS + 1] = { 0 };
	size_t *before = rows[0], *last = rows[1], *row = rows[2], *spare;
	size_t len_a = strnlen(a, LETTERS), len_b = strnlen(b, LETTERS);
	size_t i, k;

	for (k = 0; k <= len_b; k++)
		last[k] = k;
	memcpy(before, last, sizeof(rows[0]));
	for (i = 1; i <= len_a; i++) {
		row[0] = i;
		for (k = 1; k <= len_b; k++) {
			row[k] = smaller(smaller(last[k], row[k - 1]) + 1,
					 last[k - 1] + (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				row[k] = smaller(row[k], before[k - 2] + 1);
		}
		spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return last[len_b];
}

static size_t known_distance(const char *word, const char *known)
{
	return strncmp(word, known, strlen(word)) == 0 ? 0 : known_letters(word, known);
}

static int compare(const void *a, const void *b)
{
	const struct place *one = a, *other = b;

	if (one->distance != other->distance)
		return one->distance < other->distance ? -1 : 1;
	return one->order < other->order ? -1 : 1;
}

void known_add(struct known *known, const char *word)
{
	size_t i;

	for (i = 0; i < known->num; i++)
		if (strcmp(known->words[i], word) == 0)
			return;
	if (known->num < KNOWN_MAX)
		known->words[known->num++] = word;
}

const char *known_text(struct known *known, const char *word, char text[KNOWN_TEXT])
{
	struct place places[KNOWN_MAX] = { 0 };
	size_t len = 0;
	size_t i;

	for (i = 0; i < known->num; i++)
		places[i] = (struct place){
			known->words[i], known_distance(word, known->words[i]), i
		};
	qsort(places, known->num, sizeof(places[0]), compare);
	text[0] = '\0';
	for (i = 0; i < known->num && len < KNOWN_TEXT; i++)
		len += (size_t)snprintf(text + len, KNOWN_TEXT - len, "%s%s", i ? ", " : "",
					places[i].word);
	return text;
}
