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

/* Where the name is in the list; @num if it is not there. */
static inline unsigned int vdev_name_place(const char *name, const void *list,
					   unsigned int num, size_t size)
{
	unsigned int i;

	for (i = 0; i < num; i++) {
		if (!strcmp(vdev_name_at(list, i, size), name))
			break;
	}
	return i;
}

/* A bitmap goes on in zeros. */
static inline u64 vdev_bitmap_word(const struct vdev_bitmap *bitmap,
				   unsigned int i)
{
	return i < bitmap->num_words ? bitmap->words[i] : 0;
}

#endif /* _VDEV_PARTS_H */
