/* SPDX-License-Identifier: GPL-2.0 */
/* Which keys the parts of documents have that are sets of attributes. */
#ifndef VDEVCTL_SHAPE_SETS_H
#define VDEVCTL_SHAPE_SETS_H

#include "shape.h"

extern const struct shape blocker_shape[];
extern const struct shape record_shape[];
extern const struct shape cost_shape[];

#endif /* VDEVCTL_SHAPE_SETS_H */
