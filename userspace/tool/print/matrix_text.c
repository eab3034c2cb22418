// SPDX-License-Identifier: GPL-2.0
/*
 * A matrix for people, as a table: in words where that is not too wide, else with numbered
 * columns and a letter for each verdict, in as many parts as the terminal needs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answer_text.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "common/words.h"
#include "colours.h"
#include "matrix.h"
#include "table.h"

/* Without a terminal nothing is too wide, but more columns in words are hard to follow. */
#define FEW_TARGETS 8
/* More findings are printed with -d. */
#define FEW_OBSTACLES 20
/* What is left of the names of sources on a narrow terminal. */
#define NAME_WIDTH 16

struct part {
	const struct shown_matrix *shown;
	bool words;
	/* Without colours, to see how wide it is. */
	bool plain;
	/* Of the terminal; 0 if there is none. */
	size_t width;
	size_t first;
	size_t num;
};

/* How many can be moved, if not all. */
static void fill_movable(FILE *file, const struct vdev_matrix_cell *cell)
{
	if (cell->num_sources > 1 && cell->num_movable < cell->num_sources)
		fprintf(file, " %zu/%zu", cell->num_movable, cell->num_sources);
}

static void fill_words(FILE *file, const struct shown_matrix *shown,
		       const struct vdev_matrix_cell *cell)
{
	char buffer[WORD_SIZE];

	fputs(word_or_number(vdev_verdict_name(cell->verdict), cell->verdict, buffer), file);
	fill_movable(file, cell);
	if (cell->obstacle == VDEV_MATRIX_NONE)
		return;
	fputs(", ", file);
	matrix_subject(file, vdev_matrix_obstacle(shown->matrix, cell->obstacle));
}

static void fill_letter(FILE *file, const struct vdev_matrix_cell *cell)
{
	fputc(matrix_letter(cell->verdict), file);
	if (cell->obstacle != VDEV_MATRIX_NONE)
		fprintf(file, "%zu", cell->obstacle + 1);
	fill_movable(file, cell);
}

static void fill_cell(FILE *file, const struct part *part, size_t source, size_t target)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(part->shown->matrix, source, target);

	if (cell->self)
		fputc('.', file);
	else if (!cell->verdict)
		fputc('-', file);
	else if (part->words)
		fill_words(file, part->shown, cell);
	else
		fill_letter(file, cell);
}

/* A source is numbered as columns are: what is cut of its name stands below. */
static void fill_name(FILE *file, const struct part *part, size_t source)
{
	if (!part->words)
		fprintf(file, "%zu ", source + 1);
	text_put(file, part->shown->sources.labels[source]);
}

static enum colour cell_colour(const struct part *part, size_t source, size_t column)
{
	const struct vdev_matrix_cell *cell;

	if (!column)
		return COLOUR_NONE;
	cell = vdev_matrix_cell(part->shown->matrix, source, part->first + column - 1);
	return cell->verdict ? colour_of_verdict(cell->verdict) : COLOUR_NONE;
}

static int fill_row(const struct part *part, struct libscols_line *row, size_t source)
{
	size_t column, size;
	int err = 0;

	for (column = 0; !err && column <= part->num; column++) {
		char *text = NULL;
		FILE *file = open_memstream(&text, &size);

		if (!file)
			return -ENOMEM;
		if (column)
			fill_cell(file, part, source, part->first + column - 1);
		else
			fill_name(file, part, source);
		if (fclose(file)) {
			free(text);
			return -ENOMEM;
		}
		err = table_cell(row, column, text, cell_colour(part, source, column));
	}
	return err;
}

static int add_title(struct libscols_table *table, const struct part *part, size_t target)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	int err;

	if (!file)
		return -ENOMEM;
	if (part->words)
		text_put(file, part->shown->targets.labels[target]);
	else
		fprintf(file, "%zu", target + 1);
	err = fclose(file) || !table_column(table, text, 0) ? -ENOMEM : 0;
	free(text);
	return err;
}

static int set_width(struct libscols_table *table, const struct part *part)
{
	if (part->width && !part->words)
		return table_set_width(table, part->width);
	return part->plain && scols_table_enable_colors(table, false) ? -ENOMEM : 0;
}

static int fill_table(struct libscols_table *table, const struct part *part)
{
	int err = table_column(table, "SOURCE", part->words ? 0 : SCOLS_FL_TRUNC) ? 0 : -ENOMEM;
	size_t i;

	if (!err)
		err = set_width(table, part);
	for (i = 0; !err && i < part->num; i++)
		err = add_title(table, part, part->first + i);
	for (i = 0; !err && i < part->shown->sources.num; i++) {
		struct libscols_line *row = scols_table_new_line(table, NULL);

		err = row ? fill_row(part, row, i) : -ENOMEM;
	}
	return err;
}

/* The caller frees the text; NULL if there is no memory. */
static char *make_table(const struct part *part)
{
	struct libscols_table *table = table_new();
	char *text = NULL;

	if (table && !fill_table(table, part) && scols_print_table_to_string(table, &text))
		text = NULL;
	scols_unref_table(table);
	return text;
}

