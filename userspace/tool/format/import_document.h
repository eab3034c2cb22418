/* SPDX-License-Identifier: GPL-2.0 */
/* Reading JSON of unknown origin: what all documents have in common. */
#ifndef VDEVCTL_IMPORT_DOCUMENT_H
#define VDEVCTL_IMPORT_DOCUMENT_H

#include "import.h"

/* The JSON in a text; complains and returns NULL if there is none. */
json_t *import_parse(const struct command *command, const char *name, const char *text,
		     size_t size);

/* Reject what is not a document of ours, or is newer. */
void import_format(struct import *import, const struct node *root);

/* Complain about the import's error, if there is one; returns an exit status. */
int import_status(const struct command *command, const char *name, const struct import *import);

#endif /* VDEVCTL_IMPORT_DOCUMENT_H */
