// SPDX-License-Identifier: LGPL-2.1
/* Writing a document: which forms there are, and the simplest one, the token. */
#include <errno.h>

#include "export.h"
#include "internal.h"

static int add_token(struct export *export, const struct endpoint *endpoint)
{
	return export_add_text(export, endpoint, vdev_declaration_format(endpoint->declaration));
}

static int print_tokens(struct export *export)
{
	bool named = export->flags & VDEV_WRITE_HANDLES && export->listing.num > 1;

	return export_print_lines(export, named);
}

static const struct export_form export_token = { add_token, print_tokens };

static const struct export_form *const forms[] = {
	[VDEV_FORM_JSON] = &export_json,
	[VDEV_FORM_TOKEN] = &export_token,
	[VDEV_FORM_LIBVIRT] = &export_libvirt,
	[VDEV_FORM_TRAITS] = &export_traits,
	[VDEV_FORM_NOVA_PROVIDER] = &export_nova,
	[VDEV_FORM_NFD] = &export_nfd,
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
