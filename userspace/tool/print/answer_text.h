/* SPDX-License-Identifier: GPL-2.0 */
/* A judgement for people, line by line. */
#ifndef VDEVCTL_ANSWER_TEXT_H
#define VDEVCTL_ANSWER_TEXT_H

#include <stdio.h>

#include "answer.h"

/* The verdict, and a line for each reason against it. */
void answer_verdict(FILE *file, const struct answer *answer);
void answer_reasons(FILE *file, const struct answer *answer);

/* A line if the target is stale. */
void answer_stale(FILE *file, const struct answer *answer);

/* "TARGET, is VERDICT", and the first reason against it in full: a part of a sentence. */
void answer_plain(FILE *file, const struct answer *answer);

/* The verdict and the first reason against it, on one line. */
void answer_brief(FILE *file, const struct answer *answer);

/* A line if the verdict is good, and what is in doubt makes that no good answer. */
void answer_doubt(FILE *file, const struct answer *answer);

/* A line if findings were left out. */
void answer_truncated(FILE *file, const struct answer *answer);

/* What a code means, and its word. */
void answer_code(FILE *file, uint32_t code);

/* A value, or "-". The words of bits, each with a blank before. */
void answer_value(FILE *file, const struct vdev_value *value);
void answer_bits(FILE *file, const struct answer *answer, const struct vdev_finding *finding,
		 const struct vdev_bitmap *bitmap);

#endif /* VDEVCTL_ANSWER_TEXT_H */
