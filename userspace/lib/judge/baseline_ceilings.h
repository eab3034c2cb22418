/* SPDX-License-Identifier: LGPL-2.1 */
/* The ceilings that let each host be a target for every other, and what they cannot do. */
#ifndef VDEV_LIB_BASELINE_CEILINGS_H
#define VDEV_LIB_BASELINE_CEILINGS_H

#include <vdev/baseline.h>

#include "baseline_obstacles.h"

struct ceilings {
	struct vdev_baseline_ceiling *list;
	size_t num;
};

/* @newest is the newest version that all hosts take, or NULL. Returns 0 or -ENOMEM. */
int baseline_ceilings(struct arena *arena, const struct group *group, const char *newest,
		      struct ceilings *ceilings, struct obstacles *obstacles);

#endif /* VDEV_LIB_BASELINE_CEILINGS_H */
