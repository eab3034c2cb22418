/* SPDX-License-Identifier: GPL-2.0 */
/* Operands of a check that has many: a file stands for all endpoints in it. */
#ifndef VDEVCTL_OPERANDS_H
#define VDEVCTL_OPERANDS_H

#include "operand.h"

struct operands {
	struct operand *list;
	size_t num;
	size_t room;
	/* One is an endpoint of this host. */
	bool live;
	/* An endpoint of a file could not be read, and is not in the list. */
	bool lacking;
};

/*
 * Add what a word names, which is the @number-th; @sock as for operand_parse(). Complains;
 * returns an exit status. In any case the caller frees the list before the cache.
 */
int operands_add(const struct command *command, struct vdev_sock *sock,
		 struct document_cache *cache, const char *word, size_t number,
		 struct operands *operands);
void operands_free(struct operands *operands);

#endif /* VDEVCTL_OPERANDS_H */
