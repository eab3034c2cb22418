/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One side of a check, as a word: an endpoint of this host (BUS/NAME,
 * PARENT-BUS/PARENT/NAME or a number), or a declaration in a file, on the
 * standard input or in a token.
 */
#ifndef VDEVCTL_SIDE_H
#define VDEVCTL_SIDE_H

#include <vdev/vdev.h>

#include "document.h"
#include "tool.h"

#define MAX_SHELF 2

/* Documents that were read, so that none is read twice. */
struct shelf {
	struct document *documents[MAX_SHELF];
	size_t num;
};

void shelf_free(struct shelf *shelf);

struct side {
	/* How it is named in answers. */
	const char *label;
	/* An endpoint of this host, with its number once that is known. */
	bool live;
	enum vdev_object_kind kind;
	struct vdev_handle handle;
	uint32_t id;
	/* What it declares; of a live one, once it was asked. */
	const struct vdev_declaration *declaration;
	struct vdev_declaration *fetched;
};

/* Complains and returns an exit status other than 0 if the word makes no sense. */
int side_parse(const struct command *command, struct shelf *shelf, const char *word,
	       struct side *side);

/* Ask the kernel what a live side declares. Complains; returns an exit status. */
int side_fetch(const struct command *command, struct vdev_sock *sock, struct side *side);
void side_free(struct side *side);

/*
 * Read the document that a word names, and say which of its endpoints is meant,
 * if one is. Complains and returns NULL if that fails; else the caller frees it.
 */
struct document *side_read(const struct command *command, const char *word,
			   const char **handle);

/*
 * The one endpoint of the document with that handle, or the only one if @handle
 * is NULL. Complains and returns NULL if there is none, or more than one.
 */
const struct endpoint *side_choose(const struct command *command,
				   const struct document *document, const char *handle);

#endif /* VDEVCTL_SIDE_H */
