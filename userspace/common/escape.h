/* SPDX-License-Identifier: LGPL-2.1 */
/* Strings from anywhere, made fit for JSON. */
#ifndef VDEV_COMMON_ESCAPE_H
#define VDEV_COMMON_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for one character as text_json_char() writes it. */
#define TEXT_JSON_CHAR 16

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

/*
 * Write the first character of a text that is not empty as it stands within a string of
 * JSON, and its length to *len. Returns how many bytes of the text it takes.
 */
size_t text_json_char(const char *text, char json[TEXT_JSON_CHAR], size_t *len);

#endif /* VDEV_COMMON_ESCAPE_H */
