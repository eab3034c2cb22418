/* SPDX-License-Identifier: GPL-2.0 */
/* Strings from the kernel, made fit for a terminal or for JSON. */
#ifndef VDEVCTL_TEXT_H
#define VDEVCTL_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * A copy in which what is not valid UTF-8 is replaced by U+FFFD. The caller
 * frees it; NULL if there is no memory.
 */
char *text_valid(const char *text);

/*
 * JSON in which every control character is written as a number, also those that
 * JSON takes as they are. Takes the text over; NULL if there is no memory.
 */
char *text_escaped(char *json);

/* Print with every control character and every invalid byte made visible. */
void text_put(FILE *file, const char *text);

/* The same, in quotes where it would not be seen to be one word. */
void text_quoted(FILE *file, const char *text);

/* " generation INSTANCE:NUMBER"; nothing for no generation. */
void text_generation(FILE *file, uint32_t instance, uint64_t generation);

#endif /* VDEVCTL_TEXT_H */
