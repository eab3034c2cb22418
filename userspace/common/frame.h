/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * A JSON document in a file: an object with one list, each element of which is
 * printed and freed, and with further keys before or after it.
 */
#ifndef VDEV_COMMON_FRAME_H
#define VDEV_COMMON_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <jansson.h>

struct frame {
	FILE *file;
	/* Key of the list. */
	const char *key;
	bool pretty;
	/* Keys within elements are sorted. */
	bool sorted;
	/* Something stands before what comes next. */
	bool any;
};

/* @before: keys that stand before the list; may be NULL. */
int frame_begin(struct frame *frame, json_t *before);

/* Print an element, or its text as frame_dump() made it. */
int frame_put(struct frame *frame, json_t *element);
void frame_put_text(struct frame *frame, const char *text);

/* @after: keys that stand after the list; may be NULL. */
int frame_end(struct frame *frame, json_t *after);

/* The text of an element, which the caller frees; NULL if there is no memory. */
char *frame_dump(const struct frame *frame, const json_t *element);

#endif /* VDEV_COMMON_FRAME_H */
