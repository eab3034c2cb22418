// SPDX-License-Identifier: LGPL-2.1
/* What all forms have in common in which declarations travel, and the token. */
#include <errno.h>
#include <string.h>

#include "export.h"
#include "internal.h"

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

static int add_token(struct export *export, const struct endpoint *endpoint)
{
	return export_add_text(export, endpoint, vdev_declaration_format(endpoint->declaration));
}

static const struct export_form export_token = { add_token, export_print_lines };

static const struct export_form *const forms[] = {
	[VDEV_FORM_JSON] = &export_json,
	[VDEV_FORM_TOKEN] = &export_token,
	[VDEV_FORM_LIBVIRT] = &export_libvirt,
	[VDEV_FORM_TRAITS] = &export_traits,
};

VDEV_API int vdev_document_write(const struct vdev_document *document, enum vdev_form form,
				 uint32_t flags, FILE *file)
{
	struct export export = { .document = document, .flags = flags, .file = file };
	int err = 0;
	size_t i;

	if ((size_t)form >= ARRAY_SIZE(forms) || !forms[form])
		return -EINVAL;
	for (i = 0; !err && i < document->num_endpoints; i++)
		err = forms[form]->add(&export, &document->endpoints[i]);
	listing_sort(&export.listing);
	if (!err)
		err = forms[form]->print(&export);
	listing_free(&export.listing);
	return err ? err : ferror(file) ? -EIO : 0;
}
