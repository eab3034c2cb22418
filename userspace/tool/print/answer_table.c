// SPDX-License-Identifier: GPL-2.0
/*
 * All findings of a judgement as a table. On a terminal that is too narrow what was found is
 * wrapped, and where the columns leave no room for it, all about a finding is one text beside
 * its result. Nothing is cut.
 */
#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "answer_table.h"
#include "answer_text.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "colours.h"
#include "common/words.h"
#include "table.h"

#define INDENT "  "
/* Text in less columns than this cannot be read. */
#define LEAST_WIDTH 24

enum {
	COLUMN_RESULT,
	COLUMN_FIELD,
	COLUMN_RULE,
	COLUMN_SOURCE,
	COLUMN_TARGET,
	COLUMN_CODE,
	NUM_COLUMNS,
};

static const char *const titles[NUM_COLUMNS] = {
	[COLUMN_RESULT] = "RESULT",
	[COLUMN_FIELD] = "FIELD",
	[COLUMN_RULE] = "RULE",
	[COLUMN_SOURCE] = "SOURCE",
	[COLUMN_TARGET] = "TARGET",
	[COLUMN_CODE] = "CODE",
};

struct findings {
	const struct answer *answer;
	struct libscols_table *table;
	/* The columns behind the result are one. */
	bool narrow;
};

static void fill_code(FILE *file, const struct answer *answer,
		      const struct vdev_finding *finding)
{
	char buffer[WORD_SIZE];

	fputs(word_or_number(vdev_code_name(finding->code), finding->code, buffer), file);
	if (finding->reason) {
		fputs(": ", file);
		text_put(file, finding->reason);
	}
	if (finding->missing.words) {
		fputs(", missing", file);
		answer_bits(file, answer, finding, &finding->missing);
	}
	if (finding->unmet.words) {
		fputs(", unmet", file);
		answer_bits(file, answer, finding, &finding->unmet);
	}
}

static void fill_cell(FILE *file, const struct answer *answer,
		      const struct vdev_finding *finding, unsigned int column)
{
	char buffer[WORD_SIZE];

	switch (column) {
	case COLUMN_RESULT:
		fputs(word_or_number(vdev_result_name(finding->result), finding->result, buffer),
		      file);
		break;
	case COLUMN_FIELD:
		fputs(word_or_number(vdev_field_name(finding->field), finding->field, buffer),
		      file);
		if (finding->name) {
			fputc(' ', file);
			text_quoted(file, finding->name);
		}
		break;
	case COLUMN_RULE:
		fputs(finding->rule ? word_or_number(vdev_rule_name(finding->rule), finding->rule,
						     buffer) : "-", file);
		break;
	case COLUMN_SOURCE:
		answer_value(file, &finding->source);
		break;
	case COLUMN_TARGET:
		answer_value(file, &finding->target);
		break;
	case COLUMN_CODE:
		fill_code(file, answer, finding);
		break;
	}
}

/* All but the result as one text. */
static void fill_text(FILE *file, const struct answer *answer,
		      const struct vdev_finding *finding)
{
	static const char *const before[NUM_COLUMNS] = {
		[COLUMN_RULE] = "rule ", [COLUMN_SOURCE] = "source ", [COLUMN_TARGET] = "target ",
	};
	const bool given[NUM_COLUMNS] = {
		[COLUMN_RULE] = finding->rule,
		[COLUMN_SOURCE] = finding->source.type,
		[COLUMN_TARGET] = finding->target.type,
	};
	bool any = false;
	unsigned int i;

	fill_cell(file, answer, finding, COLUMN_FIELD);
	fputs(": ", file);
	fill_cell(file, answer, finding, COLUMN_CODE);
	for (i = 0; i < NUM_COLUMNS; i++) {
		if (!given[i])
			continue;
		fprintf(file, "%s%s", any ? ", " : " (", before[i]);
		fill_cell(file, answer, finding, i);
		any = true;
	}
	fputs(any ? ")" : "", file);
}

static int add_cell(const struct findings *findings, struct libscols_line *row,
		    const struct vdev_finding *finding, unsigned int column)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return -ENOMEM;
	if (findings->narrow && column != COLUMN_RESULT)
		fill_text(file, findings->answer, finding);
	else
		fill_cell(file, findings->answer, finding, column);
	if (fclose(file)) {
		free(text);
		return -ENOMEM;
	}
	return table_cell(row, column, text, column == COLUMN_RESULT ?
			  colour_of_result(finding->result) : COLOUR_NONE);
}

