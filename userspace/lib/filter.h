/* SPDX-License-Identifier: LGPL-2.1 */
/* What a filter is inside the library. */
#ifndef VDEV_LIB_FILTER_H
#define VDEV_LIB_FILTER_H

#include "writer.h"

struct vdev_filter;

/* Write the filter, if it has any condition. */
void vdev_filter_put(struct writer *writer, const struct vdev_filter *filter);

#endif /* VDEV_LIB_FILTER_H */
