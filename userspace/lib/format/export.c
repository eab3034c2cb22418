// SPDX-License-Identifier: LGPL-2.1
/* The bricks of the forms in which declarations travel. */
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
			fprintf(export->file, "%s\n", listing->entries[i].text);
	return 0;
}
