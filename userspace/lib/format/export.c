// SPDX-License-Identifier: LGPL-2.1
/* The bricks of the forms in which declarations travel. */
#include <string.h>

#include "export.h"

int export_add_text(struct export *export, const struct endpoint *endpoint, char *text)
{
	return listing_add(&export->listing, vdev_declaration_kind(endpoint->declaration),
			   strdup(endpoint->handle ? endpoint->handle : ""), text);
}

int export_print_lines(struct export *export, bool named)
{
	const struct entry *entry;
	size_t i;

	for (i = 0; i < export->listing.num; i++) {
		entry = &export->listing.entries[i];
		if (i && strcmp(entry->name, entry[-1].name) == 0 &&
		    strcmp(entry->text, entry[-1].text) == 0)
			continue;
		if (named && *entry->name)
			fprintf(export->file, "%s\t", entry->name);
		fprintf(export->file, "%s\n", entry->text);
	}
	return 0;
}
