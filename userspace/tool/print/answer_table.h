/* SPDX-License-Identifier: GPL-2.0 */
/* A judgement for people as a table. */
#ifndef VDEVCTL_ANSWER_TABLE_H
#define VDEVCTL_ANSWER_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "answer.h"

/*
 * All findings, for people in aligned columns, in colour on a terminal; or @raw, for
 * programs. Returns 0 or -ENOMEM.
 */
int answer_table(FILE *file, const struct answer *answer, bool raw);

#endif /* VDEVCTL_ANSWER_TABLE_H */
