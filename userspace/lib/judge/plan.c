// SPDX-License-Identifier: LGPL-2.1
/* The plan of a virtual machine: from declarations and judgements to who gets what, or why not. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/names.h>
#include <vdev/plan.h>

#include "model/arena.h"
#include "model/declaration.h"
#include "model/getter.h"
#include "assign.h"
#include "judgement.h"

_Static_assert(VDEV_PLAN_NONE == ASSIGN_NONE, "no target is no target");

struct vdev_plan {
	struct arena arena;
	unsigned int num_sources;
	unsigned int num_targets;
	unsigned int num_assigned;
	bool needs_p2p;
	uint32_t verdict;
	struct vdev_assignment *assignments;
	/* Row by row. Of those that the library judged, the judgements too. */
	struct vdev_plan_pair *pairs;
	struct vdev_judgement **judged;
};

static struct vdev_plan_pair *pair_of(const struct vdev_plan *plan, unsigned int source,
				      unsigned int target)
{
	return &plan->pairs[(size_t)source * plan->num_targets + target];
}

static bool is_vfio(const struct vdev_declaration *declaration)
{
	const char *api = declaration->record->device_api.value;

	return api && strncmp(api, "vfio-", strlen("vfio-")) == 0;
}

static bool has_p2p(const struct vdev_declaration *declaration)
{
	return declaration->capabilities & VDEV_CAPABILITY_P2P;
}

static int check_number(const char *what, unsigned int num, struct vdev_error *error)
{
	if (!num)
		return vdev_error_say(error, -EINVAL, "there are no %s", what);
	if (num > VDEV_PLAN_MAX)
		return vdev_error_say(error, -E2BIG, "%u %s: more than %d", num, what, VDEV_PLAN_MAX);
	return 0;
}

/* A device can be named in more than one way; of a type, more than one can be created. */
static int check_targets(const struct vdev_judgement *const *judgements, unsigned int num,
			 struct vdev_error *error)
{
	unsigned int i, j;

	for (i = 0; i < num; i++)
		for (j = 0; j < i; j++)
			if (judgements[i] && judgements[j] && judgements[i]->id &&
			    judgements[i]->id == judgements[j]->id &&
			    judgements[i]->kind == VDEV_OBJECT_DEV)
				return vdev_error_say(error, -EEXIST,
						"targets %u and %u are the same device", j, i);
	return 0;
}

static void apply_p2p(struct vdev_plan_pair *pair, const struct vdev_declaration *source,
		      const struct vdev_declaration *target)
{
	pair->source_lacks_p2p = !has_p2p(source);
	pair->target_lacks_p2p = !has_p2p(target);
	if (pair->source_lacks_p2p || pair->target_lacks_p2p)
		pair->verdict = VDEV_VERDICT_NOT_MIGRATABLE;
}

static int fill_pairs(struct vdev_plan *plan, const struct vdev_declaration *const *sources,
		      const struct vdev_declaration *const *targets,
		      const struct vdev_judgement *const *judgements)
{
	unsigned int source, target;
	size_t i = 0;

	for (source = 0; source < plan->num_sources; source++)
		for (target = 0; target < plan->num_targets; target++, i++) {
			struct vdev_plan_pair *pair = &plan->pairs[i];

			if (judgements)
				pair->judgement = judgements[i];
			if (!pair->judgement) {
				plan->judged[i] = vdev_judge(sources[source], targets[target]);
				pair->judgement = plan->judged[i];
			}
			if (!pair->judgement)
				return -ENOMEM;
			pair->verdict = pair->judgement->verdict;
			if (plan->needs_p2p && is_vfio(sources[source]))
				apply_p2p(pair, sources[source], targets[target]);
		}
	return 0;
}

static bool is_good(uint32_t verdict)
{
	return verdict == VDEV_VERDICT_IDENTICAL || verdict == VDEV_VERDICT_COMPATIBLE;
}

static int compare_pairs(const void *left, const void *right)
{
	const struct vdev_plan_pair *a = *(struct vdev_plan_pair *const *)left;
	const struct vdev_plan_pair *b = *(struct vdev_plan_pair *const *)right;

	return vdev_rank_compare(a->verdict, &a->judgement->rank, b->verdict, &b->judgement->rank);
}

/* Number the ranks of the good pairs; equal ones have the same number. */
static int number_ranks(const struct vdev_plan *plan, uint32_t *ranks)
{
	size_t i, num = 0, size = (size_t)plan->num_sources * plan->num_targets;
	const struct vdev_plan_pair **sorted = calloc(size, sizeof(*sorted));
	uint32_t rank = 0;

	if (!sorted)
		return -ENOMEM;
	for (i = 0; i < size; i++)
		if (is_good(plan->pairs[i].verdict))
			sorted[num++] = &plan->pairs[i];
	qsort(sorted, num, sizeof(*sorted), compare_pairs);
	for (i = 0; i < num; i++) {
		if (!i || compare_pairs(&sorted[i - 1], &sorted[i]))
			rank++;
		ranks[sorted[i] - plan->pairs] = rank;
	}
	free(sorted);
	return 0;
}

