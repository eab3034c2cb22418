// SPDX-License-Identifier: GPL-2.0
/* The target that comes nearest to a good one, of those that were judged. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "nearest.h"
#include "print/answer_text.h"

static unsigned int count_against(const struct vdev_judgement *judgement)
{
	unsigned int i, num = 0;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++)
		num += vdev_judgement_finding(judgement, i)->result == VDEV_RESULT_FAIL;
	return num;
}

static bool is_nearer(const struct nearest *nearest, const struct vdev_judgement *judgement,
		      unsigned int num_against)
{
	uint32_t verdict = vdev_judgement_verdict(judgement), kept;

	if (!nearest->judgement)
		return true;
	kept = vdev_judgement_verdict(nearest->judgement);
	return verdict < kept || (verdict == kept && num_against < nearest->num_against);
}

int nearest_take(struct nearest *nearest, const struct answer *answer)
{
	unsigned int num_against = count_against(answer->judgement);
	struct nearest kept = { .num_against = num_against };

	if (!is_nearer(nearest, answer->judgement, num_against))
		return 0;
	kept.judgement = vdev_judgement_dup(answer->judgement);
	kept.target = strdup(answer->target);
	if (!kept.judgement || !kept.target) {
		nearest_free(&kept);
		return -ENOMEM;
	}
	nearest_free(nearest);
	*nearest = kept;
	return 0;
}

void nearest_report(const struct command *command, const struct nearest *nearest,
		    const struct vdev_declaration *source)
{
	struct answer answer;
	char *text = NULL;
	FILE *file;
	size_t size;

	if (!nearest->judgement) {
		complain(command, "nothing fits: there is nothing that could be a target");
		return;
	}
	file = open_memstream(&text, &size);
	if (!file) {
		complain_memory(command);
		return;
	}
	answer_init(&answer, nearest->judgement, source);
	answer.target = nearest->target;
	answer_plain(file, &answer);
	if (fclose(file))
		complain_memory(command);
	else
		complain(command, "nothing fits; the nearest, %s", text);
	free(text);
}

void nearest_free(struct nearest *nearest)
{
	vdev_judgement_free(nearest->judgement);
	free(nearest->target);
	*nearest = (struct nearest){ 0 };
}
