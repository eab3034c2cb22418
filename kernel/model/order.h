/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * What is chosen for a device that is created or configured, and what comes of
 * it. Compiled into the module and into libvdev.
 */
#ifndef _VDEV_ORDER_H
#define _VDEV_ORDER_H

#include "bounds.h"

/**
 * struct vdev_choices - what is chosen for a device
 * @version: its device version; NULL if none is chosen
 * @features: feature sets; of each, the name and what is provisioned
 * @num_features: length of @features
 * @params: parameters; of each, the name and the value
 * @num_params: length of @params
 * @count: how many instances are aggregated; 0 if that is not chosen
 * @partial: parameters that are not chosen stay as they are
 */
struct vdev_choices {
	const char *version;
	const struct vdev_feature *features;
	unsigned int num_features;
	const struct vdev_param *params;
	unsigned int num_params;
	u32 count;
	bool partial;
};

/**
 * struct vdev_made - the record that a device is to have, and room for its lists
 * @record: the record; strings and bitmaps are where they were
 * @versions: what @record.versions points to
 * @features: what @record.features points to
 * @params: what @record.params points to
 * @words: bits of feature sets that the ceiling limits
 *
 * Too large for a kernel stack.
 */
struct vdev_made {
	struct vdev_record record;
	struct vdev_version versions[VDEV_VERSIONS_MAX];
	struct vdev_feature features[VDEV_FEATURES_MAX];
	struct vdev_param params[VDEV_PARAMS_MAX];
	u64 words[VDEV_OBJECT_BYTES / sizeof(u64)];
};

/* order.c */
int vdev_order_make(struct vdev_reason *reason, struct vdev_made *made, u32 kind,
		    const struct vdev_record *from,
		    const struct vdev_choices *choices);

/* order_ceiling.c */
int vdev_order_limit(struct vdev_reason *reason, struct vdev_made *made, u32 kind,
		     const struct vdev_record *from, const struct vdev_choices *choices);

#endif /* _VDEV_ORDER_H */
