/* SPDX-License-Identifier: GPL-2.0 */
/* What the words of a matrix name: rows and columns, each a document. */
#ifndef VDEVCTL_MATRIX_WORDS_H
#define VDEVCTL_MATRIX_WORDS_H

#include <vdev/vdev.h>

#include "cli/command.h"
#include "cli/document.h"

/* This host, as it is now. */
#define MATRIX_THIS_HOST "localhost"

/* A row or a column. */
struct matrix_entry {
	const struct vdev_document *content;
	/* How it is named in answers. */
	char *label;
	/* The content, if it was made for it alone; NULL for what was read. */
	struct vdev_document *made;
};

/* The rows, or the columns. */
struct matrix_side {
	struct matrix_entry *list;
	size_t num;
	size_t room;
};

struct matrix_words {
	const struct command *command;
	struct vdev_sock *sock;
	/* Which word is read, from 1 on. */
	size_t number;
	/* What was read. */
	struct document **documents;
	size_t num_documents;
	/* Endpoints could not be read of a host or a document of which all are named. */
	bool rejected;
	/* Something is of this host. */
	bool live;
	struct matrix_side sources;
	/* Empty if the sources are the targets, too. */
	struct matrix_side targets;
};

/*
 * Read what the words name, of which those from @num_sources on are targets; -1 if all are
 * whole hosts. Complains and returns an exit status; in any case the caller frees them.
 */
int matrix_words_read(struct matrix_words *words, int num_sources, int argc, char **argv);
void matrix_words_free(struct matrix_words *words);

#endif /* VDEVCTL_MATRIX_WORDS_H */
