/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * The administrator's ceiling: whether it is within its bounds and a part of what a
 * driver offers, and what is below it. Who creates a device of a type asks the same
 * questions as the judgement.
 */
#ifndef _VDEV_CEILING_H
#define _VDEV_CEILING_H

#include "pure.h"

struct vdev_reason;

/* ceiling.c */
bool vdev_ceiling_has_version(const struct vdev_record *record, const char *name);
const char *vdev_ceiling_default_version(const struct vdev_record *record);
u64 vdev_ceiling_word(const struct vdev_ceiling *ceiling, const char *name,
		      unsigned int i);
bool vdev_ceiling_has_value(const struct vdev_ceiling *ceiling, const char *name,
			    u64 value);

/* ceiling_check.c */
int vdev_ceiling_check(struct vdev_reason *reason, const struct vdev_ceiling *ceiling);
int vdev_ceiling_offer_check(struct vdev_reason *reason, const struct vdev_ceiling *ceiling,
			     const struct vdev_record *record);

#endif /* _VDEV_CEILING_H */
