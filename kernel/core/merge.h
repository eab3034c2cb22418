/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a profile declares, merged into what the driver reports.
 */
#ifndef _VDEV_MERGE_H
#define _VDEV_MERGE_H

struct vdev_parsed;
struct vdev_record;
struct vdev_reason;

int vdev_merge(struct vdev_reason *reason, struct vdev_parsed *onto,
	       const struct vdev_record *declared);

#endif /* _VDEV_MERGE_H */
