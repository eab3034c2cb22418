/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A change of what is declared or limited of endpoints beside their drivers.
 */
#ifndef _VDEV_CHANGE_H
#define _VDEV_CHANGE_H

struct vdev_limit;
struct vdev_profile;

/**
 * struct vdev_change - a change of the profiles, or of the ceilings
 * @old: the profile that goes; may be NULL
 * @new: the profile that comes; may be NULL
 * @old_limit: the ceiling that goes; may be NULL
 * @new_limit: the ceiling that comes, of the same type; may be NULL
 */
struct vdev_change {
	const struct vdev_profile *old;
	const struct vdev_profile *new;
	const struct vdev_limit *old_limit;
	const struct vdev_limit *new_limit;
};

#endif /* _VDEV_CHANGE_H */
