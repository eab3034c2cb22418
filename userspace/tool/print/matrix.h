/* SPDX-License-Identifier: GPL-2.0 */
/* A matrix with the names of its rows and columns, for people and as JSON. */
#ifndef VDEVCTL_MATRIX_H
#define VDEVCTL_MATRIX_H

#include <stdbool.h>
#include <stdio.h>

#include <vdev/vdev.h>

#include "answer.h"

/* Rows or columns. */
struct shown_side {
	const struct vdev_document *const *contents;
	const char *const *labels;
	size_t num;
	/* What all labels begin with, folders, and end with: so long. Where it is not shown. */
	size_t begin;
	size_t end;
};

struct shown_matrix {
	const struct vdev_matrix *matrix;
	/* What the targets have in common. */
	const struct vdev_baseline *baseline;
	struct shown_side sources;
	struct shown_side targets;
	/* Endpoints of a host, or of a document, could not be read. */
	bool incomplete;
};

/* What is said of such a matrix. */
#define MATRIX_INCOMPLETE "endpoints that could not be read are in no pair"

/* How many pairs have been judged, by the verdict. */
struct matrix_counts {
	size_t verdicts[VDEV_VERDICT_NOT_MIGRATABLE + 1];
	size_t judged;
	size_t good;
};

void matrix_count(const struct shown_matrix *shown, struct matrix_counts *counts);

/*
 * The judgement of the source and the target that decide about a cell, which the caller frees;
 * NULL if there is no memory. The cell has both.
 */
struct vdev_judgement *matrix_judge(const struct shown_matrix *shown, size_t source, size_t target,
				    struct answer *answer);

/* Find what all labels begin and end with, which says nothing. */
void matrix_shorten(struct shown_side *side);

/* The handle of an endpoint; NULL if it has none. */
const char *matrix_handle(const struct shown_side *side, size_t host, size_t endpoint);

/* A verdict as one letter, where there is no room for its word. */
char matrix_letter(uint32_t verdict);

/* "param mtu" */
void matrix_subject(FILE *file, const struct vdev_matrix_finding *obstacle);

/* The versions that targets have in common, in a few words. */
void matrix_common(FILE *file, const struct vdev_common *common);

/* Each returns 0 or -ENOMEM. */
int matrix_text(const struct shown_matrix *shown, bool details);
int matrix_json(const struct shown_matrix *shown, bool pretty);
int matrix_html(const struct shown_matrix *shown);

#endif /* VDEVCTL_MATRIX_H */
