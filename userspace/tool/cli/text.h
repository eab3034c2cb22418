/* SPDX-License-Identifier: GPL-2.0 */
/* Strings from the kernel, made fit for a terminal. */
#ifndef VDEVCTL_TEXT_H
#define VDEVCTL_TEXT_H

#include <stdint.h>
#include <stdio.h>

/* Print with every control character and every invalid byte made visible. */
void text_put(FILE *file, const char *text);

/* The same in the colour of headings. */
void text_heading(FILE *file, const char *text);

/* The same, in quotes where it would not be seen to be one word. */
void text_quoted(FILE *file, const char *text);

/* " generation INSTANCE:NUMBER"; nothing for no generation. */
void text_generation(FILE *file, uint32_t instance, uint64_t generation);

#endif /* VDEVCTL_TEXT_H */
