// SPDX-License-Identifier: GPL-2.0
/* Text of others on a page of HTML: names and reasons come from devices and from other hosts. */
#include <string.h>

#include "kernel/model/utf8.h"

#include "cli/text.h"
#include "html.h"

static const char *find_entity(char letter)
{
	switch (letter) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	}
	return NULL;
}

void html_text_len(FILE *file, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *entity = find_entity(*text);
		char letter[5] = { 0 };
		uint32_t code;
		size_t size = vdev_utf8_char(text, &code);

		memcpy(letter, text, size ? size : 1);
		if (entity)
			fputs(entity, file);
		else
			text_put(file, letter);
		text += size ? size : 1;
	}
}

void html_text(FILE *file, const char *text)
{
	html_text_len(file, text, strlen(text));
}
