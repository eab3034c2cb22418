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

#include "tool.h"

struct endpoint {
	/* NULL if it is not told. */
	const char *handle;
	struct vdev_declaration *declaration;
	/* What it was made of; NULL for a token. */
	json_t *json;
};

struct document {
	/* Of the file; the token itself if it was one word. */
	char *name;
	struct endpoint *endpoints;
	size_t num_endpoints;
	/* The whole; NULL if it was tokens. */
	json_t *root;
};

/*
 * Read a file, "-" or a token. Complains and returns NULL if that fails; else
 * the caller frees it.
 */
struct document *document_read(const struct command *command, const char *name);
void document_free(struct document *document);

/* Whether a word is a token, and how it is named in answers. */
bool document_is_token(const char *word);
const char *document_label(const char *word);

/* report.c: tell on stderr what is not known, and what becomes of it. */
void document_report(const struct command *command, const struct document *document,
		     const char *consequence);

#endif /* VDEVCTL_DOCUMENT_H */
