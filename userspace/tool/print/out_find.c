// SPDX-License-Identifier: GPL-2.0
/* What a search has found, for people and as JSON. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "answer_json.h"
#include "answer_text.h"
#include "out.h"
#include "out_find.h"
#include "out_text.h"

static void print_rank(const struct vdev_rank *rank)
{
	printf("  rank preference %u", rank->preference);
	if (rank->same_version)
		fputs(" same-version", stdout);
	printf(" bugfix %u surplus %u\n", rank->bugfix, rank->surplus);
}

/* Without details, those that cannot are left out. */
static void print_text(const struct find_output *output, const struct answer *answer)
{
	const struct vdev_judgement *judgement = answer->judgement;
	bool candidate = vdev_judgement_verdict(judgement) <= VDEV_VERDICT_UNDECLARED;

	if (!candidate && !output->options->details)
		return;
	answer_verdict(stdout, answer);
	answer_stale(stdout, answer);
	text_capacity(stdout, vdev_judgement_capacity(judgement));
	if (candidate && output->options->details)
		print_rank(vdev_judgement_rank(judgement));
	if (output->options->details) {
		answer_reasons(stdout, answer);
		answer_truncated(stdout, answer);
	}
	answer_doubt(stdout, answer);
}

static int begin(struct find_output *output)
{
	if (output->begun || !output->options->json)
		return 0;
	output->begun = true;
	output->frame = (struct frame){
		.file = stdout, .key = "find", .pretty = output->options->pretty,
	};
	return frame_begin(&output->frame, NULL);
}

static int print_json(struct find_output *output, const struct answer *answer)
{
	const struct frame layout = { .pretty = output->options->pretty };
	char *text = answer_dump(&layout, answer);
	int err = text ? begin(output) : -ENOMEM;

	if (!err)
		frame_put_text(&output->frame, text);
	free(text);
	return err;
}

int out_find(struct find_output *output, const struct answer *answer)
{
	uint32_t verdict = vdev_judgement_verdict(answer->judgement);
	int err = 0;

	output->good = output->good || answer_status(answer) == EXIT_DONE;
	if (!output->best || verdict < output->best)
		output->best = verdict;
	if (output->options->json)
		err = print_json(output, answer);
	else
		print_text(output, answer);
	if (err)
		return err;
	return ferror(stdout) ? -EIO : 0;
}

int out_find_end(struct find_output *output, uint32_t instance, uint64_t snapshot)
{
	int err = begin(output);

	if (err || !output->options->json)
		return err;
	return out_snapshot_end(&output->frame, instance, snapshot);
}

bool out_find_nothing(const struct find_output *output)
{
	return !output->best || output->best > VDEV_VERDICT_UNDECLARED;
}

int out_find_status(const struct find_output *output)
{
	int status = verdict_status(output->best);

	return status || output->good ? status : EXIT_UNDECLARED;
}
