/* SPDX-License-Identifier: GPL-2.0 */
/* A plan with the names of its operands, for people and as JSON. */
#ifndef VDEVCTL_PLAN_H
#define VDEVCTL_PLAN_H

#include <stdbool.h>

#include <vdev/vdev.h>

#include "answer.h"

struct planned_operand {
	const char *label;
	/* The kernel judged what it is the target of. */
	bool live;
	const struct vdev_declaration *declaration;
};

struct planned {
	const struct vdev_plan *plan;
	const struct planned_operand *sources;
	unsigned int num_sources;
	const struct planned_operand *targets;
	unsigned int num_targets;
	/* See struct answer. */
	bool strict;
};

/* The judgement of a pair with the names of its operands. */
void plan_answer(const struct planned *planned, unsigned int source, unsigned int target,
		 struct answer *answer);

/* The exit status for it. */
int plan_status(const struct planned *planned);

void plan_text(const struct planned *planned);

/* Returns 0 or -ENOMEM. */
int plan_json(const struct planned *planned, bool pretty);

#endif /* VDEVCTL_PLAN_H */
