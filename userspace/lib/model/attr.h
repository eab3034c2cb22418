/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Walks attributes by the tables. A reply is checked against them once, in full,
 * before anything is decoded; the place of an error is named by them.
 */
#ifndef VDEV_ATTR_H
#define VDEV_ATTR_H

#include <netlink/attr.h>

#include <vdev/error.h>

#include "schema.h"

/* Long enough for the longest path of names, and a number for unknown ones. */
#define ATTR_PATH_SIZE VDEV_ERROR_ATTR_SIZE

/* What is known of an attribute; NULL if it is not in the table. */
const struct attr_def *vdev_attr_def(const struct attr_set *set, unsigned int type);

/* Put the name of an attribute before what is in the path already. */
void vdev_path_prepend(char path[ATTR_PATH_SIZE], const struct attr_def *def, unsigned int type);

/*
 * Check a stream of attributes and all that is nested in it. Unknown types
 * pass. Returns 0, or -EBADMSG with the path of the bad attribute in @path.
 */
int vdev_attrs_check(const struct attr_set *set, const struct nlattr *head, int len,
		     char path[ATTR_PATH_SIZE]);

/*
 * Name the attribute that starts @offset bytes after @base. @missing, if not
 * 0, is the type that should be in that nest; an offset of 0 is the top level.
 * Leaves an empty @path if there is no such attribute.
 */
void vdev_attr_path(const struct attr_set *set, const void *base, const struct nlattr *head,
		    int len, uint32_t offset, unsigned int missing,
		    char path[ATTR_PATH_SIZE]);

#endif /* VDEV_ATTR_H */
