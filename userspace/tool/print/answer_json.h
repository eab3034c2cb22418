/* SPDX-License-Identifier: GPL-2.0 */
/* A judgement as JSON. */
#ifndef VDEVCTL_ANSWER_JSON_H
#define VDEVCTL_ANSWER_JSON_H

#include <jansson.h>

#include "answer.h"

/* NULL if there is no memory. */
json_t *answer_json(const struct answer *answer);

#endif /* VDEVCTL_ANSWER_JSON_H */
