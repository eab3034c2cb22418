/* SPDX-License-Identifier: GPL-2.0 */
/* Documents that words of the command line name, and what is said about them. */
#ifndef VDEVCTL_DOCUMENT_H
#define VDEVCTL_DOCUMENT_H

#include <vdev/vdev.h>

#include "command.h"

struct document {
	/* Of the file; the token itself if it was one word. */
	char *name;
	struct vdev_document *content;
};

/*
 * Read a file, "-" or a token. Complains about endpoints that cannot be read; if there is no
 * other, or nothing can be read, returns NULL; else the caller frees it.
 */
struct document *document_read(const struct command *command, const char *name);
void document_free(struct document *document);

/* How a word that names a document is named in answers. */
const char *document_label(const char *word);

/*
 * The same where several words are named, of which this is the @number-th: tokens have its
 * number, so that they differ. The buffer is for that.
 */
#define LABEL_SIZE 32
const char *document_label_nth(const char *word, size_t number, char buffer[LABEL_SIZE]);

/*
 * How one of its endpoints is named, as a word of a command line names it if it has a handle;
 * one without is one of several. The caller frees it; NULL if there is no memory.
 */
char *document_endpoint_label(const char *label, const struct vdev_document *content,
			      size_t index);

/*
 * What becomes of what is not known: of the keys of a document beside its list, of those
 * of an endpoint, and of words and whatever is in a token.
 */
struct consequence {
	const char *top;
	const char *keys;
	const char *words;
};

/* The same of all. */
#define CONSEQUENCE(text) (&(const struct consequence){ (text), (text), (text) })

/* Report on stderr what is not known, and what becomes of it. */
void document_report(const struct command *command, const struct document *document,
		     const struct consequence *consequence);

#endif /* VDEVCTL_DOCUMENT_H */
