/* SPDX-License-Identifier: LGPL-2.1 */
/* What stays in the way of moving from host to host when types have their ceilings. */
#ifndef VDEV_LIB_BASELINE_OBSTACLES_H
#define VDEV_LIB_BASELINE_OBSTACLES_H

#include <vdev/baseline.h>

#include "model/arena.h"
#include "model/record.h"
#include "hosts.h"

/* A type as it would be with its ceiling. */
struct limited {
	const struct member *member;
	/* The value of its type; "" for none. */
	const char *type;
	struct vdev_record record;
	struct vdev_ceiling ceiling;
	/* It limits more than the one that the type has. */
	bool more;
	/* Which of those that are judged in the same way. */
	size_t number;
};

struct obstacles {
	struct vdev_baseline_obstacle *list;
	size_t num;
	size_t room;
};

/* @types are in any order, and stay in another one. Returns 0 or -ENOMEM. */
int baseline_obstacles(struct arena *arena, struct limited *types, size_t num,
		       struct obstacles *obstacles);

#endif /* VDEV_LIB_BASELINE_OBSTACLES_H */
