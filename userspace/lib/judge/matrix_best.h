/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * For each source the best target on each host. What is declared in the same way has the same
 * number, and is judged once.
 */
#ifndef VDEV_LIB_MATRIX_BEST_H
#define VDEV_LIB_MATRIX_BEST_H

#include <stdbool.h>

#include <vdev/document.h>

#include "kernel/model/check.h"

/* An endpoint that is moved, or to which something is. */
struct entry {
	size_t host;
	size_t endpoint;
	/* Of its declaration. */
	size_t number;
	/* How many endpoints of its host declare the same; it stands for all of them. */
	size_t times;
};

/* Endpoints in the order of their hosts; of those that are equal on a host the first one. */
struct entries {
	const struct vdev_document *const *documents;
	size_t num_hosts;
	struct entry *list;
	size_t num;
};

/* On a host; the verdict is 0 if that has no endpoint. */
struct best {
	uint32_t verdict;
	const struct entry *target;
};

struct contest {
	struct entries sources;
	struct entries targets;
	/* By the number of a declaration. */
	struct vdev_operand *operands;
	size_t num_operands;
	/* The same: for each target host, once it was asked for; and of the source at hand. */
	struct best **best;
	struct tried *tried;
	struct vdev_check check;
};

/* The documents are set. @devices is that sources are devices alone. Returns 0 or -ENOMEM. */
int contest_begin(struct contest *contest, bool devices);
void contest_end(struct contest *contest);

/* For each target host; NULL if there is no memory. */
const struct best *contest_best(struct contest *contest, size_t source);

/* Judge a source and a target, by their numbers. Returns what @report returned. */
int contest_judge(struct contest *contest, size_t source, size_t target,
		  int (*report)(const struct vdev_check *check, const struct vdev_finding *finding),
		  void *arg);

#endif /* VDEV_LIB_MATRIX_BEST_H */
