/* SPDX-License-Identifier: GPL-2.0 */
/* Parts of the page of a matrix. */
#ifndef VDEVCTL_MATRIX_HTML_H
#define VDEVCTL_MATRIX_HTML_H

#include "matrix.h"

/* Its style sheet, and what allows it: the base64 of its SHA-256. */
extern const char matrix_style[];
extern const char matrix_style_hash[];

/* The table, and what is shown when a cell is chosen. Returns 0 or -ENOMEM. */
void matrix_html_table(FILE *file, const struct shown_matrix *shown);
int matrix_html_pairs(FILE *file, const struct shown_matrix *shown);

/* The name of a row or a column. */
void matrix_html_name(FILE *file, const struct shown_side *side, size_t index);

#endif /* VDEVCTL_MATRIX_HTML_H */
