/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The plan for a virtual machine: which target each of its devices is moved to. Every device
 * gets a target of its own, or the plan says why there is none.
 */
#ifndef VDEV_PLAN_H
#define VDEV_PLAN_H

#include <vdev/check.h>

#ifdef __cplusplus
extern "C" {
#endif

/* More sources or targets than that are rejected. */
#define VDEV_PLAN_MAX 256

/* In the place of a target: there is none. */
#define VDEV_PLAN_NONE UINT32_MAX

/**
 * enum vdev_plan_reason - why a source has no target
 * @VDEV_PLAN_REASON_NONE: it has one
 * @VDEV_PLAN_REASON_TAKEN: others need the targets that it could have
 * @VDEV_PLAN_REASON_P2P: a target could load its state, but one of the two lacks the capability
 *	P2P, which devices need that are moved together
 * @VDEV_PLAN_REASON_UNDECLARED: the best verdict on it is VDEV_VERDICT_UNDECLARED
 * @VDEV_PLAN_REASON_INCOMPATIBLE: the best verdict on it is VDEV_VERDICT_INCOMPATIBLE
 * @VDEV_PLAN_REASON_NOT_MIGRATABLE: the best verdict on it is VDEV_VERDICT_NOT_MIGRATABLE
 */
enum vdev_plan_reason {
	VDEV_PLAN_REASON_NONE,
	VDEV_PLAN_REASON_TAKEN,
	VDEV_PLAN_REASON_P2P,
	VDEV_PLAN_REASON_UNDECLARED,
	VDEV_PLAN_REASON_INCOMPATIBLE,
	VDEV_PLAN_REASON_NOT_MIGRATABLE,
};

/**
 * struct vdev_assignment - what is planned for a source
 * @target: index of its target; VDEV_PLAN_NONE if it has none
 * @reason: why it has none, enum vdev_plan_reason
 * @sources: if it is VDEV_PLAN_REASON_TAKEN: indexes of sources, with itself among them, that
 *	can have no other targets than @targets
 * @num_sources: length of @sources
 * @targets: indexes of targets, of which there is one less than of @sources
 * @num_targets: length of @targets
 *
 * The struct may grow at its end.
 */
struct vdev_assignment {
	uint32_t target;
	uint32_t reason;
	const uint32_t *sources;
	unsigned int num_sources;
	const uint32_t *targets;
	unsigned int num_targets;
};

/**
 * struct vdev_plan_pair - what is known of a source and a target
 * @verdict: the verdict in the plan, enum vdev_verdict: that of @judgement, but at best
 *	VDEV_VERDICT_NOT_MIGRATABLE if one of the two lacks P2P and needs it
 * @source_lacks_p2p: the source needs the capability P2P and does not report it
 * @target_lacks_p2p: the target needs the capability P2P and does not report it
 * @judgement: the judgement of the two alone
 *
 * The struct may grow at its end.
 */
struct vdev_plan_pair {
	uint32_t verdict;
	bool source_lacks_p2p;
	bool target_lacks_p2p;
	const struct vdev_judgement *judgement;
};

/* A plan. It never changes. */
struct vdev_plan;

/**
 * vdev_plan_new() - plan which target each source is moved to
 * @sources: declarations of the devices of one machine
 * @num_sources: length of @sources, at most VDEV_PLAN_MAX
 * @targets: declarations of what they can be moved to; what is declared of a type is of one
 *	device that could be created
 * @num_targets: length of @targets, at most VDEV_PLAN_MAX
 * @judgements: what the kernel answered about each pair: of source s and target t at
 *	s * @num_targets + t. The library judges where it is NULL, and everything if the list is
 *	NULL. Must outlive the plan
 * @plan: where to put the plan, which the caller frees with vdev_plan_free(); NULL after a
 *	failure
 * @error: where to put what is rejected, and why; may be NULL
 *
 * Only targets whose verdict is identical or compatible are assigned. If more than one source
 * has a device-api that begins with "vfio-", each of these sources and its target need the
 * capability P2P: devices that can reach each other's memory must be quiesced together.
 *
 * As many sources as possible have a target. Among the plans with that number, those are
 * preferred in which as many as possible have one of the best rank (verdict, then struct
 * vdev_rank), then of the second best one, and so on. Order decides among equals: the first
 * source has the first target that it can have.
 *
 * The declarations are no longer needed when it returns. The time is at most about the cube of
 * the number of devices.
 *
 * Return: 0; -ENOMEM; -EINVAL if there is no source or no target; -E2BIG if there are more than
 * VDEV_PLAN_MAX; -EEXIST if two targets are the same device of this host.
 */
int vdev_plan_new(const struct vdev_declaration *const *sources, unsigned int num_sources,
		  const struct vdev_declaration *const *targets, unsigned int num_targets,
		  const struct vdev_judgement *const *judgements, struct vdev_plan **plan,
		  struct vdev_error *error);

/**
 * vdev_plan_free() - free a plan and all that was got from it
 * @plan: the plan; may be NULL
 */
void vdev_plan_free(struct vdev_plan *plan);

/**
 * vdev_plan_verdict() - whether all sources can be moved
 * @plan: the plan
 *
 * Return: enum vdev_verdict: the worst one of the pairs planned, if every source has a target.
 * Else VDEV_VERDICT_UNDECLARED if each could have one if all that is undeclared were
 * compatible; VDEV_VERDICT_NOT_MIGRATABLE if the verdict on some source is that for every target;
 * VDEV_VERDICT_INCOMPATIBLE otherwise.
 */
uint32_t vdev_plan_verdict(const struct vdev_plan *plan);

/**
 * vdev_plan_needs_p2p() - whether devices are moved together that need P2P
 * @plan: the plan
 *
 * Return: true if more than one source is a VFIO device.
 */
bool vdev_plan_needs_p2p(const struct vdev_plan *plan);

/**
 * vdev_plan_num_assigned() - how many sources have a target
 * @plan: the plan
 *
 * Return: the number.
 */
unsigned int vdev_plan_num_assigned(const struct vdev_plan *plan);

/**
 * vdev_plan_assignment() - what is planned for a source
 * @plan: the plan
 * @source: index of the source
 *
 * Return: the assignment; NULL if there is no such source.
 */
const struct vdev_assignment *vdev_plan_assignment(const struct vdev_plan *plan,
						   unsigned int source);

/**
 * vdev_plan_pair() - what is known of a source and a target
 * @plan: the plan
 * @source: index of the source
 * @target: index of the target
 *
 * Return: the pair; NULL if there is no such source or target.
 */
const struct vdev_plan_pair *vdev_plan_pair(const struct vdev_plan *plan, unsigned int source,
					    unsigned int target);

/**
 * vdev_plan_reason_name() - the word for a reason
 * @reason: enum vdev_plan_reason
 *
 * Return: the word; NULL for VDEV_PLAN_REASON_NONE, and for a reason that is not known.
 */
const char *vdev_plan_reason_name(uint32_t reason);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_PLAN_H */
