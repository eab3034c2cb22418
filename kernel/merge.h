/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a profile declares, laid over what the driver tells.
 */
#ifndef _VDEV_MERGE_H
#define _VDEV_MERGE_H

struct vdev_parsed;
struct vdev_record;
struct vdev_refusal;

int vdev_merge(struct vdev_refusal *refusal, struct vdev_parsed *onto,
	       const struct vdev_record *declared);

#endif /* _VDEV_MERGE_H */