static unsigned int num_columns(const struct findings *findings)
{
	return findings->narrow ? 2 : NUM_COLUMNS;
}

static int add_row(const struct findings *findings, const struct vdev_finding *finding)
{
	struct libscols_line *row = scols_table_new_line(findings->table, NULL);
	unsigned int column;
	int err = row ? 0 : -ENOMEM;

	for (column = 0; !err && column < num_columns(findings); column++)
		err = add_cell(findings, row, finding, column);
	return err;
}

static int add_columns(struct libscols_table *table, bool narrow)
{
	size_t column;

	if (narrow)
		return table_column(table, titles[COLUMN_RESULT], 0) &&
		       table_column(table, "FINDING", 0) ? 0 : -ENOMEM;
	for (column = 0; column < NUM_COLUMNS; column++)
		if (!table_column(table, titles[column], 0))
			return -ENOMEM;
	return 0;
}

/* Fill the table in one of its two forms. */
static int fill(struct findings *findings, bool narrow)
{
	const struct vdev_judgement *judgement = findings->answer->judgement;
	unsigned int i;
	int err;

	scols_unref_table(findings->table);
	findings->narrow = narrow;
	findings->table = table_new();
	err = findings->table ? add_columns(findings->table, narrow) : -ENOMEM;
	for (i = 0; !err && i < vdev_judgement_num_findings(judgement); i++)
		err = add_row(findings, vdev_judgement_finding(judgement, i));
	return err;
}

static const char *cell_text(const struct findings *findings, size_t row, unsigned int column)
{
	struct libscols_line *line = scols_table_get_line(findings->table, row);

	return scols_cell_get_data(scols_line_get_cell(line, column));
}

/* Of the column with its title. */
static size_t column_width(const struct findings *findings, unsigned int column)
{
	size_t widest = strlen(titles[column]);
	size_t row, width;

	for (row = 0; row < scols_table_get_nlines(findings->table); row++) {
		width = terminal_text_width(cell_text(findings, row, column));
		if (width > widest)
			widest = width;
	}
	return widest;
}

/* The columns that are left for the last one of the table, with its indent. */
static size_t room(const struct findings *findings, size_t width)
{
	size_t used = strlen(INDENT);
	unsigned int i;

	for (i = 0; i + 1 < num_columns(findings); i++)
		used += column_width(findings, i) + TABLE_GAP;
	return width > used ? width - used : 0;
}

/* Have the last column take no more than that. */
static int wrap(const struct findings *findings, size_t width)
{
	unsigned int last = num_columns(findings) - 1;
	struct libscols_column *column = scols_table_get_column(findings->table, last);
	size_t row;
	int err;

	err = scols_column_set_flags(column, SCOLS_FL_WRAP) ||
	      scols_column_set_safechars(column, "\n") ||
	      scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk,
					NULL) ? -ENOMEM : 0;
	for (row = 0; !err && row < scols_table_get_nlines(findings->table); row++)
		err = table_cell(scols_table_get_line(findings->table, row), last,
				 terminal_wrap(cell_text(findings, row, last), width),
				 COLOUR_NONE);
	return err;
}

static int fit(struct findings *findings, size_t width)
{
	int err;

	if (!width || column_width(findings, COLUMN_CODE) <= room(findings, width))
		return 0;
	if (room(findings, width) < LEAST_WIDTH) {
		err = fill(findings, true);
		if (err)
			return err;
	}
	return wrap(findings, room(findings, width));
}

static int print_lines(FILE *file, struct libscols_table *table, const char *indent)
{
	char *text = NULL, *line, *rest;
	int err = scols_print_table_to_string(table, &text);

	if (err)
		return err;
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		fprintf(file, "%s%s\n", indent, line);
	free(text);
	return 0;
}

/* Neither aligned nor coloured. */
static int set_raw(struct libscols_table *table)
{
	return scols_table_enable_raw(table, true) ||
	       scols_table_set_column_separator(table, " ") ||
	       scols_table_enable_colors(table, false) ? -ENOMEM : 0;
}

int answer_table(FILE *file, const struct answer *answer, bool raw)
{
	struct findings findings = { .answer = answer };
	int err = fill(&findings, false);

	if (!err)
		err = raw ? set_raw(findings.table) : fit(&findings, terminal_width());
	if (!err)
		err = print_lines(file, findings.table, raw ? "" : INDENT);
	scols_unref_table(findings.table);
	return err;
}
