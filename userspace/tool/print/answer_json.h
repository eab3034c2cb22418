/* SPDX-License-Identifier: GPL-2.0 */
/* A judgement as JSON. */
#ifndef VDEVCTL_ANSWER_JSON_H
#define VDEVCTL_ANSWER_JSON_H

#include <jansson.h>

#include "answer.h"
#include "common/frame.h"
#include "json_line.h"

/* Write it as one line, which is reset before; returns 0 or -ENOMEM. */
int answer_line(const struct answer *answer, struct json_line *line);

/* The same as a tree; NULL if there is no memory. */
json_t *answer_json(const struct answer *answer);

/* The same as the text of an element of a list, which the caller frees; NULL likewise. */
char *answer_dump(const struct frame *frame, const struct answer *answer);

/* Write one of its findings, as what the key has, or as an element of a list for NULL. */
void answer_finding_line(struct json_line *line, const char *key, const struct answer *answer,
			 const struct vdev_finding *finding);

#endif /* VDEVCTL_ANSWER_JSON_H */
