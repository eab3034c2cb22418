// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * Lists of named things in the order of the names: what is judged by name is
 * judged in one order, whatever the order in which it was published.
 * Pure functions, no locks, also compiled into libvdev.
 */
#include "check_field.h"
#include "parts.h"

static const char *names_at(const struct vdev_names *names, unsigned int place)
{
	return vdev_name_at(names->list, names->order[place], names->size);
}

/* The place of @name among the first @num. Most lists are in order already. */
static unsigned int names_place(const struct vdev_names *names, unsigned int num,
				const char *name)
{
	unsigned int low = 0, high = num, middle;

	if (!num || strcmp(names_at(names, num - 1), name) < 0)
		return num;
	while (low < high) {
		middle = (low + high) / 2;
		if (strcmp(names_at(names, middle), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void vdev_names_sort(struct vdev_names *names, const void *list, unsigned int num,
		     size_t size)
{
	unsigned int i, place;

	names->list = list;
	names->size = size;
	names->num = num;
	names->next = 0;
	for (i = 0; i < num; i++) {
		place = names_place(names, i, vdev_name_at(list, i, size));
		if (place < i)
			memmove(&names->order[place + 1], &names->order[place],
				i - place);
		names->order[place] = (unsigned char)i;
	}
}

/* The next thing in order; NULL after the last. */
const void *vdev_names_next(const struct vdev_names *names)
{
	if (names->next == names->num)
		return NULL;
	return (const char *)names->list +
	       names->order[names->next] * names->size;
}

/* Take what has the next name of two lists: from one of them or from both. */
bool vdev_names_take(struct vdev_names *a, struct vdev_names *b, const void **from_a,
		     const void **from_b)
{
	int order = 0;

	*from_a = vdev_names_next(a);
	*from_b = vdev_names_next(b);
	if (*from_a && *from_b)
		order = strcmp(vdev_name_at(*from_a, 0, 0),
			       vdev_name_at(*from_b, 0, 0));
	if (order > 0)
		*from_a = NULL;
	if (order < 0)
		*from_b = NULL;
	if (*from_a)
		a->next++;
	if (*from_b)
		b->next++;
	return *from_a || *from_b;
}
