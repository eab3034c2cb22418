/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Texts with the names of what they are about, to be printed in the order of
 * these names.
 */
#ifndef VDEV_COMMON_LISTING_H
#define VDEV_COMMON_LISTING_H

#include <stddef.h>

struct entry {
	/* Decides before the name does. */
	unsigned int kind;
	char *name;
	char *text;
};

struct listing {
	struct entry *entries;
	size_t num;
	size_t room;
};

/* Takes both strings over, also if it fails; NULL fails. Returns 0 or -ENOMEM. */
int listing_add(struct listing *listing, unsigned int kind, char *name, char *text);

/* The first entry of that name; NULL if there is none. */
const struct entry *listing_find(const struct listing *listing, const char *name);
void listing_sort(struct listing *listing);
void listing_free(struct listing *listing);

#endif /* VDEV_COMMON_LISTING_H */
