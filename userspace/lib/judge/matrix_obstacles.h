/* SPDX-License-Identifier: LGPL-2.1 */
/* Findings, counted over pairs of hosts. */
#ifndef VDEV_LIB_MATRIX_OBSTACLES_H
#define VDEV_LIB_MATRIX_OBSTACLES_H

#include <vdev/matrix.h>

#include "model/arena.h"

/* A finding. */
struct counted {
	struct vdev_matrix_finding obstacle;
	/* The last pair that was counted. */
	size_t pair;
	/* In the list, once there is one. */
	size_t place;
};

struct matrix_obstacles {
	struct arena arena;
	/* By field, code and name, for tsearch(). */
	void *tree;
	size_t room;
	size_t num;
	/* Once they are sorted: those of most pairs first. */
	struct counted **list;
};

/* Count a finding about that many sources of the pair. Returns NULL if there is no memory. */
const struct counted *matrix_obstacles_count(struct matrix_obstacles *obstacles, size_t pair,
					     size_t times, const struct vdev_finding *finding);

/* Give each its place in the list. */
void matrix_obstacles_sort(struct matrix_obstacles *obstacles);
void matrix_obstacles_free(struct matrix_obstacles *obstacles);

#endif /* VDEV_LIB_MATRIX_OBSTACLES_H */
