// SPDX-License-Identifier: GPL-2.0
/* The search over what hosts exported: no kernel is asked, and none has to be there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/complain.h"
#include "cli/progress.h"
#include "exports.h"
#include "find_exports.h"

int find_exports_check(const struct command *command, const struct show_args *args, int num_files)
{
	if (!num_files)
		return complain_usage(command, "in: FILE is missing");
	if (args_given_other(args))
		return complain_usage(command, "in: at-least is the only condition of exports");
	return EXIT_DONE;
}

/* A search that is under way. */
struct search {
	const struct operand *source;
	uint32_t at_least;
	struct exports exports;
	struct find_output *output;
	struct nearest *nearest;
};

static bool is_wanted(const struct search *search, const struct vdev_judgement *judgement)
{
	return !search->at_least || vdev_judgement_verdict(judgement) <= search->at_least;
}

/* What is not good enough can be the nearest all the same. */
static int print_one(const struct search *search, const struct vdev_ranked *ranked)
{
	const struct exports *exports = &search->exports;
	char *label = document_endpoint_label(exports->labels[ranked->host],
					      exports->contents[ranked->host], ranked->endpoint);
	struct answer answer;
	int err;

	if (!label)
		return -ENOMEM;
	answer_init(&answer, ranked->judgement, search->source->declaration);
	answer.target = label;
	answer.offline = true;
	answer.strict = search->output->options->strict;
	if (search->output->options->json)
		answer.source = search->source->label;
	err = nearest_take(search->nearest, &answer);
	if (!err && is_wanted(search, ranked->judgement))
		err = out_find(search->output, &answer);
	free(label);
	return err;
}

static int print(const struct search *search, const struct vdev_ranking *ranking)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < vdev_ranking_num(ranking); i++)
		err = print_one(search, vdev_ranking_get(ranking, i));
	return err ? err : out_find_end(search->output, 0, 0);
}

static int rank(const struct command *command, const struct search *search)
{
	struct vdev_ranking *ranking;
	int err;

	progress_begin("judging", 0);
	err = vdev_ranking_new(search->source->declaration, search->exports.contents,
			       search->exports.num, 0, &ranking);
	progress_end();
	if (!err)
		err = print(search, ranking);
	vdev_ranking_free(ranking);
	return err == -ENOMEM ? complain_memory(command) : EXIT_DONE;
}

/* Those that could not be read may be better than those that were. */
static int read_status(const struct exports *exports)
{
	size_t i;

	for (i = 0; i < exports->num; i++)
		if (vdev_document_num_rejected(exports->contents[i]))
			return EXIT_ERROR;
	return EXIT_DONE;
}

int find_exports(const struct command *command, const struct operand *source, uint32_t at_least,
		 int num_files, char **files, struct find_output *output,
		 struct nearest *nearest)
{
	struct search search = {
		.source = source, .at_least = at_least, .output = output, .nearest = nearest,
	};
	int status;

	status = exports_read(command, num_files, files, "a search is in whole exports",
			      &search.exports);
	if (!status)
		status = rank(command, &search);
	if (!status)
		status = read_status(&search.exports);
	exports_free(&search.exports);
	return status;
}
