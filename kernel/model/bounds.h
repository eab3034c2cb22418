/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * Checks of what a provider reports. Each returns 0, or an errno after it has
 * written into the reason what broke which rule.
 */
#ifndef _VDEV_BOUNDS_H
#define _VDEV_BOUNDS_H

#include "pure.h"

/**
 * struct vdev_reason - why something was rejected
 * @why: the object and the rule, for the log
 * @attr: for a record, the VDEV_A_RECORD_* that is to blame; for the names of a
 *	profile, the VDEV_A_PROFILE_*; else 0
 * @index: which of them, from 0, where @attr is repeated; of a list that is
 *	checked by itself, which entry
 */
struct vdev_reason {
	char why[160];
	unsigned int attr;
	unsigned int index;
};

__printf(3, 4)
int vdev_reject(struct vdev_reason *reason, int err, const char *fmt, ...);

int vdev_name_check(struct vdev_reason *reason, const char *what,
		    const char *name);
int vdev_text_check(struct vdev_reason *reason, const char *what,
		    const char *text);
int vdev_optional_text_check(struct vdev_reason *reason, const char *what,
			     const char *text);
int vdev_number_check(struct vdev_reason *reason, const char *what,
		      u64 number);
int vdev_rule_check(struct vdev_reason *reason, const char *what, u32 rule,
		    u32 allowed);
int vdev_flags_check(struct vdev_reason *reason, const char *what, u32 flags,
		     u32 known);
int vdev_count_check(struct vdev_reason *reason, const char *what,
		     const void *list, unsigned int num, unsigned int most);
int vdev_unique_check(struct vdev_reason *reason, const char *what,
		      const void *list, unsigned int num, size_t size);
int vdev_value_check(struct vdev_reason *reason, const char *name,
		     const struct vdev_value *value, u32 type);
int vdev_bitmap_check(struct vdev_reason *reason, const char *name,
		      const struct vdev_bitmap *bitmap);
int vdev_blockers_check(struct vdev_reason *reason,
			const struct vdev_blocker *blockers, unsigned int num);
int vdev_profile_names_check(struct vdev_reason *reason, const char *name,
			     const char *bus, const char *driver,
			     const char *type);
int vdev_record_check(struct vdev_reason *reason,
		      const struct vdev_record *record);
int vdev_declared_check(struct vdev_reason *reason,
			const struct vdev_record *declared);

#endif /* _VDEV_BOUNDS_H */
