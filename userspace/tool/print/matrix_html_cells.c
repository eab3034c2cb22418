// SPDX-License-Identifier: GPL-2.0
/*
 * The table of a page, and behind it what each cell says that is a link: the worst source, its
 * best target and the findings. It is shown while it is the target of the page's address.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answer_text.h"
#include "common/words.h"
#include "html.h"
#include "matrix_html.h"

/* With more columns a cell has a letter in the place of words. */
#define FEW_TARGETS 12

static bool is_dense(const struct shown_matrix *shown)
{
	return shown->targets.num > FEW_TARGETS;
}

static bool is_link(const struct vdev_matrix_cell *cell)
{
	return cell->verdict && verdict_status(cell->verdict) != EXIT_DONE;
}

static const char *verdict_word(uint32_t verdict, char buffer[WORD_SIZE])
{
	return word_or_number(vdev_verdict_name(verdict), verdict, buffer);
}

void matrix_html_name(FILE *file, const struct shown_side *side, size_t index)
{
	const char *label = side->labels[index] + side->begin;

	fputs("<bdi>", file);
	html_text_len(file, label, strlen(label) - side->end);
	fputs("</bdi>", file);
}

static void put_subject(FILE *file, const struct shown_matrix *shown,
			const struct vdev_matrix_cell *cell)
{
	const struct vdev_matrix_finding *obstacle;
	char buffer[WORD_SIZE];

	if (cell->obstacle == VDEV_MATRIX_NONE) {
		fputs("no endpoint", file);
		return;
	}
	obstacle = vdev_matrix_obstacle(shown->matrix, cell->obstacle);
	fputs(word_or_number(vdev_field_name(obstacle->field), obstacle->field, buffer), file);
	if (obstacle->name) {
		fputc(' ', file);
		html_text(file, obstacle->name);
	}
}

static void put_words(FILE *file, const struct shown_matrix *shown,
		      const struct vdev_matrix_cell *cell)
{
	char buffer[WORD_SIZE];

	fprintf(file, "<b>%s</b><small>", verdict_word(cell->verdict, buffer));
	put_subject(file, shown, cell);
	fputs("</small>", file);
	if (cell->num_sources > 1)
		fprintf(file, "<small>%zu of %zu can move</small>", cell->num_movable,
			cell->num_sources);
}

static void put_letter(FILE *file, const struct vdev_matrix_cell *cell)
{
	fprintf(file, "%c", matrix_letter(cell->verdict));
	if (cell->obstacle != VDEV_MATRIX_NONE)
		fprintf(file, "%zu", cell->obstacle + 1);
	if (cell->num_movable)
		fprintf(file, "<small>%zu/%zu</small>", cell->num_movable, cell->num_sources);
}

static void put_link(FILE *file, const struct shown_matrix *shown, size_t source, size_t target)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(shown->matrix, source, target);
	char buffer[WORD_SIZE];

	fprintf(file, "<td class=v%u><a id=c%zu-%zu href=#p%zu-%zu", cell->verdict, source + 1,
		target + 1, source + 1, target + 1);
	if (is_dense(shown)) {
		fprintf(file, " title=\"%s, ", verdict_word(cell->verdict, buffer));
		put_subject(file, shown, cell);
		fputs("\">", file);
		put_letter(file, cell);
	} else {
		fputc('>', file);
		put_words(file, shown, cell);
	}
	fputs("</a></td>", file);
}

static void put_cell(FILE *file, const struct shown_matrix *shown, size_t source, size_t target)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(shown->matrix, source, target);
	char buffer[WORD_SIZE];
	const char *word;

	if (is_link(cell)) {
		put_link(file, shown, source, target);
	} else if (cell->self) {
		fprintf(file, "<td class=self>%s</td>", is_dense(shown) ? "." : "itself");
	} else if (!cell->verdict) {
		fprintf(file, "<td class=v0>%s</td>", is_dense(shown) ? "-" : "nothing to move");
	} else {
		word = verdict_word(cell->verdict, buffer);
		if (is_dense(shown))
			fprintf(file, "<td class=v%u title=\"%s\">%c</td>", cell->verdict, word,
				matrix_letter(cell->verdict));
		else
			fprintf(file, "<td class=v%u><b>%s</b></td>", cell->verdict, word);
	}
}

