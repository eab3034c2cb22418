/* SPDX-License-Identifier: LGPL-2.1 */
/* How a word of several parts is written in a small alphabet. */
#ifndef VDEV_LIB_SPELLING_H
#define VDEV_LIB_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

/* Letters and digits of ASCII are in every alphabet. */
struct spelling {
	/* Stands before each word, and counts as no part of it. */
	const char *prefix;
	/* Most characters of a word. */
	size_t max;
	/* Between the parts of a word. */
	char separator;
	/* In the place of a dash, and of what is in no alphabet. */
	char dash;
	/* All letters are upper case; a name has lower ones. */
	bool upper;
	/* What else a name can have, as it is. */
	const char *kept;
};

struct part {
	const char *text;
	/* Anything at all; else one of the words that are known here. */
	bool name;
};

/*
 * The word of these parts, which the caller frees; NULL if there is no memory. Different parts
 * have different words, but for a collision of hashes: one stands behind a word that is too long,
 * or that @doubtful says others could be read as, or that does not show what its names are.
 */
char *spelling_word(const struct spelling *spelling, const struct part *parts, size_t num,
		    bool doubtful);

#endif /* VDEV_LIB_SPELLING_H */
