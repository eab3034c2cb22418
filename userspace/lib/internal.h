/* SPDX-License-Identifier: LGPL-2.1 */
/* What every file of the library needs. */
#ifndef VDEV_INTERNAL_H
#define VDEV_INTERNAL_H

#include <stdint.h>

/* Marks the functions that the shared library exports; see libvdev.map. */
#define VDEV_API __attribute__((visibility("default")))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* As qsort() wants it. */
static inline int vdev_compare(uint64_t a, uint64_t b)
{
	return a == b ? 0 : a < b ? -1 : 1;
}

#endif /* VDEV_INTERNAL_H */
