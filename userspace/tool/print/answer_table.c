// SPDX-License-Identifier: GPL-2.0
/*
 * All findings of a judgement as a table, as wide as its words on a terminal, and never
 * cut to fit one.
 */
#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "answer_table.h"
#include "answer_text.h"
#include "cli/text.h"
#include "colours.h"
#include "common/words.h"

#define INDENT "  "
#define SEPARATOR "  "

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

static void fill_cell(FILE *file, const struct vdev_finding *finding, unsigned int column)
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
	}
}

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

static int fill_row(const struct answer *answer, const struct vdev_finding *finding,
		    struct libscols_line *row)
{
	unsigned int column;
	int err = 0;

	for (column = 0; !err && column < NUM_COLUMNS; column++) {
		char *text = NULL;
		size_t size;
		FILE *file = open_memstream(&text, &size);

		if (!file)
			return -ENOMEM;
		if (column == COLUMN_CODE)
			fill_code(file, answer, finding);
		else
			fill_cell(file, finding, column);
		err = fclose(file) ? -ENOMEM : scols_line_refer_data(row, column, text);
		if (err)
			free(text);
	}
	return err;
}

static int add_row(struct libscols_table *table, const struct answer *answer,
		   const struct vdev_finding *finding)
{
	struct libscols_line *row = scols_table_new_line(table, NULL);

	if (!row)
		return -ENOMEM;
	if (scols_cell_set_color(scols_line_get_cell(row, COLUMN_RESULT),
				 colour_sequence(colour_of_result(finding->result))))
		return -ENOMEM;
	return fill_row(answer, finding, row);
}

static int add_columns(struct libscols_table *table)
{
	size_t column;

	for (column = 0; column < NUM_COLUMNS; column++)
		if (colour_title(scols_table_new_column(table, titles[column], 0, 0)))
			return -ENOMEM;
	return 0;
}

/* Nothing in the cells controls the terminal, and nothing is cut for it. */
static int set_up(struct libscols_table *table, bool raw)
{
	int err;

	err = scols_table_enable_noencoding(table, true);
	if (!err)
		err = scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
	if (!err && raw)
		err = scols_table_enable_raw(table, true);
	if (!err && !raw)
		err = scols_table_set_column_separator(table, SEPARATOR);
	if (!err && !raw)
		err = scols_table_enable_colors(table, colour_wanted());
	return err ? err : add_columns(table);
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

int answer_table(FILE *file, const struct answer *answer, bool raw)
{
	unsigned int num = vdev_judgement_num_findings(answer->judgement);
	struct libscols_table *table = scols_new_table();
	int err = table ? set_up(table, raw) : -ENOMEM;
	unsigned int i;

	for (i = 0; !err && i < num; i++)
		err = add_row(table, answer, vdev_judgement_finding(answer->judgement, i));
	if (!err)
		err = print_lines(file, table, raw ? "" : INDENT);
	scols_unref_table(table);
	return err;
}
