/* SPDX-License-Identifier: GPL-2.0 */
/* A judgement with the names of its sides, for people or as JSON. */
#ifndef VDEVCTL_ANSWER_H
#define VDEVCTL_ANSWER_H

#include <stdio.h>

#include <jansson.h>
#include <vdev/vdev.h>

#include "tool.h"

struct answer {
	/* NULL where nobody needs to be told, as it is always the same. */
	const char *source;
	const char *target;
	/* The library judged, not the kernel. */
	bool offline;
	const struct vdev_judgement *judgement;
	/* Decides what bits are called; NULL if nobody tells. */
	const char *device_api;
};

/* The interface is that of the findings, or else of @source if it is told. */
void answer_init(struct answer *answer, const struct vdev_judgement *judgement,
		 const struct vdev_declaration *source);

/* The exit status for a verdict. */
int answer_status(uint32_t verdict);

/* answer_json.c: NULL if there is no memory. */
json_t *answer_json(const struct answer *answer);

/* answer_text.c: the verdict, and a line for each reason against it. */
void answer_verdict(FILE *file, const struct answer *answer);
void answer_reasons(FILE *file, const struct answer *answer);

/* answer_text.c: a line if the target is stale. */
void answer_stale(FILE *file, const struct answer *answer);

/* answer_text.c: a line if findings were left out. */
void answer_truncated(FILE *file, const struct answer *answer);

/* answer_table.c: all findings. */
int answer_table(FILE *file, const struct answer *answer);

/* answer_text.c: a value, or "-". The words of bits, each with a blank before. */
void answer_value(FILE *file, const struct vdev_value *value);
void answer_bits(FILE *file, const struct answer *answer, const struct vdev_finding *finding,
		 const struct vdev_bitmap *bitmap);

#endif /* VDEVCTL_ANSWER_H */
