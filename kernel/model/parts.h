/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * Small questions about the parts of a record, which both the bounds and the
 * judgement ask. Pure functions, also compiled into libvdev.
 */
#ifndef _VDEV_PARTS_H
#define _VDEV_PARTS_H

#include "pure.h"

/* All the named structures of the API begin with their name. */
static inline const char *vdev_name_at(const void *list, unsigned int i,
				       size_t size)
{
	return *(const char *const *)((const char *)list + i * size);
}

/* A bitmap goes on in zeros. */
static inline u64 vdev_bitmap_word(const struct vdev_bitmap *bitmap,
				   unsigned int i)
{
	return i < bitmap->num_words ? bitmap->words[i] : 0;
}

#endif /* _VDEV_PARTS_H */
