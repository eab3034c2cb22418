// SPDX-License-Identifier: LGPL-2.1
/* A list that grows, and is sorted once. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "listing.h"

#define FIRST_ROOM 16

static int grow(struct listing *listing)
{
	size_t room = listing->room ? listing->room * 2 : FIRST_ROOM;
	struct entry *entries;

	if (listing->num < listing->room)
		return 0;
	entries = realloc(listing->entries, room * sizeof(*entries));
	if (!entries)
		return -ENOMEM;
	listing->entries = entries;
	listing->room = room;
	return 0;
}

int listing_add(struct listing *listing, unsigned int kind, char *name, char *text)
{
	struct entry *entry;

	if (!name || !text || grow(listing)) {
		free(name);
		free(text);
		return -ENOMEM;
	}
	entry = &listing->entries[listing->num++];
	entry->kind = kind;
	entry->name = name;
	entry->text = text;
	return 0;
}

const struct entry *listing_find(const struct listing *listing, const char *name)
{
	size_t i;

	for (i = 0; i < listing->num; i++)
		if (strcmp(listing->entries[i].name, name) == 0)
			return &listing->entries[i];
	return NULL;
}

static int compare(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int difference;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	difference = strcmp(a->name, b->name);
	return difference ? difference : strcmp(a->text, b->text);
}

void listing_sort(struct listing *listing)
{
	if (listing->num)
		qsort(listing->entries, listing->num, sizeof(*listing->entries), compare);
}

void listing_free(struct listing *listing)
{
	while (listing->num) {
		listing->num--;
		free(listing->entries[listing->num].name);
		free(listing->entries[listing->num].text);
	}
	free(listing->entries);
	listing->entries = NULL;
	listing->room = 0;
}
