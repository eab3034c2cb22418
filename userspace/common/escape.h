/* SPDX-License-Identifier: LGPL-2.1 */
/* Strings from anywhere, made fit for JSON. */
#ifndef VDEV_COMMON_ESCAPE_H
#define VDEV_COMMON_ESCAPE_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a character does something else than to be seen. */
bool text_is_control(uint32_t code);

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

#endif /* VDEV_COMMON_ESCAPE_H */
