/* SPDX-License-Identifier: LGPL-2.1 */
/* What a document is inside the library. */
#ifndef VDEV_LIB_DOCUMENT_H
#define VDEV_LIB_DOCUMENT_H

#include <jansson.h>

#include <vdev/document.h>

struct endpoint {
	/* NULL if it is not reported. */
	char *handle;
	struct vdev_declaration *declaration;
	/* What it was made of; NULL unless that was JSON. */
	json_t *json;
	/* Which of several tokens it is, from 1; 0 if it is none. */
	size_t number;
};

struct vdev_document {
	enum vdev_form form;
	struct endpoint *endpoints;
	size_t num_endpoints;
	size_t room;
	/* Why others could not be read. */
	char **rejected;
	size_t num_rejected;
	/* When what is said in labels is no longer so, in seconds of Unix; 0 for never. */
	uint64_t expiry;
	/* All of it as JSON, or what it has beside the endpoints; NULL for neither. */
	json_t *root;
};

/* Room for so many endpoints more. Returns 0, -ENOMEM or -E2BIG. */
int document_reserve(struct vdev_document *document, size_t num);

/* Note why an endpoint could not be read. Returns 0 or -ENOMEM. */
int document_reject(struct vdev_document *document, const char *why);

/* Whether it can be the handle of such an endpoint, as the kernel's are. */
bool document_takes_handle(enum vdev_object_kind kind, const char *handle);

#endif /* VDEV_LIB_DOCUMENT_H */
