// SPDX-License-Identifier: GPL-2.0
/* What all forms have in common in which declarations travel, and the token. */
#include <stdio.h>
#include <string.h>

#include "export.h"

int export_add_text(struct export *export, const struct endpoint *endpoint, char *text)
{
	return listing_add(&export->listing, vdev_declaration_kind(endpoint->declaration),
			   strdup(endpoint->handle ? endpoint->handle : ""), text);
}

int export_print_lines(struct export *export)
{
	const struct listing *listing = &export->listing;
	size_t i;

	for (i = 0; i < listing->num; i++)
		if (!i || strcmp(listing->entries[i].name, listing->entries[i - 1].name) != 0 ||
		    strcmp(listing->entries[i].text, listing->entries[i - 1].text) != 0)
			puts(listing->entries[i].text);
	return 0;
}

static int add_token(struct export *export, const struct endpoint *endpoint)
{
	return export_add_text(export, endpoint, vdev_declaration_format(endpoint->declaration));
}

const struct export_form export_token = { add_token, export_print_lines };

int export_add(struct export *export, const struct endpoint *endpoint)
{
	return export->form->add(export, endpoint);
}

int export_print(struct export *export)
{
	listing_sort(&export->listing);
	return export->form->print(export);
}

void export_free(struct export *export)
{
	listing_free(&export->listing);
	json_decref(export->keys);
}
