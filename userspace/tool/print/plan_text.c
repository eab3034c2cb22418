// SPDX-License-Identifier: GPL-2.0
/*
 * A plan for people: a line for each source that has a target, and why another one has none,
 * with what was found about each target that it could have had.
 */
#include "answer_text.h"
#include "cli/colour.h"
#include "cli/text.h"
#include "plan.h"

void plan_answer(const struct planned *planned, unsigned int source, unsigned int target,
		 struct answer *answer)
{
	answer_init(answer, vdev_plan_pair(planned->plan, source, target)->judgement,
		    planned->sources[source].declaration);
	answer->source = planned->sources[source].label;
	answer->target = planned->targets[target].label;
	answer->offline = !planned->targets[target].live;
	answer->strict = planned->strict;
}

int plan_status(const struct planned *planned)
{
	struct verdicts verdicts = { .worst = vdev_plan_verdict(planned->plan) };
	struct answer answer;
	unsigned int i;

	for (i = 0; i < planned->num_sources; i++) {
		uint32_t target = vdev_plan_assignment(planned->plan, i)->target;

		if (target == VDEV_PLAN_NONE)
			continue;
		plan_answer(planned, i, target, &answer);
		verdicts_add(&verdicts, &answer);
	}
	return verdicts_status(&verdicts);
}

static void print_labels(const struct planned_operand *operands, const uint32_t *list,
			 unsigned int num)
{
	unsigned int i;

	for (i = 0; i < num; i++) {
		fputs(i ? ", " : " ", stdout);
		text_put(stdout, operands[list[i]].label);
	}
}

static void print_contenders(const struct planned *planned,
			     const struct vdev_assignment *assignment)
{
	printf("  %u sources:", assignment->num_sources);
	print_labels(planned->sources, assignment->sources, assignment->num_sources);
	printf("\n  can only have %u of the targets:", assignment->num_targets);
	print_labels(planned->targets, assignment->targets, assignment->num_targets);
	putchar('\n');
}

static void print_p2p(const struct vdev_plan_pair *pair)
{
	if (pair->source_lacks_p2p)
		puts("  p2p: the source does not report this capability");
	if (pair->target_lacks_p2p)
		puts("  p2p: the target does not report this capability");
}

static void print_pairs(const struct planned *planned, unsigned int source)
{
	struct answer answer;
	unsigned int target;

	for (target = 0; target < planned->num_targets; target++) {
		plan_answer(planned, source, target, &answer);
		answer_verdict(stdout, &answer);
		answer_stale(stdout, &answer);
		print_p2p(vdev_plan_pair(planned->plan, source, target));
		answer_reasons(stdout, &answer);
		answer_truncated(stdout, &answer);
	}
}

static void print_unassigned(const struct planned *planned, unsigned int source,
			     const struct vdev_assignment *assignment)
{
	static const char *const sentences[] = {
		[VDEV_PLAN_REASON_TAKEN] = "other sources need the targets that it can have",
		[VDEV_PLAN_REASON_P2P] = "devices that are moved together need p2p",
		[VDEV_PLAN_REASON_UNDECLARED] = "not declared for any target",
		[VDEV_PLAN_REASON_INCOMPATIBLE] = "no target is compatible",
		[VDEV_PLAN_REASON_NOT_MIGRATABLE] = "cannot be migrated to any target",
	};

	text_put(stdout, planned->sources[source].label);
	fputs(": ", stdout);
	colour_puts(stdout, COLOUR_BAD, "no target");
	printf(": %s (%s)\n", sentences[assignment->reason],
	       vdev_plan_reason_name(assignment->reason));
	if (assignment->reason == VDEV_PLAN_REASON_TAKEN)
		print_contenders(planned, assignment);
	else
		print_pairs(planned, source);
}

void plan_text(const struct planned *planned)
{
	unsigned int i;

	for (i = 0; i < planned->num_sources; i++) {
		const struct vdev_assignment *assignment = vdev_plan_assignment(planned->plan, i);
		struct answer answer;

		if (assignment->target == VDEV_PLAN_NONE) {
			print_unassigned(planned, i, assignment);
			continue;
		}
		plan_answer(planned, i, assignment->target, &answer);
		answer_verdict(stdout, &answer);
		answer_stale(stdout, &answer);
		if (planned->strict)
			answer_reasons(stdout, &answer);
		answer_doubt(stdout, &answer);
	}
	printf("group: %u of %u sources have a target%s\n",
	       vdev_plan_num_assigned(planned->plan), planned->num_sources,
	       vdev_plan_needs_p2p(planned->plan) ? ", p2p needed" : "");
}
