/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * The order of versions of the state stream, for the module, libvdev and vdevctl.
 */
#ifndef _VDEV_SEMVER_H
#define _VDEV_SEMVER_H

#ifdef __KERNEL__
#include <linux/vdev.h>
#else
#include <vdev/record.h>
#endif

/* Below, at or above 0, as @a is older, the same or newer than @b. */
static inline int vdev_semver_compare(const struct vdev_semver *a,
				      const struct vdev_semver *b)
{
	if (a->major != b->major)
		return a->major < b->major ? -1 : 1;
	if (a->minor != b->minor)
		return a->minor < b->minor ? -1 : 1;
	if (a->bugfix != b->bugfix)
		return a->bugfix < b->bugfix ? -1 : 1;
	return 0;
}

#endif /* _VDEV_SEMVER_H */
