/* SPDX-License-Identifier: GPL-2.0 */
/* How wide what reads stdout is, and what is printed there. */
#ifndef VDEVCTL_TERMINAL_H
#define VDEVCTL_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What is printed is UTF-8, whatever the environment says. The locale is set when the width of
 * a text is needed: that takes a part of the start of a short command.
 */
void terminal_use_utf8(void);

/* Whether it takes more than text. */
bool terminal_is_able(void);

/* Columns of the terminal; 0 if there is none, and nothing is cut or wrapped for it. */
size_t terminal_width(void);

/* Columns that visible text takes. */
size_t terminal_text_width(const char *text);

/*
 * A copy in lines that are no wider, which ends where a blank was, or within a word that is
 * wider itself. The caller frees it; NULL if there is no memory.
 */
char *terminal_wrap(const char *text, size_t width);

#endif /* VDEVCTL_TERMINAL_H */
