/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a check finds. In libvdev <vdev/check.h> is in the place of this file,
 * with the same fields.
 */
#ifndef _VDEV_FINDING_H
#define _VDEV_FINDING_H

#include <linux/vdev.h>

/**
 * struct vdev_finding - what was found about one field
 * @field: enum vdev_field
 * @name: name of the feature set, parameter or blocker; else NULL
 * @rule: the target's rule; 0 where there is none
 * @result: enum vdev_result
 * @code: enum vdev_code
 * @source: the source's value; none if it is a bitmap or absent
 * @target: the target's value; none if it is a bitmap or absent
 * @missing: bits that the source has and the target lacks
 * @unmet: bits that the target requires and the source lacks
 * @reason: in a sentence for people, of a blocker or a veto; else NULL
 */
struct vdev_finding {
	u32 field;
	const char *name;
	u32 rule;
	u32 result;
	u32 code;
	struct vdev_value source;
	struct vdev_value target;
	struct vdev_bitmap missing;
	struct vdev_bitmap unmet;
	const char *reason;
};

/**
 * struct vdev_rank - what orders the targets, most important first
 * @preference: place of the source's model in the target's accepted models; 0
 *	if it is the target's own
 * @same_version: software version but for the bugfix number, and device
 *	version, are the same
 * @bugfix: the target's bugfix number
 * @surplus: how many feature bits the target has beyond the source's
 */
struct vdev_rank {
	u32 preference;
	bool same_version;
	u32 bugfix;
	u32 surplus;
};

#endif /* _VDEV_FINDING_H */
