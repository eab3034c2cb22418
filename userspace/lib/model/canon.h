/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The canonical form of attributes: in the order of their numbers, lists whose
 * order has no meaning sorted, bitmaps without words of 0 at their end, no
 * padding. Those that are not in the tables stay as they are. What says the same is
 * the same.
 */
#ifndef VDEV_CANON_H
#define VDEV_CANON_H

#include <stdbool.h>

#include "attr.h"
#include "writer.h"

struct canon {
	struct writer *out;
	/* After -EINVAL: which attribute is wrong, and what with it. */
	char path[ATTR_PATH_SIZE];
	const char *wrong;
};

/*
 * Write the canonical form of attributes that vdev_attrs_check() has passed.
 * Returns 0, -ENOMEM, or -EINVAL if something is missing, 0 or there twice.
 */
int vdev_canon(struct canon *canon, const struct attr_set *set, const struct nlattr *head,
	       int len);

#endif /* VDEV_CANON_H */
