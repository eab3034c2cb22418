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

static int print_one(const struct exports *exports, const struct operand *source,
		     const struct vdev_ranked *ranked, struct find_output *output)
{
	char *label = document_endpoint_label(exports->labels[ranked->host],
					      exports->contents[ranked->host], ranked->endpoint);
	struct answer answer;
	int err;

	if (!label)
		return -ENOMEM;
	answer_init(&answer, ranked->judgement, source->declaration);
	answer.target = label;
	answer.offline = true;
	answer.strict = output->options->strict;
	if (output->options->json)
		answer.source = source->label;
	err = out_find(output, &answer);
	free(label);
	return err;
}

static int print(const struct exports *exports, const struct operand *source,
		 const struct vdev_ranking *ranking, struct find_output *output)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < vdev_ranking_num(ranking); i++)
		err = print_one(exports, source, vdev_ranking_get(ranking, i), output);
	return err ? err : out_find_end(output, 0, 0);
}

static int rank(const struct command *command, const struct exports *exports,
		const struct operand *source, uint32_t at_least, struct find_output *output)
{
	struct vdev_ranking *ranking;
	int err;

	progress_begin("judging", 0);
	err = vdev_ranking_new(source->declaration, exports->contents, exports->num, at_least,
			       &ranking);
	progress_end();
	if (!err)
		err = print(exports, source, ranking, output);
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
		 int num_files, char **files, struct find_output *output)
{
	struct exports exports;
	int status;

	status = exports_read(command, num_files, files, "a search is in whole exports", &exports);
	if (!status)
		status = rank(command, &exports, source, at_least, output);
	if (!status)
		status = read_status(&exports);
	exports_free(&exports);
	return status;
}
