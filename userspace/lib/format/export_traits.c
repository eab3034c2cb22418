// SPDX-License-Identifier: LGPL-2.1
/*
 * Traits for placement services: words of A-Z, 0-9 and _, one on a line, or in the file in
 * which OpenStack's Nova reads what else its host has.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "nova_file.h"
#include "vocabulary.h"

/* Placement takes 255 characters, and wants CUSTOM_ before what is not its own. */
#define PREFIX "VDEV_"
#define CUSTOM "CUSTOM_"
#define TRAIT_MAX (255 - sizeof(CUSTOM PREFIX) + 1)
#define TRAITS(before) { \
	.prefix = before PREFIX, .max = TRAIT_MAX, .separator = '_', .dash = '_', \
	.upper = true, .kept = "", \
}

static int add_traits(struct export *export, const struct endpoint *endpoint)
{
	static const struct spelling traits = TRAITS("");

	return vocabulary_add(export, endpoint, &traits);
}

static int print_traits(struct export *export)
{
	return export_print_lines(export, false);
}

const struct export_form export_traits = { add_traits, print_traits };

static int add_custom(struct export *export, const struct endpoint *endpoint)
{
	static const struct spelling custom = TRAITS(CUSTOM);

	return vocabulary_add(export, endpoint, &custom);
}

/* All strings are quoted, and none can have a quote in it. */
static void write_nova(struct export *export, FILE *file)
{
	const struct entry *entry = NULL;
	const char *word;

	fputs(NOVA_FILE_HEAD, file);
	fputs(export->listing.num ? "\n" : NOVA_FILE_NONE, file);
	while ((word = vocabulary_next(export, &entry)))
		fprintf(file, NOVA_FILE_TRAIT, word);
}

/* It is printed only if Nova can read it. */
static int print_nova(struct export *export)
{
	char *text = NULL;
	size_t size;
	FILE *file;
	int error;

	file = open_memstream(&text, &size);
	if (!file)
		return -ENOMEM;
	write_nova(export, file);
	error = fclose(file) ? -ENOMEM : 0;
	if (!error && !nova_file_valid(text))
		error = -EILSEQ;
	if (!error)
		fputs(text, export->file);
	free(text);
	return error;
}

const struct export_form export_nova = { add_custom, print_nova };
