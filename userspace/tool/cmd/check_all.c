// SPDX-License-Identifier: GPL-2.0
/*
 * "check --all": every source with every target. Each judgement is printed as soon as it is
 * made, and nothing of it is kept: memory does not grow with the number of pairs.
 */
#include <errno.h>
#include <stdlib.h>

#include "check_many.h"
#include "cli/complain.h"
#include "cli/progress.h"
#include "operands.h"
#include "pair.h"
#include "print/answer_json.h"
#include "print/answer_text.h"

struct all {
	const struct many_args *args;
	struct document_cache cache;
	struct operands sources;
	struct operands targets;
	/* Of what is printed; kept from pair to pair. */
	struct json_line line;
	struct verdicts verdicts;
};

/* Words are counted through, so that no two tokens have the same name. */
static int add_words(struct all *all, int first, int end, char **words,
		     struct operands *operands)
{
	const struct many_args *args = all->args;
	int status = EXIT_DONE;
	int i;

	for (i = first; i < end && !status; i++) {
		progress_step();
		status = operands_add(args->command, args->offline ? NULL : args->sock,
				      &all->cache, words[i], (size_t)i + 1, operands);
	}
	return status;
}

static int read_all(struct all *all, int argc, char **argv)
{
	int num = all->args->num_sources;
	int status;

	progress_begin("reading", (size_t)argc);
	status = add_words(all, 0, num, argv, &all->sources);
	if (!status)
		status = add_words(all, num, argc, argv, &all->targets);
	progress_end();
	return status;
}

/* A tree, which people can read; or a line, as is wanted a hundred thousand times. */
static int print_json(struct all *all, const struct answer *answer)
{
	const struct frame layout = { .pretty = true };
	char *text;

	if (!all->args->options->pretty) {
		if (answer_line(answer, &all->line))
			return -ENOMEM;
		fwrite(all->line.text, 1, all->line.len, stdout);
		putchar('\n');
		return 0;
	}
	text = answer_dump(&layout, answer);
	if (!text)
		return -ENOMEM;
	puts(text);
	free(text);
	return 0;
}

static int print(struct all *all, const struct answer *answer)
{
	int err = 0;

	if (all->args->options->json)
		err = print_json(all, answer);
	else
		answer_brief(stdout, answer);
	if (err)
		return complain_memory(all->args->command);
	/* Said when stdout is closed. */
	return ferror(stdout) ? EXIT_ERROR : EXIT_DONE;
}

static int judge_pair(struct all *all, struct operand *source, struct operand *target)
{
	static const struct generation any = { 0 };
	const struct many_args *args = all->args;
	struct vdev_judgement *judgement = NULL;
	struct answer answer;
	int status = pair_judge(args->command, args->sock, source, target, &any, &judgement);

	if (status)
		return status;
	answer_init(&answer, judgement, source->declaration);
	answer.strict = args->options->strict;
	answer.source = source->label;
	answer.target = target->label;
	answer.offline = !target->live;
	verdicts_add(&all->verdicts, &answer);
	status = print(all, &answer);
	vdev_judgement_free(judgement);
	return status;
}

static int judge_all(struct all *all)
{
	int status = EXIT_DONE;
	size_t i, j;

	for (i = 0; i < all->sources.num && !status; i++)
		for (j = 0; j < all->targets.num && !status; j++)
			status = judge_pair(all, &all->sources.list[i], &all->targets.list[j]);
	return status;
}

/* What could not be read may be worse than what was. */
static int all_status(const struct all *all)
{
	return all->sources.lacking || all->targets.lacking ? EXIT_ERROR :
							      verdicts_status(&all->verdicts);
}

int check_all(const struct many_args *args, int argc, char **argv)
{
	struct all all = { .args = args };
	int status = many_check_numbers(args, argc - args->num_sources, MAX_CACHED / 2);

	if (!status)
		status = read_all(&all, argc, argv);
	if (!status)
		status = many_check_live(args, all.sources.live || all.targets.live);
	if (!status)
		status = judge_all(&all);
	json_line_free(&all.line);
	operands_free(&all.targets);
	operands_free(&all.sources);
	document_cache_free(&all.cache);
	return status ? status : all_status(&all);
}
