/* SPDX-License-Identifier: GPL-2.0 */
/* Endpoints on stdout, for people or as JSON. */
#ifndef VDEVCTL_OUT_H
#define VDEVCTL_OUT_H

#include <stdio.h>

#include <jansson.h>
#include <vdev/vdev.h>

#include "tool.h"

struct output {
	const struct options *options;
	/* Key of the list in JSON: the object of the command. */
	const char *key;
	uint64_t snapshot;
	bool any;
};

/*
 * Print what stands before, between and after the endpoints. out_object() is
 * a vdev_object_fn with the output as its argument; it returns -ENOMEM, or
 * -EIO when stdout takes no more.
 */
void out_begin(const struct output *output);
int out_object(const struct vdev_object *object, void *arg);
void out_end(const struct output *output);

/* out_text.c */
void out_text(FILE *file, const struct vdev_object *object, bool details);

/* json_object.c: NULL if there is no memory. */
json_t *json_from_object(const struct vdev_object *object);

#endif /* VDEVCTL_OUT_H */
