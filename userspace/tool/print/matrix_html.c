// SPDX-License-Identifier: GPL-2.0
/*
 * A matrix as one page of HTML, which needs nothing beside it and runs nothing: the policy
 * allows its own style sheet alone.
 */
#include <stdlib.h>

#include "answer_text.h"
#include "cli/host.h"
#include "cli/text.h"
#include "common/words.h"
#include "html.h"
#include "matrix_html.h"

static void put_head(FILE *file)
{
	fprintf(file,
		"<!DOCTYPE html>\n<html lang=en dir=ltr>\n<head>\n<meta charset=utf-8>\n"
		"<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
		"style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
		"<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=color-scheme content=\"light dark\">\n"
		"<meta name=referrer content=no-referrer>\n"
		"<title>Migration matrix</title>\n<style>%s</style>\n</head>\n<body>\n",
		matrix_style_hash, matrix_style);
}

static void put_numbers(FILE *file, const struct shown_matrix *shown)
{
	if (shown->sources.contents == shown->targets.contents)
		fprintf(file, "%zu hosts, each to each other", shown->sources.num);
	else
		fprintf(file, "%zu sources to %zu targets", shown->sources.num,
			shown->targets.num);
}

/* What colours and letters mean, and how often there is each. */
static void put_summary(FILE *file, const struct shown_matrix *shown,
			const struct matrix_counts *counts)
{
	char buffer[WORD_SIZE];
	uint32_t verdict;

	fputs("<header>\n<h1>Migration matrix</h1>\n<p class=lead>", file);
	put_numbers(file, shown);
	if (counts->judged)
		fprintf(file, ": <strong>%zu of %zu pairs</strong> can move everything.</p>\n",
			counts->good, counts->judged);
	else
		fputs(". There is no device to move.</p>\n", file);
	if (shown->incomplete)
		fputs("<p><strong>Incomplete</strong>: " MATRIX_INCOMPLETE ".</p>\n", file);
	fputs("<ul class=legend>", file);
	for (verdict = VDEV_VERDICT_IDENTICAL; verdict <= VDEV_VERDICT_NOT_MIGRATABLE; verdict++)
		fprintf(file, "<li class=v%u><i>%c</i> %s <b>%zu</b></li>", verdict,
			matrix_letter(verdict),
			word_or_number(vdev_verdict_name(verdict), verdict, buffer),
			counts->verdicts[verdict]);
	fputs("</ul>\n</header>\n", file);
}

static void put_obstacle(FILE *file, const struct vdev_matrix_finding *obstacle, size_t index,
			 size_t pairs)
{
	char buffer[WORD_SIZE];

	fprintf(file, "<tr><td>%zu</td><th scope=row>%s", index + 1,
		word_or_number(vdev_field_name(obstacle->field), obstacle->field, buffer));
	if (obstacle->name) {
		fputs(" <bdi>", file);
		html_text(file, obstacle->name);
		fputs("</bdi>", file);
	}
	fputs("</th><td>", file);
	answer_code(file, obstacle->code);
	fprintf(file, "</td><td><meter max=%zu value=%zu>%zu</meter> %zu of %zu</td></tr>\n", pairs,
		obstacle->num_pairs, obstacle->num_pairs, obstacle->num_pairs, pairs);
}

static void put_obstacles(FILE *file, const struct shown_matrix *shown,
			  const struct matrix_counts *counts)
{
	size_t i, num = vdev_matrix_num_obstacles(shown->matrix);

	if (!num)
		return;
	fputs("<section>\n<h2>What stands in the way</h2>\n<div class=scroll tabindex=0 "
	      "role=region aria-label=\"What stands in the way\">\n<table class=list>\n<thead><tr>"
	      "<th scope=col>No.</th><th scope=col>Finding</th><th scope=col>Why</th>"
	      "<th scope=col>Pairs</th></tr></thead>\n<tbody>\n", file);
	for (i = 0; i < num; i++)
		put_obstacle(file, vdev_matrix_obstacle(shown->matrix, i), i, counts->judged);
	fputs("</tbody>\n</table>\n</div>\n</section>\n", file);
}

static int put_common(FILE *file, const struct vdev_common *common)
{
	char *text = NULL;
	size_t size;
	FILE *words = open_memstream(&text, &size);

	if (!words)
		return -1;
	matrix_common(words, common);
	if (fclose(words)) {
		free(text);
		return -1;
	}
	fputs("<td>", file);
	html_text(file, text);
	fputs("</td>", file);
	free(text);
	return 0;
}

static int put_baseline(FILE *file, const struct shown_matrix *shown)
{
	size_t i, num = vdev_baseline_num_models(shown->baseline);
	int err = 0;

	if (!num)
		return 0;
	fputs("<section>\n<h2>What the targets have in common</h2>\n<div class=scroll tabindex=0 "
	      "role=region aria-label=\"What the targets have in common\">\n<table class=list>\n"
	      "<thead><tr><th scope=col>Model</th><th scope=col>Targets</th>"
	      "<th scope=col>Versions</th><th scope=col>State version</th></tr></thead>\n<tbody>\n",
	      file);
	for (i = 0; !err && i < num; i++) {
		const struct vdev_baseline_model *model = vdev_baseline_model(shown->baseline, i);

		fputs("<tr><th scope=row><bdi>", file);
		html_text(file, model->model);
		fprintf(file, "</bdi></th><td>%zu of %zu</td>",
			shown->targets.num - model->num_absent, shown->targets.num);
		err = put_common(file, &model->versions) ?:
		      put_common(file, &model->software_version);
		fputs("</tr>\n", file);
	}
	fputs("</tbody>\n</table>\n</div>\n</section>\n", file);
	return err;
}

static void put_foot(FILE *file)
{
	char time[HOST_TIME_SIZE];
	struct host host = { 0 };

	host_get(&host);
	host_time(time);
	fprintf(file, "<footer><p>vdevctl %s, %.19s UTC. Judged from what hosts exported: what only "
		"the driver of a target knows is not in it, and each device is judged alone.</p>"
		"</footer>\n</body>\n</html>\n", host.vdev_version, time);
}

static int put_page(FILE *file, const struct shown_matrix *shown)
{
	struct matrix_counts counts;
	int err;

	matrix_count(shown, &counts);
	put_head(file);
	put_summary(file, shown, &counts);
	fputs("<main>\n<section>\n<h2 id=who>Who can move where</h2>\n", file);
	matrix_html_table(file, shown);
	fputs("</section>\n", file);
	put_obstacles(file, shown, &counts);
	err = put_baseline(file, shown);
	fputs("</main>\n", file);
	if (!err)
		err = matrix_html_pairs(file, shown);
	put_foot(file);
	return err;
}

int matrix_html(const struct shown_matrix *shown)
{
	struct shown_matrix page = *shown;

	matrix_shorten(&page.sources);
	matrix_shorten(&page.targets);
	return put_page(stdout, &page);
}
