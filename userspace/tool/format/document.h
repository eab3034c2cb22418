/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was exported, read again: a JSON document with any number of endpoints,
 * or tokens, one on a line.
 */
#ifndef VDEVCTL_DOCUMENT_H
#define VDEVCTL_DOCUMENT_H

#include <stddef.h>

#include <jansson.h>
#include <vdev/vdev.h>

#include "cli/command.h"

/* Endpoints of one document: what was read of each takes memory, however short it was. */
#define DOCUMENT_ENDPOINTS_MAX 262144

struct endpoint {
	/* NULL if it is not reported. */
	const char *handle;
	struct vdev_declaration *declaration;
	/* What it was made of; NULL for a token, which has a number, from 1. */
	json_t *json;
	size_t number;
};

struct document {
	/* Of the file; the token itself if it was one word. */
	char *name;
	struct endpoint *endpoints;
	size_t num_endpoints;
	/* Others that could not be read, which was complained about. */
	size_t num_unreadable;
	/* The whole; NULL if it was tokens. */
	json_t *root;
};

/*
 * Read a file, "-" or a token. Complains and returns NULL if that fails; else
 * the caller frees it.
 */
struct document *document_read(const struct command *command, const char *name);
void document_free(struct document *document);

/* How a word that names a document is named in answers. */
const char *document_label(const char *word);

#endif /* VDEVCTL_DOCUMENT_H */
