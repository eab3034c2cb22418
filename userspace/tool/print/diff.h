/* SPDX-License-Identifier: GPL-2.0 */
/* What two states of an endpoint differ in, by the keys that JSON has for it. */
#ifndef VDEVCTL_DIFF_H
#define VDEVCTL_DIFF_H

#include <stdbool.h>

#include <jansson.h>

/*
 * @field is the path of keys; @name that of the element, where the path goes
 * through a list of named ones, or NULL; @place is both in one, for people. What
 * was, and what is: NULL for nothing. Of a set, the words that were added and those that
 * were removed, or NULL: bits by name, ranges, and what stands in a list. @whole: an element
 * of a list that came or went, and not a set that was there before.
 */
struct change {
	const char *field;
	const char *name;
	const char *place;
	const char *before;
	const char *after;
	const json_t *added;
	const json_t *removed;
	bool whole;
};

/* Returns 0, or anything else to end the comparison, which returns it. */
typedef int change_fn(const struct change *change, void *arg);

/*
 * Compare two endpoints as json_from_object() made them. That their generations
 * or ages differ is no change. Returns 0, -ENOMEM, or what @fn returned.
 */
int diff_objects(const json_t *before, const json_t *after, change_fn *fn, void *arg);

#endif /* VDEVCTL_DIFF_H */
