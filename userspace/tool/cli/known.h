/* SPDX-License-Identifier: GPL-2.0 */
/* Words that could have been meant where one is not known: the nearest first. */
#ifndef VDEVCTL_KNOWN_H
#define VDEVCTL_KNOWN_H

#include <stddef.h>

/* No list of words is longer. */
#define KNOWN_MAX 64
/* Room for the text of any list. */
#define KNOWN_TEXT 768

struct known {
	const char *words[KNOWN_MAX];
	size_t num;
};

/* A word that is in the list, or does not fit, is not added. */
void known_add(struct known *known, const char *word);

/*
 * Write the words, with commas between them; those nearest to @word come first. If it is empty,
 * they stay in their order.
 */
const char *known_text(struct known *known, const char *word, char text[KNOWN_TEXT]);

#endif /* VDEVCTL_KNOWN_H */
