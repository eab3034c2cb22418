/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of a source that this version does not know.
 */
#ifndef _VDEV_NL_UNKNOWN_H
#define _VDEV_NL_UNKNOWN_H

#include <net/netlink.h>

#include "core/core.h"
#include "model/skew.h"

/**
 * struct vdev_unknown - the parts of a source that nobody can judge here
 * @num: how many there are
 * @paths: where each is; in @text, or in the request
 * @text: the paths that were made here
 */
struct vdev_unknown {
	unsigned int num;
	const char *paths[VDEV_UNKNOWN_MAX];
	char text[VDEV_UNKNOWN_MAX][VDEV_PATH_LEN + 1];
};

/**
 * struct vdev_unknowns - collects them
 * @skew: what reports a path to this
 * @list: NULL while there are none; to be freed with kvfree()
 * @err: -ENOMEM if there was no room for @list
 */
struct vdev_unknowns {
	struct vdev_skew skew;
	struct vdev_unknown *list;
	int err;
};

void vdev_unknowns_init(struct vdev_unknowns *unknowns);
void vdev_unknowns_walk(struct vdev_unknowns *unknowns,
			const struct nlattr *source);
void vdev_unknowns_named(struct vdev_unknowns *unknowns,
			 const struct nlattr *source);

#endif /* _VDEV_NL_UNKNOWN_H */
