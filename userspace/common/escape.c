// SPDX-License-Identifier: LGPL-2.1
/*
 * Strings from anywhere, made fit for JSON. A provider is trusted code, but what it repeats
 * may come from a device.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/model/utf8.h"

#include "escape.h"

#define REPLACEMENT "\xef\xbf\xbd"

/* Nearly all text is of such characters, and nothing is to be done about one. */
static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7f;
}

static size_t plain_length(const char *text)
{
	const char *end = text;

	while (is_plain(*end))
		end++;
	return (size_t)(end - text);
}

char *text_valid(const char *text)
{
	size_t plain = plain_length(text);
	char *copy = malloc(plain + strlen(text + plain) * strlen(REPLACEMENT) + 1);
	char *end = copy;
	uint32_t code;

	if (!copy)
		return NULL;
	end = mempcpy(end, text, plain);
	for (text += plain; *text;) {
		size_t len = vdev_utf8_char(text, &code);

		end = mempcpy(end, len ? text : REPLACEMENT, len ? len : strlen(REPLACEMENT));
		text += len ? len : 1;
	}
	*end = '\0';
	return copy;
}

bool text_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	       /* Marks that change the direction of what is beside them, and ends of lines. */
	       code == 0x61c || (code >= 0x2028 && code <= 0x202e) ||
	       /* What takes no room, so that two names look the same; more such marks. */
	       (code >= 0x200b && code <= 0x200f) || (code >= 0x2060 && code <= 0x206f) ||
	       code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb);
}

/* The next control character in valid text, NULL if there is none; *len is its length. */
static char *find_control(char *text, size_t *len, uint32_t *code)
{
	for (text += plain_length(text); *text; text += *len + plain_length(text + *len)) {
		*len = vdev_utf8_char(text, code);
		if (text_is_control(*code) && *code != '\n')
			return text;
	}
	return NULL;
}

/* Four digits are enough for each of them. */
char *text_escaped(char *json)
{
	size_t size, len;
	char *copy = NULL, *next = json, *pos;
	uint32_t code;
	FILE *file;

	if (!json || !find_control(json, &len, &code))
		return json;
	file = open_memstream(&copy, &size);
	for (pos = json; file && (next = find_control(pos, &len, &code)); pos = next + len)
		fprintf(file, "%.*s\\u%04X", (int)(next - pos), pos, code);
	if (file) {
		fputs(pos, file);
		if (fclose(file)) {
			free(copy);
			copy = NULL;
		}
	}
	free(json);
	return copy;
}

/* The letter behind the backslash; 0 if there is none for this character. */
static char short_escape(uint32_t code)
{
	static const char letters[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
					['\r'] = 'r', ['"'] = '"', ['\\'] = '\\' };

	return code < sizeof(letters) ? letters[code] : '\0';
}

size_t text_json_char(const char *text, char json[TEXT_JSON_CHAR], size_t *len)
{
	uint32_t code = 0;
	size_t taken = vdev_utf8_char(text, &code);
	char letter = short_escape(code);

	if (!taken)
		*len = (size_t)sprintf(json, REPLACEMENT);
	else if (letter)
		*len = (size_t)sprintf(json, "\\%c", letter);
	else if (text_is_control(code))
		*len = (size_t)sprintf(json, "\\u%04X", code);
	else
		*len = (size_t)sprintf(json, "%.*s", (int)taken, text);
	return taken ? taken : 1;
}
