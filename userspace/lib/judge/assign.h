/* SPDX-License-Identifier: LGPL-2.1 */
/* Which source gets which target, as a matter of numbers alone. */
#ifndef VDEV_LIB_ASSIGN_H
#define VDEV_LIB_ASSIGN_H

#include <stdbool.h>
#include <stdint.h>

/* The target of a source that has none. */
#define ASSIGN_NONE UINT32_MAX

/* What each source can take. Row by row; 1 is the best rank, 0 is for what cannot be taken. */
struct ranks {
	const uint32_t *of;
	unsigned int num_sources;
	unsigned int num_targets;
};

/*
 * Assign each source a target of its own: as many as possible; of these assignments one in
 * which as many sources as possible have the best rank, of these as many as possible the
 * second best one, and so on; of these the one in which the first source has its first
 * target, then the second source, and so on. Returns 0 or -ENOMEM.
 */
int vdev_assign(const struct ranks *ranks, uint32_t *target_of);

/*
 * Why a source got none: mark the sources, one of which is @source, that can only take the
 * targets marked, which are one less. Returns 0 or -ENOMEM.
 */
int vdev_assign_contenders(const struct ranks *ranks, const uint32_t *target_of,
			   unsigned int source, bool *sources, bool *targets);

#endif /* VDEV_LIB_ASSIGN_H */
