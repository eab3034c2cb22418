/* SPDX-License-Identifier: LGPL-2.1 */
/* What a filter is inside the library. */
#ifndef VDEV_LIB_FILTER_H
#define VDEV_LIB_FILTER_H

#include <stdbool.h>

#include <vdev/object.h>

#include "model/writer.h"

struct vdev_filter;

/* Write the filter, if it has any condition. */
void vdev_filter_put(struct writer *writer, const struct vdev_filter *filter);

/* Whether endpoints of this kind can pass. */
bool vdev_filter_wants(const struct vdev_filter *filter, unsigned int kind);

/* Whether some endpoints of these kinds do not pass. */
bool vdev_filter_narrow(const struct vdev_filter *filter);

/* Whether nothing passes it but some endpoints. */
bool vdev_filter_endpoints_only(const struct vdev_filter *filter);

/* Whether the kernel would let the endpoint pass; its kind is not compared. */
bool vdev_filter_passes(const struct vdev_filter *filter, const struct vdev_object *object);

#endif /* VDEV_LIB_FILTER_H */
