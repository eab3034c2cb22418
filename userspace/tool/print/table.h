/* SPDX-License-Identifier: GPL-2.0 */
/* What the tables on stdout have in common. */
#ifndef VDEVCTL_TABLE_H
#define VDEVCTL_TABLE_H

#include <libsmartcols.h>
#include <stddef.h>

#include "cli/colour.h"

/* Columns of a terminal between those of a table. */
#define TABLE_GAP 2

/* Neither colour nor anything else of a cell controls the terminal. NULL without memory. */
struct libscols_table *table_new(void);

/* Have the table cut and wrap its columns to this width. Returns 0 or -ENOMEM. */
int table_set_width(struct libscols_table *table, size_t width);

/* @flags are those of libsmartcols. NULL without memory. */
struct libscols_column *table_column(struct libscols_table *table, const char *title, int flags);

/* @text becomes the table's, also if that fails. Returns 0 or -ENOMEM. */
int table_cell(struct libscols_line *row, size_t column, char *text, enum colour colour);

#endif /* VDEVCTL_TABLE_H */
