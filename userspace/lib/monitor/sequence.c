// SPDX-License-Identifier: LGPL-2.1
/*
 * Generations of events. An empty dump reports no generation: the dump of the
 * other kind then is a bound, on the one side or on the other, and between the
 * bounds an event is taken for new. That is right in the end, as every event
 * has the whole endpoint; but it may be about one that the snapshot does not have.
 */
#include <stddef.h>

#include "sequence.h"

void vdev_sequence_begin(struct sequence *sequence)
{
	*sequence = (struct sequence){ 0 };
}

void vdev_sequence_dumped(struct sequence *sequence, enum vdev_object_kind kind,
			  uint64_t generation)
{
	size_t i;

	if (!sequence->num_dumps++)
		sequence->last = generation;
	if (generation)
		sequence->dumped = generation;
	sequence->known[kind] = sequence->dumped;
	sequence->sure[kind] = generation;
	for (i = 0; i < SEQUENCE_KINDS; i++)
		if (!sequence->sure[i])
			sequence->sure[i] = generation;
}

enum step vdev_sequence_step(struct sequence *sequence, unsigned int kind, uint64_t generation)
{
	if (!sequence->settled && generation <= sequence->last)
		return STEP_OLD;
	if (sequence->last && generation != sequence->last + 1)
		return STEP_JUMP;
	sequence->settled = true;
	sequence->last = generation;
	return generation > sequence->known[kind] ? STEP_NEXT : STEP_OLD;
}

bool vdev_sequence_sure(const struct sequence *sequence, unsigned int kind, uint64_t generation)
{
	return sequence->sure[kind] && generation > sequence->sure[kind];
}
