// SPDX-License-Identifier: LGPL-2.1
/*
 * Traits for placement services: words of A-Z, 0-9 and _, one on a line, or in the file in
 * which OpenStack's Nova reads what else its host has.
 */
#include <stdio.h>

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
static int print_nova(struct export *export)
{
	const struct entry *entry = NULL;
	const char *word;

	fprintf(export->file,
		"# Written by vdevctl, for [compute] provider_config_location of nova-compute.\n"
		"meta:\n"
		"  schema_version: '1.0'\n"
		"providers:\n"
		"  - identification:\n"
		"      uuid: '$COMPUTE_NODE'\n"
		"    traits:\n"
		"      additional:%s\n", export->listing.num ? "" : " []");
	while ((word = vocabulary_next(export, &entry)))
		fprintf(export->file, "        - '%s'\n", word);
	return 0;
}

const struct export_form export_nova = { add_custom, print_nova };
