/* SPDX-License-Identifier: LGPL-2.1 */
/* Orders, whose callers may be older or newer than the library. */
#ifndef VDEV_LIB_ORDER_H
#define VDEV_LIB_ORDER_H

#include <vdev/provision.h>

#include "writer.h"

/*
 * The order that this library knows; NULL is one that chooses nothing. Returns 0, or -EINVAL if
 * it says what the library does not know.
 */
int vdev_order_read(struct vdev_order *known, const struct vdev_order *order, size_t size);

/* The attributes of a request, of which only those that are given are written. */
void vdev_order_put(struct writer *writer, const struct vdev_order *known);

/* Whether nothing is chosen but a dry run and a generation. */
bool vdev_order_is_bare(const struct vdev_order *known);

#endif /* VDEV_LIB_ORDER_H */
