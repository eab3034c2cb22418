/* SPDX-License-Identifier: GPL-2.0 */
/* How much memory JSON takes once it is read, known before it is. */
#ifndef VDEVCTL_JSON_WEIGHT_H
#define VDEVCTL_JSON_WEIGHT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Lists of ranges take 26 times their size as a tree, more than all else that is exported;
 * what is made to be large can take 70 times its size. The bound lets everything pass that
 * is small.
 */
#define JSON_WEIGHT_FACTOR 28
#define JSON_WEIGHT_ANY ((size_t)64 << 20)

/* Whether a tree of the text stays within the bound. Text that is no JSON has a weight, too. */
bool json_weight_bounded(const char *text, size_t size);

#endif /* VDEVCTL_JSON_WEIGHT_H */