static size_t widest_line(char *text)
{
	size_t width, widest = 0;
	char *line, *rest;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		width = terminal_text_width(line);
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Whether it is no wider than the terminal. Returns 0, -E2BIG or -ENOMEM. */
static int check_width(const struct part *part)
{
	struct part plain = *part;
	char *text;
	int err;

	plain.plain = true;
	text = make_table(&plain);
	if (!text)
		return -ENOMEM;
	err = widest_line(text) > part->width ? -E2BIG : 0;
	free(text);
	return err;
}

static int print_part(const struct part *part)
{
	char *text = make_table(part);

	if (!text)
		return -ENOMEM;
	puts(text);
	free(text);
	return 0;
}

/* Returns -E2BIG if it is too wide. */
static int print_words(const struct shown_matrix *shown, size_t width)
{
	const struct part part = {
		.shown = shown, .words = true, .width = width, .num = shown->targets.num,
	};
	int err = 0;

	if (part.num > (width ? width / 2 : FEW_TARGETS))
		return -E2BIG;
	if (width)
		err = check_width(&part);
	return err ? err : print_part(&part);
}

/* How wide the widest cell is. */
static size_t cell_width(const struct shown_matrix *shown)
{
	const struct part part = { .shown = shown };
	size_t source, target, widest = 0, size = 0;
	char *text = NULL;
	FILE *file = open_memstream(&text, &size);

	for (source = 0; file && source < shown->sources.num; source++)
		for (target = 0; target < shown->targets.num; target++) {
			long before = ftell(file);

			fill_cell(file, &part, source, target);
			if ((size_t)(ftell(file) - before) > widest)
				widest = (size_t)(ftell(file) - before);
		}
	if (file)
		fclose(file);
	free(text);
	return widest;
}

static bool is_same(const struct shown_matrix *shown)
{
	return shown->sources.contents == shown->targets.contents;
}

/* Whether the column of sources, with their numbers, can have too little room for one. */
static bool are_cut(const struct shown_side *sources, size_t room)
{
	size_t number = (size_t)snprintf(NULL, 0, "%zu ", sources->num);
	size_t i;

	for (i = 0; i < sources->num; i++)
		if (number + terminal_text_width(sources->labels[i]) > room)
			return true;
	return false;
}

static void print_names(const char *title, const struct shown_side *side)
{
	size_t i;

	puts(title);
	for (i = 0; i < side->num; i++) {
		printf("%4zu  ", i + 1);
		text_put(stdout, side->labels[i]);
		putchar('\n');
	}
}

static void print_legend(const struct shown_matrix *shown, bool cut)
{
	puts("= identical, + compatible, ? undeclared, x incompatible, ! not migratable, each with the");
	puts("number of a finding below; 3/4: 3 of 4 can move; - nothing to move; . the host itself");
	if (cut)
		print_names(is_same(shown) ? "hosts:" : "sources:", &shown->sources);
	if (!is_same(shown))
		print_names("targets:", &shown->targets);
}

static int print_letters(const struct shown_matrix *shown, size_t width)
{
	struct part part = { .shown = shown, .width = width };
	size_t each = cell_width(shown) + TABLE_GAP;
	size_t room = shown->targets.num;
	bool narrow = width && width <= NAME_WIDTH + each;

	if (width)
		room = narrow ? 1 : (width - NAME_WIDTH) / each;
	for (; part.first < shown->targets.num; part.first += part.num) {
		int err;

		part.num = shown->targets.num - part.first;
		part.num = part.num < room ? part.num : room;
		err = print_part(&part);
		if (err)
			return err;
		putchar('\n');
	}
	print_legend(shown, width && are_cut(&shown->sources, narrow ? 0 : NAME_WIDTH));
	return 0;
}

static void print_obstacles(const struct shown_matrix *shown, const struct matrix_counts *counts,
			    bool details)
{
	size_t i, num = vdev_matrix_num_obstacles(shown->matrix);

	if (num)
		puts("\nin the way:");
	for (i = 0; i < num && (details || i < FEW_OBSTACLES); i++) {
		const struct vdev_matrix_finding *obstacle = vdev_matrix_obstacle(shown->matrix, i);

		printf("%4zu  %zu of %zu pairs: ", i + 1, obstacle->num_pairs, counts->judged);
		matrix_subject(stdout, obstacle);
		fputs(": ", stdout);
		answer_code(stdout, obstacle->code);
		putchar('\n');
	}
	if (i < num)
		printf("      and %zu more, which -d prints\n", num - i);
}

static void print_common(const char *key, const struct vdev_common *common)
{
	if (!common->reported)
		return;
	printf("; %s ", key);
	matrix_common(stdout, common);
}

static void print_baseline(const struct shown_matrix *shown)
{
	size_t i, num = shown->targets.num;

	for (i = 0; i < vdev_baseline_num_models(shown->baseline); i++) {
		const struct vdev_baseline_model *model = vdev_baseline_model(shown->baseline, i);

		fputs(i ? "  " : "\nin common:\n  ", stdout);
		text_put(stdout, model->model);
		printf(": %zu of %zu targets", num - model->num_absent, num);
		print_common("versions", &model->versions);
		print_common("software-version", &model->software_version);
		putchar('\n');
	}
}

int matrix_text(const struct shown_matrix *shown, bool details)
{
	struct matrix_counts counts;
	size_t width = terminal_width();
	int err = print_words(shown, width);

	if (err == -E2BIG)
		err = print_letters(shown, width);
	if (err)
		return err;
	matrix_count(shown, &counts);
	if (counts.judged)
		printf("\n%zu of %zu pairs can move everything\n", counts.good, counts.judged);
	else
		puts("\nthere is no device to move");
	print_obstacles(shown, &counts, details);
	print_baseline(shown);
	if (shown->incomplete)
		puts("\nincomplete: " MATRIX_INCOMPLETE);
	return 0;
}
