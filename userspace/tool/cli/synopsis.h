/* SPDX-License-Identifier: GPL-2.0 */
/* The synopsis of a command, read as a grammar: its words, their values, its operands. */
#ifndef VDEVCTL_SYNOPSIS_H
#define VDEVCTL_SYNOPSIS_H

#include <stdbool.h>
#include <stddef.h>

/* What an operand or a value can be. */
enum operand {
	OPERAND_DEV = 1 << 0,
	OPERAND_TYPE = 1 << 1,
	OPERAND_PARENT = 1 << 2,
	OPERAND_PROFILE = 1 << 3,
	/* The name of a file; of a document, one may be a handle or a token instead. */
	OPERAND_FILE = 1 << 4,
	OPERAND_DOCUMENT = 1 << 5,
	/* Also this host. */
	OPERAND_HOST = 1 << 6,
};

/* A part of a synopsis: a word that is typed as it is, or the name of what stands there. */
struct synopsis_part {
	const char *text;
	size_t len;
	/* The part is a value of this word, the one of that number; NULL for none. */
	const char *word;
	size_t word_len;
	size_t number;
};

/* Read the next part; false at the end. *part is all zero before the first. */
bool synopsis_next(const char **rest, struct synopsis_part *part);

/* Whether it is typed as it is. */
bool synopsis_is_word(const struct synopsis_part *part);

/* Whether the part is this text. */
bool synopsis_is(const struct synopsis_part *part, const char *text);

/* enum operand, by the name of what stands there; 0 if it is nothing that can be listed. */
unsigned int synopsis_operand(const char *name, size_t len);

#endif /* VDEVCTL_SYNOPSIS_H */