void matrix_html_table(FILE *file, const struct shown_matrix *shown)
{
	size_t source, target;

	fprintf(file, "<p>Rows are moved, columns are where to. A cell that is underlined says more "
		"when it is chosen.%s</p>\n<div class=scroll tabindex=0 role=region "
		"aria-labelledby=who>\n<table class=\"matrix%s\" aria-labelledby=who>\n<thead><tr><th scope=col>from / to</th>",
		is_dense(shown) ? " Its number is that of a finding below." : "",
		is_dense(shown) ? " dense" : "");
	for (target = 0; target < shown->targets.num; target++) {
		fputs("<th scope=col><span>", file);
		matrix_html_name(file, &shown->targets, target);
		fputs("</span></th>", file);
	}
	fputs("</tr></thead>\n<tbody>\n", file);
	for (source = 0; source < shown->sources.num; source++) {
		fputs("<tr><th scope=row>", file);
		matrix_html_name(file, &shown->sources, source);
		fputs("</th>", file);
		for (target = 0; target < shown->targets.num; target++)
			put_cell(file, shown, source, target);
		fputs("</tr>\n", file);
	}
	fputs("</tbody>\n</table>\n</div>\n", file);
}

/* What the text has: a line for each reason. The caller frees it; NULL if there is no memory. */
static char *make_reasons(const struct shown_matrix *shown, size_t source, size_t target)
{
	struct vdev_judgement *judgement;
	struct answer answer;
	char *text = NULL;
	size_t size;
	FILE *file;

	judgement = matrix_judge(shown, source, target, &answer);
	if (!judgement)
		return NULL;
	file = open_memstream(&text, &size);
	if (file) {
		answer_reasons(file, &answer);
		if (fclose(file)) {
			free(text);
			text = NULL;
		}
	}
	vdev_judgement_free(judgement);
	return text;
}

static int put_reasons(FILE *file, const struct shown_matrix *shown, size_t source, size_t target)
{
	char *text = make_reasons(shown, source, target);
	char *line, *rest;

	if (!text)
		return -ENOMEM;
	fputs("<ul>", file);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		fputs("<li>", file);
		html_text(file, line + strspn(line, " "));
		fputs("</li>", file);
	}
	fputs("</ul>", file);
	free(text);
	return 0;
}

static void put_endpoint(FILE *file, const char *before, const char *handle)
{
	fputs(before, file);
	fputs("<code><bdi>", file);
	html_text(file, handle ? handle : "without a name");
	fputs("</bdi></code>", file);
}

static int put_pair(FILE *file, const struct shown_matrix *shown, size_t source, size_t target)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(shown->matrix, source, target);
	char buffer[WORD_SIZE];
	int err = 0;

	fprintf(file, "<section class=pair id=p%zu-%zu tabindex=-1><h3>", source + 1, target + 1);
	matrix_html_name(file, &shown->sources, source);
	fputs(" → ", file);
	matrix_html_name(file, &shown->targets, target);
	fprintf(file, "</h3><p><b class=v%u>%s</b> %zu of %zu can move.</p>", cell->verdict,
		verdict_word(cell->verdict, buffer), cell->num_movable, cell->num_sources);
	if (cell->target == VDEV_MATRIX_NONE) {
		fputs("<p>The target has no endpoint.</p>", file);
	} else {
		put_endpoint(file, "<p>", matrix_handle(&shown->sources, source, cell->source));
		put_endpoint(file, " → ", matrix_handle(&shown->targets, target, cell->target));
		fputs("</p>", file);
		err = put_reasons(file, shown, source, target);
	}
	fprintf(file, "<a class=close href=#c%zu-%zu>Close</a></section>\n", source + 1,
		target + 1);
	return err;
}

int matrix_html_pairs(FILE *file, const struct shown_matrix *shown)
{
	size_t source, target;
	int err = 0;

	for (source = 0; source < shown->sources.num; source++)
		for (target = 0; !err && target < shown->targets.num; target++)
			if (is_link(vdev_matrix_cell(shown->matrix, source, target)))
				err = put_pair(file, shown, source, target);
	return err;
}
