// SPDX-License-Identifier: GPL-2.0
/* The forms in which declarations travel, and which of them is asked for. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "export.h"

const struct keyword export_options[] = {
	{ "--token", NULL, "print a token for each endpoint, one on a line" },
	{ "--libvirt", NULL, "print XML for libvirt, with the token as metadata" },
	{ "--traits", NULL, "print traits for a placement service, one on a line" },
	[EXPORT_MAX_AGE] = MAX_AGE_OPTION,
};

_Static_assert(ARRAY_SIZE(export_options) == NUM_LIVE_EXPORT_OPTIONS, "options are counted");

int export_add_text(struct export *export, const struct endpoint *endpoint, char *text)
{
	return listing_add(&export->listing, vdev_declaration_kind(endpoint->declaration),
			   strdup(endpoint->handle ? endpoint->handle : ""), text);
}

static int add_token(struct export *export, const struct endpoint *endpoint)
{
	return export_add_text(export, endpoint, vdev_declaration_format(endpoint->declaration));
}

/* What stands there twice is printed once. */
static int print_lines(struct export *export)
{
	const struct listing *listing = &export->listing;
	size_t i;

	for (i = 0; i < listing->num; i++)
		if (!i || strcmp(listing->entries[i].name, listing->entries[i - 1].name) != 0 ||
		    strcmp(listing->entries[i].text, listing->entries[i - 1].text) != 0)
			puts(listing->entries[i].text);
	return 0;
}

static const struct {
	export_fn *add;
	int (*print)(struct export *export);
} forms[] = {
	{ add_token, print_lines },
	{ export_add_libvirt, export_print_libvirt },
	{ export_add_traits, print_lines },
	{ export_add_json, export_print_json },
};

int export_init(const struct command *command, const struct options *options,
		const struct taken *taken, struct export *export)
{
	size_t form = NUM_EXPORT_OPTIONS;
	size_t i;

	for (i = 0; i < NUM_EXPORT_OPTIONS; i++) {
		if (!taken->value[i])
			continue;
		if (form != NUM_EXPORT_OPTIONS)
			return complain_usage(command, "%s and %s exclude each other",
					      export_options[form].word, export_options[i].word);
		if (options->json)
			return complain_usage(command, "%s and JSON exclude each other",
					      export_options[i].word);
		form = i;
	}
	*export = (struct export){
		.add = forms[form].add,
		.print = forms[form].print,
		.pretty = options->pretty,
	};
	return EXIT_DONE;
}

int export_print(struct export *export)
{
	listing_sort(&export->listing);
	return export->print(export);
}

void export_free(struct export *export)
{
	listing_free(&export->listing);
	json_decref(export->keys);
}
