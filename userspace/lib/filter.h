/* SPDX-License-Identifier: LGPL-2.1 */
/* What a filter is inside the library. */
#ifndef VDEV_LIB_FILTER_H
#define VDEV_LIB_FILTER_H

#include <netlink/msg.h>

struct vdev_filter;

/* Put the filter, if it has any condition. Returns 0 or -EMSGSIZE. */
int vdev_filter_put(struct nl_msg *msg, const struct vdev_filter *filter);

#endif /* VDEV_LIB_FILTER_H */
