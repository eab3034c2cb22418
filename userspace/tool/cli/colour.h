/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Colour on stdout. It repeats what the words say, so that nothing is lost without it; JSON
 * and what programs read have none.
 */
#ifndef VDEVCTL_COLOUR_H
#define VDEVCTL_COLOUR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum colour_when {
	COLOUR_AUTO,
	COLOUR_ALWAYS,
	COLOUR_NEVER,
};

/* What these are called, in their order; NULL ends them. */
extern const char *const colour_words[];

enum colour {
	COLOUR_NONE,
	COLOUR_HEADING,
	COLOUR_GOOD,
	COLOUR_CAUTION,
	COLOUR_BAD,
	COLOUR_CHANGE,
};

/* Decide, before anything is printed, whether stdout gets any. */
void colour_prepare(enum colour_when when);
bool colour_wanted(void);

/* Begin and end it. For another stream than stdout nothing is done. */
void colour_begin(FILE *file, enum colour colour);
void colour_end(FILE *file, enum colour colour);

/* A text that is ours, in its colour. */
void colour_puts(FILE *file, enum colour colour, const char *text);

/* The sequence that begins it, as cells of a table take it; NULL for none. */
const char *colour_sequence(enum colour colour);

#endif /* VDEVCTL_COLOUR_H */
