// SPDX-License-Identifier: GPL-2.0
/*
 * Strings from the kernel, made fit for a terminal. A provider is trusted code, but what it
 * repeats may come from a device.
 */
#include <inttypes.h>
#include <string.h>

#include "kernel/model/utf8.h"

#include "common/escape.h"
#include "colour.h"
#include "text.h"

static void put_visible(FILE *file, const char *text, const char *escape)
{
	uint32_t code;

	while (*text) {
		size_t len = vdev_utf8_char(text, &code);

		if (strchr(escape, *text))
			fputc('\\', file);
		if (len && !text_is_control(code))
			fwrite(text, 1, len, file);
		else if (len > 1)
			fputs("?", file);
		else
			fprintf(file, "\\x%02x", (unsigned char)*text);
		text += len ? len : 1;
	}
}

void text_put(FILE *file, const char *text)
{
	put_visible(file, text, "");
}

void text_heading(FILE *file, const char *text)
{
	colour_begin(file, COLOUR_HEADING);
	text_put(file, text);
	colour_end(file, COLOUR_HEADING);
}

void text_quoted(FILE *file, const char *text)
{
	if (*text && !strpbrk(text, " \"\\")) {
		put_visible(file, text, "");
		return;
	}
	fputc('"', file);
	put_visible(file, text, "\"\\");
	fputc('"', file);
}

/* As options_generation() reads it. */
void text_generation(FILE *file, uint32_t instance, uint64_t generation)
{
	if (generation && instance)
		fprintf(file, " generation %" PRIu32 ":%" PRIu64, instance, generation);
	else if (generation)
		fprintf(file, " generation %" PRIu64, generation);
}
