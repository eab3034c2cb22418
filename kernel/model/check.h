/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * The judgement: what it is asked, and what it answers. Compiled into the
 * module and into libvdev, so that an answer does not depend on who gives it.
 */
#ifndef _VDEV_CHECK_H
#define _VDEV_CHECK_H

#include "pure.h"

/**
 * struct vdev_operand - one operand of a check
 * @kind: enum vdev_endpoint_kind; what a type's parameters are can still be
 *	chosen, a device's are what they are
 * @migration: what the driver declares; 0 is VDEV_MIGRATION_UNDECLARED
 * @capabilities: enum vdev_capability, or-ed, of the source alone; no rule judges
 *	them, and what they lack is at most noted
 * @blockers: what stands in the way of a migration
 * @num_blockers: length of @blockers
 * @capacity: enum vdev_capacity_state; 0 if not reported; of the target alone
 * @record: the compared part, within its bounds
 * @unknown: paths of what nobody can judge here
 * @num_unknown: length of @unknown
 */
struct vdev_operand {
	u32 kind;
	u32 migration;
	u32 capabilities;
	const struct vdev_blocker *blockers;
	unsigned int num_blockers;
	u32 capacity;
	const struct vdev_record *record;
	const char *const *unknown;
	unsigned int num_unknown;
};

/**
 * struct vdev_check - a check, and the room that it works in
 * @source: the endpoint whose state is to be loaded
 * @target: the endpoint that is to load it
 * @report: called for each finding in the order of the fields, which is valid
 *	during the call; anything but 0 ends the check
 * @arg: argument of @report
 * @verdict: enum vdev_verdict, the answer
 * @rank: the place among other targets; of meaning where the verdict is
 *	identical, compatible or undeclared
 * @words: room for the bits of a finding
 * @text: room for the values of a finding
 *
 * Too large for a kernel stack.
 */
struct vdev_check {
	const struct vdev_operand *source;
	const struct vdev_operand *target;
	int (*report)(const struct vdev_check *check,
		      const struct vdev_finding *finding);
	void *arg;
	u32 verdict;
	struct vdev_rank rank;
	u64 words[2][VDEV_FEATURE_BYTES / sizeof(u64)];
	char text[2][VDEV_STRING_LEN + 1];
};

int vdev_check_run(struct vdev_check *check);
int vdev_check_veto(struct vdev_check *check, const char *reason);

#endif /* _VDEV_CHECK_H */
