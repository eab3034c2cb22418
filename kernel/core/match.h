/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a profile is for, and which of two takes precedence.
 */
#ifndef _VDEV_MATCH_H
#define _VDEV_MATCH_H

#include <linux/types.h>

/**
 * struct vdev_scope - what a profile is for, or what an endpoint is
 * @bus: bus of the endpoints; NULL if any will do
 * @driver: their driver; NULL if any will do, or if it is not known
 * @type: their type, for a profile a pattern; NULL if any will do, or if there
 *	is none
 */
struct vdev_scope {
	const char *bus;
	const char *driver;
	const char *type;
};

bool vdev_pattern_match(const char *pattern, const char *string);
bool vdev_scope_matches(const struct vdev_scope *scope,
			const struct vdev_scope *endpoint);
int vdev_scope_compare(const struct vdev_scope *a, const struct vdev_scope *b);

#endif /* _VDEV_MATCH_H */
