// SPDX-License-Identifier: GPL-2.0
/* What all forms of a matrix need. */
#include <string.h>

#include "cli/text.h"
#include "common/words.h"
#include "matrix.h"

void matrix_count(const struct shown_matrix *shown, struct matrix_counts *counts)
{
	size_t source, target;

	*counts = (struct matrix_counts){ 0 };
	for (source = 0; source < shown->sources.num; source++)
		for (target = 0; target < shown->targets.num; target++) {
			uint32_t verdict = vdev_matrix_cell(shown->matrix, source, target)->verdict;

			if (!verdict)
				continue;
			counts->judged++;
			counts->verdicts[verdict]++;
			counts->good += verdict_status(verdict) == EXIT_DONE;
		}
}

struct vdev_judgement *matrix_judge(const struct shown_matrix *shown, size_t source, size_t target,
				    struct answer *answer)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(shown->matrix, source, target);
	const struct vdev_declaration *from, *to;
	struct vdev_judgement *judgement;

	from = vdev_document_declaration(shown->sources.contents[source], cell->source);
	to = vdev_document_declaration(shown->targets.contents[target], cell->target);
	judgement = vdev_judge(from, to);
	if (judgement)
		answer_init(answer, judgement, from);
	return judgement;
}

/* How long the folders are that two names have in common. */
static size_t common_folders(const char *a, const char *b)
{
	size_t i, len = 0;

	for (i = 0; a[i] && a[i] == b[i] && a[i] != '#'; i++)
		if (a[i] == '/')
			len = i + 1;
	return len;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text);

	return len > strlen(end) && strcmp(text + len - strlen(end), end) == 0;
}

void matrix_shorten(struct shown_side *side)
{
	static const char suffix[] = ".json";
	size_t i, begin;

	side->end = strlen(suffix);
	for (i = 0; i < side->num; i++) {
		begin = common_folders(side->labels[0], side->labels[i]);
		side->begin = i && side->begin < begin ? side->begin : begin;
		if (!ends_with(side->labels[i] + side->begin, suffix))
			side->end = 0;
	}
}

const char *matrix_handle(const struct shown_side *side, size_t host, size_t endpoint)
{
	return endpoint == VDEV_MATRIX_NONE ? NULL :
					      vdev_document_handle(side->contents[host], endpoint);
}

void matrix_subject(FILE *file, const struct vdev_matrix_finding *obstacle)
{
	char buffer[WORD_SIZE];

	fputs(word_or_number(vdev_field_name(obstacle->field), obstacle->field, buffer), file);
	if (obstacle->name) {
		fputc(' ', file);
		text_quoted(file, obstacle->name);
	}
}

char matrix_letter(uint32_t verdict)
{
	static const char letters[] = {
		[VDEV_VERDICT_IDENTICAL] = '=',
		[VDEV_VERDICT_COMPATIBLE] = '+',
		[VDEV_VERDICT_UNDECLARED] = '?',
		[VDEV_VERDICT_INCOMPATIBLE] = 'x',
		[VDEV_VERDICT_NOT_MIGRATABLE] = '!',
	};

	return letters[verdict];
}
