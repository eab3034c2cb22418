// SPDX-License-Identifier: GPL-2.0
/* All findings of a judgement as a table, as wide as its words. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "text.h"
#include "words.h"

enum {
	COLUMN_RESULT,
	COLUMN_FIELD,
	COLUMN_RULE,
	COLUMN_SOURCE,
	COLUMN_TARGET,
	COLUMN_CODE,
	NUM_COLUMNS,
};

struct row {
	char *cells[NUM_COLUMNS];
};

/* The width of a text on a terminal, near enough: its characters. */
static size_t width(const char *text)
{
	size_t num = 0;
	uint32_t code;

	for (; *text; num++)
		text += text_char(text, &code);
	return num;
}

static void fill_cell(FILE *file, const struct vdev_finding *finding, int column)
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
		    struct row *row)
{
	int column;

	for (column = 0; column < NUM_COLUMNS; column++) {
		size_t size;
		FILE *file = open_memstream(&row->cells[column], &size);

		if (!file)
			return -ENOMEM;
		if (column == COLUMN_CODE)
			fill_code(file, answer, finding);
		else
			fill_cell(file, finding, column);
		if (fclose(file))
			return -ENOMEM;
	}
	return 0;
}

static void print_row(FILE *file, char *const cells[NUM_COLUMNS],
		      const size_t widths[NUM_COLUMNS])
{
	int column;

	fputs(" ", file);
	for (column = 0; column < NUM_COLUMNS; column++) {
		fprintf(file, " %s", cells[column]);
		if (column + 1 < NUM_COLUMNS)
			fprintf(file, "%*s", (int)(widths[column] - width(cells[column]) + 1), "");
	}
	fputc('\n', file);
}

static void print_rows(FILE *file, const struct row *rows, size_t num)
{
	static char *const titles[NUM_COLUMNS] = {
		(char *)"RESULT", (char *)"FIELD", (char *)"RULE", (char *)"SOURCE",
		(char *)"TARGET", (char *)"CODE",
	};
	size_t widths[NUM_COLUMNS];
	int column;
	size_t i;

	for (column = 0; column < NUM_COLUMNS; column++) {
		widths[column] = strlen(titles[column]);
		for (i = 0; i < num; i++)
			if (width(rows[i].cells[column]) > widths[column])
				widths[column] = width(rows[i].cells[column]);
	}
	print_row(file, titles, widths);
	for (i = 0; i < num; i++)
		print_row(file, rows[i].cells, widths);
}

static void free_rows(struct row *rows, size_t num)
{
	int column;
	size_t i;

	for (i = 0; rows && i < num; i++)
		for (column = 0; column < NUM_COLUMNS; column++)
			free(rows[i].cells[column]);
	free(rows);
}

int answer_table(FILE *file, const struct answer *answer)
{
	unsigned int num = vdev_judgement_num_findings(answer->judgement);
	struct row *rows = calloc((size_t)num + 1, sizeof(*rows));
	int err = rows ? 0 : -ENOMEM;
	unsigned int i;

	for (i = 0; !err && i < num; i++)
		err = fill_row(answer, vdev_judgement_finding(answer->judgement, i), &rows[i]);
	if (!err)
		print_rows(file, rows, num);
	free_rows(rows, num);
	return err;
}
