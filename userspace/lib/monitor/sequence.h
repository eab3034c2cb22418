/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Where a stream of events stands: which of them the snapshot knew already,
 * which come next, and which cannot follow. Uses generations alone.
 */
#ifndef VDEV_SEQUENCE_H
#define VDEV_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

#include <vdev/object.h>

#define SEQUENCE_KINDS (VDEV_OBJECT_TYPE + 1)

struct sequence {
	/* Of the newest event, or at first of the first dump; 0: any may come. */
	uint64_t last;
	/* An event came that is newer than @last was at first. */
	bool settled;
	/* Of the newest dump that reported one; and how many dumps there were. */
	uint64_t dumped;
	unsigned int num_dumps;
	/* By kind: up to @known the dump has it; after @sure the dump does not. */
	uint64_t known[SEQUENCE_KINDS];
	uint64_t sure[SEQUENCE_KINDS];
};

enum step {
	/* In a dump already. */
	STEP_OLD,
	STEP_NEXT,
	/* Events before it were lost, or it is none. */
	STEP_JUMP,
};

void vdev_sequence_begin(struct sequence *sequence);

/*
 * A dump of a kind was made, after those that were noted before. An empty one reports no
 * @generation, 0.
 */
void vdev_sequence_dumped(struct sequence *sequence, enum vdev_object_kind kind,
			  uint64_t generation);

/* An event came about an endpoint of @kind; 0 for something else. */
enum step vdev_sequence_step(struct sequence *sequence, unsigned int kind, uint64_t generation);

/* Whether an event came after the dump of its kind beyond doubt. */
bool vdev_sequence_sure(const struct sequence *sequence, unsigned int kind, uint64_t generation);

#endif /* VDEV_SEQUENCE_H */
