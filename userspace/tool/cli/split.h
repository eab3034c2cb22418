/* SPDX-License-Identifier: GPL-2.0 */
/* Lines of a file of commands, and the words in them. */
#ifndef VDEVCTL_SPLIT_H
#define VDEVCTL_SPLIT_H

#include <stddef.h>

/* What is wrong with a line that may have so many bytes; NULL if nothing is. */
const char *split_check(const char *text, size_t len, size_t most);

/* Room for the words of a line, and NULL behind them. */
#define SPLIT_ROOM(len) ((len) / 2 + 2)

/*
 * Cut a line, which ends in NUL, into words in its own memory. Blanks and tabs are between words.
 * In single quotes each character stands for itself; in double quotes, and without any, the one
 * behind a backslash does. # at the begin of a word is a comment, to the end of the line. Returns
 * what is wrong; NULL if nothing is.
 */
const char *split_words(char *text, char **words, int *num);

#endif /* VDEVCTL_SPLIT_H */
