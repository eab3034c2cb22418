// SPDX-License-Identifier: GPL-2.0
/*
 * "check --group": which target each device of a machine is moved to. Each source is judged
 * with each target, as a check of the two is; the library makes the plan of that.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check_many.h"
#include "cli/complain.h"
#include "cli/progress.h"
#include "operand.h"
#include "pair.h"
#include "print/answer.h"
#include "print/plan.h"

struct group {
	const struct many_args *args;
	struct document_cache cache;
	/* Sources, and behind them targets. */
	struct operand *operands;
	unsigned int num_sources;
	unsigned int num_targets;
	/* Row by row; NULL where the library judges. */
	struct vdev_judgement **judgements;
	struct vdev_plan *plan;
};

static int group_alloc(struct group *group, int num_targets)
{
	group->num_sources = (unsigned int)group->args->num_sources;
	group->num_targets = (unsigned int)num_targets;
	group->operands = calloc(group->num_sources + group->num_targets,
				 sizeof(*group->operands));
	group->judgements = calloc((size_t)group->num_sources * group->num_targets,
				   sizeof(struct vdev_judgement *));
	return group->operands && group->judgements ? EXIT_DONE :
						      complain_memory(group->args->command);
}

/* What is no word needs a text of its own. */
static int name_operand(const struct command *command, const char *word, size_t number,
			struct operand *operand)
{
	char buffer[LABEL_SIZE];
	const char *label = document_label_nth(word, number, buffer);

	if (label != buffer)
		return EXIT_DONE;
	operand->named = strdup(label);
	if (!operand->named)
		return complain_memory(command);
	operand->label = operand->named;
	return EXIT_DONE;
}

static int parse_operand(struct group *group, const char *word, size_t number,
			 struct operand *operand)
{
	const struct many_args *args = group->args;
	int status = operand_parse(args->command, args->offline ? NULL : args->sock,
				   &group->cache, word, operand);

	if (!status && operand->live && args->offline)
		status = complain(args->command, OPERAND_NOT_OFFLINE, operand->label);
	return status ? status : name_operand(args->command, word, number, operand);
}

static int parse(struct group *group, char **words)
{
	unsigned int i, num = group->num_sources + group->num_targets;
	bool live = false;
	int status = EXIT_DONE;

	progress_begin("reading", num);
	for (i = 0; i < num && !status; i++) {
		progress_step();
		status = parse_operand(group, words[i], i + 1, &group->operands[i]);
		live = live || group->operands[i].live;
	}
	progress_end();
	return status ? status : many_check_live(group->args, live);
}

/* The plan depends on what each of them declares. */
static int fetch_all(struct group *group)
{
	unsigned int i, num = group->num_sources + group->num_targets;
	int status = EXIT_DONE;

	for (i = 0; i < num && !status; i++)
		status = operand_fetch(group->args->command, group->args->sock,
				       &group->operands[i]);
	return status;
}

/* Of a type, more than one device can be created. */
static bool is_same_device(const struct operand *a, const struct operand *b)
{
	if (vdev_declaration_kind(a->declaration) != VDEV_OBJECT_DEV)
		return false;
	return a->live ? b->live && a->id == b->id : a->declaration == b->declaration;
}

static int check_different(const struct group *group, const struct operand *operands,
			   unsigned int num, const char *what)
{
	unsigned int i, j;

	for (i = 0; i < num; i++)
		for (j = 0; j < i; j++)
			if (is_same_device(&operands[i], &operands[j]))
				return complain(group->args->command,
						"--group: %s %s and %s are the same device", what,
						operands[j].label, operands[i].label);
	return EXIT_DONE;
}

static int judge_all(struct group *group)
{
	static const struct generation any = { 0 };
	struct operand *targets = group->operands + group->num_sources;
	unsigned int source, target;
	int status = EXIT_DONE;
	size_t i = 0;

	for (source = 0; source < group->num_sources; source++)
		for (target = 0; target < group->num_targets && !status; target++, i++)
			if (targets[target].live)
				status = pair_judge(group->args->command, group->args->sock,
						    &group->operands[source], &targets[target],
						    &any, &group->judgements[i]);
	return status;
}

static int make_plan(struct group *group)
{
	unsigned int i, num = group->num_sources + group->num_targets;
	const struct vdev_declaration **declarations = calloc(num, sizeof(*declarations));
	struct vdev_error error;
	int err;

	if (!declarations)
		return complain_memory(group->args->command);
	for (i = 0; i < num; i++)
		declarations[i] = group->operands[i].declaration;
	err = vdev_plan_new(declarations, group->num_sources, declarations + group->num_sources,
			    group->num_targets,
			    (const struct vdev_judgement *const *)group->judgements,
			    &group->plan, &error);
	free(declarations);
	return err ? complain(group->args->command, "--group: %s", error.message) : EXIT_DONE;
}

static int print(const struct group *group, const struct planned_operand *operands, int *status)
{
	const struct planned planned = {
		.plan = group->plan,
		.sources = operands,
		.num_sources = group->num_sources,
		.targets = operands + group->num_sources,
		.num_targets = group->num_targets,
		.strict = group->args->options->strict,
	};

	*status = plan_status(&planned);
	if (group->args->options->json)
		return plan_json(&planned, group->args->options->pretty);
	plan_text(&planned);
	return 0;
}

static int answer(const struct group *group)
{
	unsigned int i, num = group->num_sources + group->num_targets;
	struct planned_operand *operands = calloc(num, sizeof(*operands));
	int err = operands ? 0 : -ENOMEM;
	int status = EXIT_ERROR;

	for (i = 0; operands && i < num; i++)
		operands[i] = (struct planned_operand){
			.label = group->operands[i].label,
			.live = group->operands[i].live,
			.declaration = group->operands[i].declaration,
		};
	if (!err)
		err = print(group, operands, &status);
	free(operands);
	return err ? complain_memory(group->args->command) : status;
}

static void release(struct group *group)
{
	size_t i, num = (size_t)group->num_sources * group->num_targets;

	vdev_plan_free(group->plan);
	for (i = 0; group->judgements && i < num; i++)
		vdev_judgement_free(group->judgements[i]);
	for (i = 0; group->operands && i < group->num_sources + group->num_targets; i++)
		operand_free(&group->operands[i]);
	free(group->judgements);
	free(group->operands);
	document_cache_free(&group->cache);
}

static int judge_and_plan(struct group *group)
{
	int status;

	progress_begin("judging", 0);
	status = judge_all(group);
	if (!status)
		status = make_plan(group);
	progress_end();
	return status;
}

int check_group(const struct many_args *args, int argc, char **argv)
{
	struct group group = { .args = args };
	int status = many_check_numbers(args, argc - args->num_sources, VDEV_PLAN_MAX);

	if (!status)
		status = group_alloc(&group, argc - args->num_sources);
	if (!status)
		status = parse(&group, argv);
	if (!status)
		status = fetch_all(&group);
	if (!status)
		status = check_different(&group, group.operands, group.num_sources, "sources");
	if (!status)
		status = check_different(&group, group.operands + group.num_sources,
					 group.num_targets, "targets");
	if (!status)
		status = judge_and_plan(&group);
	if (!status)
		status = answer(&group);
	release(&group);
	return status;
}
