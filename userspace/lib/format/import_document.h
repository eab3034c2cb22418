/* SPDX-License-Identifier: LGPL-2.1 */
/* Reading text of unknown origin: what all documents have in common. */
#ifndef VDEV_LIB_IMPORT_DOCUMENT_H
#define VDEV_LIB_IMPORT_DOCUMENT_H

#include <vdev/error.h>

#include "import.h"

/* What some editors write before UTF-8 text says nothing. */
void import_skip_mark(const char **text, size_t *size);

/* Whether the text begins as a token does. */
bool import_is_token(const char *text, size_t size);

/* The JSON in a text. Returns 0, -ENOMEM or -EINVAL. */
int import_parse(const char *text, size_t size, json_t **root, struct vdev_error *error);

/* Reject what is not a document of ours, or is newer. */
void import_format(struct import *import, const struct node *root);

/* The import's error, and why. */
int import_result(const struct import *import, struct vdev_error *error);

#endif /* VDEV_LIB_IMPORT_DOCUMENT_H */
