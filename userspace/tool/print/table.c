// SPDX-License-Identifier: GPL-2.0
/* How tables look: the gaps, the titles, and the colours where there are any. */
#include <errno.h>
#include <stdlib.h>

#include "cli/terminal.h"
#include "table.h"

static int set_up(struct libscols_table *table)
{
	int err = scols_table_enable_noencoding(table, true);

	if (!err)
		err = scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
	if (!err)
		err = scols_table_set_column_separator(table, "  ");
	return err ? err : scols_table_enable_colors(table, colour_wanted());
}

struct libscols_table *table_new(void)
{
	struct libscols_table *table;

	terminal_use_utf8();
	table = scols_new_table();
	if (!table || !set_up(table))
		return table;
	scols_unref_table(table);
	return NULL;
}

int table_set_width(struct libscols_table *table, size_t width)
{
	return scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS) ||
	       scols_table_set_termwidth(table, width) ? -ENOMEM : 0;
}

struct libscols_column *table_column(struct libscols_table *table, const char *title, int flags)
{
	struct libscols_column *column = scols_table_new_column(table, title, 0, flags);

	if (column && scols_cell_set_color(scols_column_get_header(column),
					   colour_sequence(COLOUR_HEADING)))
		return NULL;
	return column;
}

int table_cell(struct libscols_line *row, size_t column, char *text, enum colour colour)
{
	if (!text || scols_line_refer_data(row, column, text)) {
		free(text);
		return -ENOMEM;
	}
	return scols_cell_set_color(scols_line_get_cell(row, column), colour_sequence(colour)) ?
		-ENOMEM : 0;
}
