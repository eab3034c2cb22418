// SPDX-License-Identifier: GPL-2.0
/* The bricks of the text: keys, and values that may be absent. */
#include <inttypes.h>

#include "bricks.h"
#include "cli/text.h"
#include "common/words.h"

void text_word(FILE *file, const char *key, const char *value)
{
	if (!value)
		return;
	fprintf(file, " %s ", key);
	text_quoted(file, value);
}

void text_enum(FILE *file, const char *key, const char *known, uint32_t number)
{
	char buffer[WORD_SIZE];

	if (number)
		text_word(file, key, word_or_number(known, number, buffer));
}

struct flag_printer {
	FILE *file;
	text_flag_name *name;
	char separator;
	bool any;
};

static void print_flag(unsigned int bit, void *arg)
{
	struct flag_printer *printer = arg;
	char buffer[WORD_SIZE];

	if (printer->any)
		fputc(printer->separator, printer->file);
	printer->any = true;
	fputs(word_or_number(printer->name(bit), bit, buffer), printer->file);
}

void text_flags(FILE *file, const char *before, text_flag_name *name, uint32_t flags,
		const char *after)
{
	struct flag_printer printer = { .file = file, .name = name, .separator = ',' };

	if (!flags)
		return;
	fputs(before, file);
	each_flag(flags, print_flag, &printer);
	fputs(after, file);
}

void text_value(FILE *file, const char *key, const struct vdev_value *value)
{
	if (!value->type)
		return;
	fprintf(file, "%s%s ", *key ? " " : "", key);
	if (value->type == VDEV_VALUE_TYPE_U64)
		fprintf(file, "%" PRIu64, value->u64);
	else if (value->type == VDEV_VALUE_TYPE_STRING)
		text_quoted(file, value->string);
	else
		fputs(value->boolean ? "true" : "false", file);
}
