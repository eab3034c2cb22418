/* SPDX-License-Identifier: GPL-2.0 */
/* Random ceilings. */
#ifndef MADE_CEILING_H
#define MADE_CEILING_H

#include "made.h"

struct made_ceiling {
	struct vdev_ceiling ceiling;
	struct vdev_ceiling_feature features[MADE_FEATURES];
	uint64_t words[MADE_FEATURES][MADE_WORDS];
	struct vdev_ceiling_param params[MADE_PARAMS];
};

/* Give a side a ceiling: of what it has, mostly, and within the bounds of a ceiling. */
void made_ceiling(struct made_ceiling *ceiling, struct made *made, struct random *random);

#endif /* MADE_CEILING_H */
