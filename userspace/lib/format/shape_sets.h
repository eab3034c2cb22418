/* SPDX-License-Identifier: LGPL-2.1 */
/* Which keys the parts of documents have that are sets of attributes. */
#ifndef VDEV_LIB_SHAPE_SETS_H
#define VDEV_LIB_SHAPE_SETS_H

#include "shape.h"

extern const struct shape blocker_shape[];
extern const struct shape record_shape[];
extern const struct shape cost_shape[];

#endif /* VDEV_LIB_SHAPE_SETS_H */
