// SPDX-License-Identifier: LGPL-2.1
/* Reads what was written for Nova as Nova does, but takes no more than vdev writes. */
#include <string.h>

#include "nova_file.h"

#define CUSTOM "CUSTOM_"
#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
#define TRAIT_MAX 255
#define BEFORE "        - '"
#define BEHIND "'\n"

/* What is behind @expected at the beginning of the text; NULL if it does not begin so. */
static const char *skip(const char *text, const char *expected)
{
	size_t len = strlen(expected);

	return text && strncmp(text, expected, len) == 0 ? text + len : NULL;
}

/* Is the first text before the second? They need not end behind their length. */
static bool is_before(const char *first, size_t first_len, const char *second, size_t second_len)
{
	int order = memcmp(first, second, first_len < second_len ? first_len : second_len);

	return order < 0 || (order == 0 && first_len < second_len);
}

bool nova_file_valid(const char *text)
{
	const char *line = skip(text, NOVA_FILE_HEAD), *trait, *last = "";
	size_t len, last_len = 0;

	if (!line || strcmp(line, NOVA_FILE_NONE) == 0)
		return line;
	line = skip(line, "\n");
	do {
		trait = skip(line, BEFORE);
		if (!skip(trait, CUSTOM))
			return false;
		len = strspn(trait, ALPHABET);
		if (len > TRAIT_MAX || !is_before(last, last_len, trait, len))
			return false;
		last = trait;
		last_len = len;
		line = skip(trait + len, BEHIND);
	} while (line && *line);
	return line;
}
