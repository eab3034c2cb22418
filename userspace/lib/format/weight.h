/* SPDX-License-Identifier: LGPL-2.1 */
/* How much memory JSON takes once it is read, known before it is. */
#ifndef VDEV_LIB_WEIGHT_H
#define VDEV_LIB_WEIGHT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Lists of ranges take 26 times their size as a tree, more than all else that is exported;
 * what is made to be large can take 70 times its size. The bound lets everything pass that
 * is small.
 */
#define WEIGHT_FACTOR 28
#define WEIGHT_ANY ((size_t)64 << 20)

/* Whether a tree of the text stays within the bound. Text that is no JSON has a weight, too. */
bool weight_bounded(const char *text, size_t size);

#endif /* VDEV_LIB_WEIGHT_H */