/* Of a source that has no good target: the reason that is nearest to one. */
static uint32_t reason_of(const struct vdev_plan *plan, unsigned int source)
{
	uint32_t best = VDEV_VERDICT_NOT_MIGRATABLE;
	unsigned int target;

	for (target = 0; target < plan->num_targets; target++) {
		const struct vdev_plan_pair *pair = pair_of(plan, source, target);

		if (is_good(pair->verdict))
			return VDEV_PLAN_REASON_TAKEN;
		if (is_good(pair->judgement->verdict))
			return VDEV_PLAN_REASON_P2P;
		if (pair->verdict < best)
			best = pair->verdict;
	}
	if (best == VDEV_VERDICT_UNDECLARED)
		return VDEV_PLAN_REASON_UNDECLARED;
	return best == VDEV_VERDICT_INCOMPATIBLE ? VDEV_PLAN_REASON_INCOMPATIBLE :
						   VDEV_PLAN_REASON_NOT_MIGRATABLE;
}

/* The indexes that are marked; NULL if there is no memory. */
static const uint32_t *list_marked(struct vdev_plan *plan, const bool *marked, unsigned int size,
				   unsigned int *num)
{
	uint32_t *list = vdev_arena_alloc(&plan->arena, size, sizeof(*list));
	unsigned int i;

	for (i = 0; list && i < size; i++)
		if (marked[i])
			list[(*num)++] = i;
	return list;
}

static int find_contenders(struct vdev_plan *plan, const struct ranks *ranks,
			   const uint32_t *target_of, unsigned int source)
{
	struct vdev_assignment *assignment = &plan->assignments[source];
	bool sources[VDEV_PLAN_MAX] = { false }, targets[VDEV_PLAN_MAX] = { false };

	if (vdev_assign_contenders(ranks, target_of, source, sources, targets))
		return -ENOMEM;
	assignment->sources = list_marked(plan, sources, plan->num_sources,
					  &assignment->num_sources);
	assignment->targets = list_marked(plan, targets, plan->num_targets,
					  &assignment->num_targets);
	return assignment->sources && assignment->targets ? 0 : -ENOMEM;
}

static int fill_assignments(struct vdev_plan *plan, const struct ranks *ranks)
{
	uint32_t target_of[VDEV_PLAN_MAX];
	int err = vdev_assign(ranks, target_of);
	unsigned int i;

	for (i = 0; !err && i < plan->num_sources; i++) {
		struct vdev_assignment *assignment = &plan->assignments[i];

		assignment->target = target_of[i];
		if (target_of[i] != VDEV_PLAN_NONE)
			plan->num_assigned++;
		else
			assignment->reason = reason_of(plan, i);
		if (assignment->reason == VDEV_PLAN_REASON_TAKEN)
			err = find_contenders(plan, ranks, target_of, i);
	}
	return err;
}

/* Whether there is a target for all if what is undeclared were compatible. */
static int suppose_declared(const struct vdev_plan *plan, struct ranks *ranks, uint32_t *of,
			    bool *all)
{
	size_t i, size = (size_t)plan->num_sources * plan->num_targets;
	uint32_t target_of[VDEV_PLAN_MAX];
	int err;

	for (i = 0; i < size; i++)
		of[i] = is_good(plan->pairs[i].verdict) ||
			plan->pairs[i].verdict == VDEV_VERDICT_UNDECLARED;
	err = vdev_assign(ranks, target_of);
	*all = !err;
	for (i = 0; !err && i < plan->num_sources; i++)
		*all = *all && target_of[i] != VDEV_PLAN_NONE;
	return err;
}

/* One source that cannot be migrated to anything decides. */
static uint32_t verdict_of_unassigned(const struct vdev_plan *plan)
{
	unsigned int source, target;

	for (source = 0; source < plan->num_sources; source++) {
		for (target = 0; target < plan->num_targets; target++)
			if (pair_of(plan, source, target)->verdict != VDEV_VERDICT_NOT_MIGRATABLE)
				break;
		if (target == plan->num_targets)
			return VDEV_VERDICT_NOT_MIGRATABLE;
	}
	return VDEV_VERDICT_INCOMPATIBLE;
}

