/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One operand of a check, as a word: an endpoint of this host (BUS/NAME,
 * PARENT-BUS/PARENT/NAME or a number), or a declaration in a file, on the
 * standard input or in a token.
 */
#ifndef VDEVCTL_OPERAND_H
#define VDEVCTL_OPERAND_H

#include <vdev/vdev.h>

#include "cli/command.h"
#include "cli/document.h"

/* No command takes more operands. */
#define MAX_CACHED (2 * VDEV_PLAN_MAX)

/* A complaint; it takes the operand's label. */
#define OPERAND_NOT_OFFLINE "%s: an endpoint of this host is not known offline"

/* Documents that were read, so that none is read twice. */
struct document_cache {
	struct document *documents[MAX_CACHED];
	size_t num;
};

void document_cache_free(struct document_cache *cache);

struct operand {
	/* How it is named in answers; the text is its own where it is not a word. */
	const char *label;
	char *named;
	/* An endpoint of this host, with its number once that is known. */
	bool live;
	enum vdev_object_kind kind;
	struct vdev_handle handle;
	uint32_t id;
	/* What it declares; of a live one, once it was asked. */
	const struct vdev_declaration *declaration;
	struct vdev_declaration *fetched;
};

/*
 * Complains and returns an exit status other than 0 if the word makes no sense. @sock is
 * asked whether there is an endpoint where the word can also name a file; NULL if nobody
 * is to be asked.
 */
int operand_parse(const struct command *command, struct vdev_sock *sock,
		  struct document_cache *cache, const char *word, struct operand *operand);

/*
 * What a word names, before one of the endpoints of a document is chosen: the document, with
 * the handle behind its name or NULL; or NULL for a document, and the operand is live.
 */
int operand_open(const struct command *command, struct vdev_sock *sock,
		 struct document_cache *cache, const char *word, struct operand *operand,
		 struct document **document, const char **handle);

/* Ask the kernel what a live operand declares. Complains; returns an exit status. */
int operand_fetch(const struct command *command, struct vdev_sock *sock, struct operand *operand);
void operand_free(struct operand *operand);

/*
 * Read the document that a word names, which the caller frees, and say which of its
 * endpoints is meant, if one is. Complains and returns NULL if that fails; *status is the exit
 * status then.
 */
struct document *operand_read(const struct command *command, const char *word,
			      const char **handle, int *status);

/*
 * Which endpoint of the document has that handle, or is the only one if @handle is NULL.
 * Complains and returns an exit status if there is none, or more than one.
 */
int operand_choose(const struct command *command, const struct document *document,
		   const char *handle, size_t *index);

#endif /* VDEVCTL_OPERAND_H */
