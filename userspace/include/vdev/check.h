/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The judgement: whether a target can load a source's state, and what was found
 * about each field. The kernel judges endpoints of this host; for two
 * declarations the library does, with the same code and so the same answer.
 */
#ifndef VDEV_CHECK_H
#define VDEV_CHECK_H

#include <vdev/declaration.h>
#include <vdev/request.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct vdev_finding - what was found about one field
 * @field: what it is about, enum vdev_field
 * @name: name of the feature set, parameter or blocker; else NULL
 * @rule: the target's rule, enum vdev_rule; 0 where there is none
 * @result: what it means for the verdict, enum vdev_result
 * @code: why it is so, enum vdev_code
 * @source: the source's value; none if it is a bitmap or absent
 * @target: the target's value; none if it is a bitmap or absent
 * @missing: bits that the source has and the target lacks
 * @unmet: bits that the target requires and the source lacks
 * @reason: in a sentence for people, of a blocker or a veto; else NULL
 */
struct vdev_finding {
	uint32_t field;
	const char *name;
	uint32_t rule;
	uint32_t result;
	uint32_t code;
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
 * @bugfix: the target's bugfix number; a newer one is better
 * @surplus: how many feature bits the target has beyond the source's; fewer
 *	are better
 */
struct vdev_rank {
	uint32_t preference;
	bool same_version;
	uint32_t bugfix;
	uint32_t surplus;
};

/* The answer of a check. It never changes. */
struct vdev_judgement;

/**
 * vdev_check() - ask the kernel whether an endpoint can load a state
 * @sock: the socket
 * @source: the declaration of the endpoint whose state is to be loaded
 * @kind: whether @target is a device or a type
 * @target: the endpoint of this host that is to load it
 * @expect: the target must not have changed after this generation; 0 to let it
 * @instance: the instance of the family that @expect was read from; ignored if
 *	that is 0
 * @judgement: where to put the answer, which the caller frees with
 *	vdev_judgement_free(); NULL after a failure
 *
 * That the two are incompatible is an answer, not a failure.
 *
 * Return: 0 or a negative errno; -ENODEV if there is no such target, -ESTALE
 * if it changed after @expect, or if that is of another instance.
 */
int vdev_check(struct vdev_sock *sock, const struct vdev_declaration *source,
	       enum vdev_object_kind kind, const struct vdev_handle *target, uint64_t expect,
	       uint32_t instance, struct vdev_judgement **judgement);

/**
 * vdev_check_local() - the same for a source of this host
 * @sock: the socket
 * @source_kind: whether @source is a device or a type
 * @source: the endpoint whose state is to be loaded
 * @kind: whether @target is a device or a type
 * @target: the endpoint that is to load it
 * @expect: the target must not have changed after this generation; 0 to let it
 * @instance: the instance of the family that @expect was read from; ignored if
 *	that is 0
 * @judgement: where to put the answer, which the caller frees with
 *	vdev_judgement_free(); NULL after a failure
 *
 * The kernel reads the source first, and then the target.
 *
 * Return: as vdev_check().
 */
int vdev_check_local(struct vdev_sock *sock, enum vdev_object_kind source_kind,
		     const struct vdev_handle *source, enum vdev_object_kind kind,
		     const struct vdev_handle *target, uint64_t expect, uint32_t instance,
		     struct vdev_judgement **judgement);

/**
 * typedef vdev_judgement_fn - what is called for each target found
 * @judgement: the judgement, valid during the call; vdev_judgement_dup() keeps
 *	it
 * @arg: what was passed to the request
 *
 * Return: 0 to go on; anything else ends the request, which returns it.
 */
typedef int vdev_judgement_fn(const struct vdev_judgement *judgement, void *arg);

/**
 * vdev_find() - judge every endpoint of this host that matches a filter
 * @sock: the socket
 * @source: the declaration of the endpoint whose state is to be loaded
 * @filter: the filter; NULL for all devices and types
 * @fn: called for each target, the best first: by verdict, then those that have room
 *	before those that are busy, then by rank, then
 *	by handle
 * @arg: passed to @fn
 *
 * The judgements are of one moment, and have only the findings that are failures
 * or notes. What is said of vdev_dev_dump() applies, but that the memory needed
 * grows with the number of targets.
 *
 * Return: 0, a negative errno, or what @fn returned if that was not 0.
 */
int vdev_find(struct vdev_sock *sock, const struct vdev_declaration *source,
	      const struct vdev_filter *filter, vdev_judgement_fn *fn, void *arg);

/**
 * vdev_find_list() - the same as a list
 * @sock: the socket
 * @source: the declaration of the endpoint whose state is to be loaded
 * @filter: the filter; NULL for all devices and types
 * @judgements: where to put the list, the best first, which the caller frees with
 *	vdev_judgement_list_free(); NULL after a failure
 * @num: where to put its length
 *
 * Return: 0 or a negative errno, as vdev_find().
 */
int vdev_find_list(struct vdev_sock *sock, const struct vdev_declaration *source,
		   const struct vdev_filter *filter, struct vdev_judgement ***judgements,
		   size_t *num);

/**
 * vdev_judgement_list_free() - free a list and all judgements in it
 * @judgements: the list; may be NULL
 * @num: its length
 */
void vdev_judgement_list_free(struct vdev_judgement **judgements, size_t num);

/**
 * vdev_judge() - judge two declarations without asking the kernel
 * @source: of the endpoint whose state is to be loaded
 * @target: of the endpoint that is to load it
 *
 * Needs no module. What only the target's driver knows (a veto, capacity) has
 * no part in it.
 *
 * Return: the judgement, which the caller frees with vdev_judgement_free();
 * NULL if there is no memory.
 */
struct vdev_judgement *vdev_judge(const struct vdev_declaration *source,
				  const struct vdev_declaration *target);

/**
 * vdev_judgement_dup() - copy a judgement
 * @judgement: the judgement, such as one lent to a callback
 *
 * Return: a copy that the caller frees with vdev_judgement_free(); NULL if
 * there is no memory.
 */
struct vdev_judgement *vdev_judgement_dup(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_free() - free a judgement and all that was got from it
 * @judgement: the judgement; may be NULL
 */
void vdev_judgement_free(struct vdev_judgement *judgement);

/**
 * vdev_judgement_verdict() - whether the target can load the state
 * @judgement: the judgement
 *
 * Return: enum vdev_verdict.
 */
uint32_t vdev_judgement_verdict(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_rank() - the place among other targets
 * @judgement: the judgement
 *
 * Return: the rank; of meaning where the verdict is identical, compatible or
 * undeclared.
 */
const struct vdev_rank *vdev_judgement_rank(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_num_findings() - how many findings there are
 * @judgement: the judgement
 *
 * Return: the number.
 */
unsigned int vdev_judgement_num_findings(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_finding() - what was found about one field
 * @judgement: the judgement
 * @index: from 0 to vdev_judgement_num_findings() - 1, in the order of enum
 *	vdev_field
 *
 * Return: the finding; NULL if there is none with this index.
 */
const struct vdev_finding *
vdev_judgement_finding(const struct vdev_judgement *judgement, unsigned int index);

/**
 * vdev_judgement_kind() - whether the target is a device or a type
 * @judgement: the judgement
 *
 * Return: the kind.
 */
enum vdev_object_kind vdev_judgement_kind(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_target() - the name of the target
 * @judgement: the judgement
 *
 * Return: BUS/NAME for a device, PARENT-BUS/PARENT/NAME for a type; NULL if the
 * target was a declaration.
 */
const char *vdev_judgement_target(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_id() - number of the target
 * @judgement: the judgement
 *
 * Return: the number; 0 if the target was a declaration.
 */
uint32_t vdev_judgement_id(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_instance() - of which instance of the family the generations are
 * @judgement: the judgement
 *
 * Return: a number that is another each time the module is loaded; 0 if not
 * reported.
 */
uint32_t vdev_judgement_instance(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_generation() - when the target last changed visibly
 * @judgement: the judgement
 *
 * Return: the generation; 0 if not reported.
 */
uint64_t vdev_judgement_generation(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_snapshot() - when the kernel judged
 * @judgement: the judgement
 *
 * Return: the generation; 0 if not reported.
 */
uint64_t vdev_judgement_snapshot(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_capacity() - room for more instances of a target type
 * @judgement: the judgement
 *
 * Return: the capacity; NULL if not reported. A type that is busy can be
 * compatible.
 */
const struct vdev_capacity *vdev_judgement_capacity(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_age() - how old the target's facts are that change without an event
 * @judgement: the judgement
 *
 * Return: as vdev_object_age(); VDEV_UNKNOWN32 if the target was a declaration.
 */
uint32_t vdev_judgement_age(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_truncated() - whether findings were left out
 * @judgement: the judgement
 *
 * The kernel leaves out findings where a message with all of them would be too
 * large: first those that are neither failures nor notes, then those that come
 * last. The verdict and the rank are of all.
 *
 * Return: true if some were.
 */
bool vdev_judgement_truncated(const struct vdev_judgement *judgement);

/**
 * vdev_judgement_stale() - whether the target did not answer when it was polled
 * @judgement: the judgement
 *
 * Return: as vdev_object_stale(); false if the target was a declaration.
 */
bool vdev_judgement_stale(const struct vdev_judgement *judgement);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_CHECK_H */