static int fill_verdict(struct vdev_plan *plan, struct ranks *ranks, uint32_t *of)
{
	bool all;
	unsigned int i;
	int err;

	plan->verdict = VDEV_VERDICT_IDENTICAL;
	for (i = 0; plan->num_assigned == plan->num_sources && i < plan->num_sources; i++) {
		uint32_t verdict = pair_of(plan, i, plan->assignments[i].target)->verdict;

		plan->verdict = verdict > plan->verdict ? verdict : plan->verdict;
	}
	if (plan->num_assigned == plan->num_sources)
		return 0;
	err = suppose_declared(plan, ranks, of, &all);
	plan->verdict = all ? VDEV_VERDICT_UNDECLARED : verdict_of_unassigned(plan);
	return err;
}

static int solve(struct vdev_plan *plan)
{
	uint32_t *of = calloc((size_t)plan->num_sources * plan->num_targets, sizeof(*of));
	struct ranks ranks = {
		.of = of, .num_sources = plan->num_sources, .num_targets = plan->num_targets,
	};
	int err = of ? number_ranks(plan, of) : -ENOMEM;

	if (!err)
		err = fill_assignments(plan, &ranks);
	if (!err)
		err = fill_verdict(plan, &ranks, of);
	free(of);
	return err;
}

static struct vdev_plan *plan_alloc(unsigned int num_sources, unsigned int num_targets)
{
	struct vdev_plan *plan = calloc(1, sizeof(*plan));
	size_t num = (size_t)num_sources * num_targets;

	if (!plan)
		return NULL;
	plan->num_sources = num_sources;
	plan->num_targets = num_targets;
	plan->assignments = calloc(num_sources, sizeof(*plan->assignments));
	plan->pairs = calloc(num, sizeof(*plan->pairs));
	plan->judged = calloc(num, sizeof(*plan->judged));
	if (plan->assignments && plan->pairs && plan->judged)
		return plan;
	vdev_plan_free(plan);
	return NULL;
}

VDEV_API int vdev_plan_new(const struct vdev_declaration *const *sources, unsigned int num_sources,
			   const struct vdev_declaration *const *targets, unsigned int num_targets,
			   const struct vdev_judgement *const *judgements,
			   struct vdev_plan **plan, struct vdev_error *error)
{
	unsigned int i, num_vfio = 0;
	struct vdev_plan *new;
	int err;

	*plan = NULL;
	err = check_number("sources", num_sources, error) ?:
	      check_number("targets", num_targets, error);
	if (!err && judgements)
		err = check_targets(judgements, num_targets, error);
	if (err)
		return err;
	new = plan_alloc(num_sources, num_targets);
	if (!new)
		return vdev_error_say(error, -ENOMEM, "out of memory");
	for (i = 0; i < num_sources; i++)
		num_vfio += is_vfio(sources[i]);
	new->needs_p2p = num_vfio > 1;
	err = fill_pairs(new, sources, targets, judgements) ?: solve(new);
	if (!err) {
		*plan = new;
		return 0;
	}
	vdev_plan_free(new);
	return vdev_error_say(error, err, "out of memory");
}

VDEV_API void vdev_plan_free(struct vdev_plan *plan)
{
	size_t i, num;

	if (!plan)
		return;
	num = (size_t)plan->num_sources * plan->num_targets;
	for (i = 0; plan->judged && i < num; i++)
		vdev_judgement_free(plan->judged[i]);
	free(plan->judged);
	free(plan->pairs);
	free(plan->assignments);
	vdev_arena_free(&plan->arena);
	free(plan);
}

VDEV_API const struct vdev_plan_pair *vdev_plan_pair(const struct vdev_plan *plan,
						     unsigned int source, unsigned int target)
{
	if (source >= plan->num_sources || target >= plan->num_targets)
		return NULL;
	return pair_of(plan, source, target);
}

VDEV_API const struct vdev_assignment *vdev_plan_assignment(const struct vdev_plan *plan,
							    unsigned int source)
{
	return source < plan->num_sources ? &plan->assignments[source] : NULL;
}

VDEV_API const char *vdev_plan_reason_name(uint32_t reason)
{
	static const char *const names[] = {
		[VDEV_PLAN_REASON_TAKEN] = "taken",
		[VDEV_PLAN_REASON_P2P] = "p2p",
		[VDEV_PLAN_REASON_UNDECLARED] = "undeclared",
		[VDEV_PLAN_REASON_INCOMPATIBLE] = "incompatible",
		[VDEV_PLAN_REASON_NOT_MIGRATABLE] = "not-migratable",
	};

	return reason < ARRAY_SIZE(names) ? names[reason] : NULL;
}

GETTER(uint32_t, plan, verdict)
GETTER(bool, plan, needs_p2p)
GETTER(unsigned int, plan, num_assigned)
