/* SPDX-License-Identifier: GPL-2.0 */
/* What two states of an endpoint differ in, by the keys that JSON has for it. */
#ifndef VDEVCTL_DIFF_H
#define VDEVCTL_DIFF_H

#include <jansson.h>

/*
 * @field is the path of keys; @name that of the element, where the path goes
 * through a list of named ones, or NULL; @place is both in one, for people. What
 * was, and what is: NULL for nothing.
 */
struct change {
	const char *field;
	const char *name;
	const char *place;
	const char *before;
	const char *after;
};

/* Returns 0, or anything else to end the comparison, which returns it. */
typedef int change_fn(const struct change *change, void *arg);

/*
 * Compare two endpoints as json_from_object() made them. That their generations
 * or ages differ is no change. Returns 0, -ENOMEM, or what @fn returned.
 */
int diff_objects(const json_t *before, const json_t *after, change_fn *fn, void *arg);

#endif /* VDEVCTL_DIFF_H */
