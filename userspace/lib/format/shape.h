/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Which keys a document has. Others come from a newer version: they
 * are reported, and kept when the document is written again.
 */
#ifndef VDEV_LIB_SHAPE_H
#define VDEV_LIB_SHAPE_H

#include "import.h"

struct shape {
	const char *key;
	/* Keys of the object, or of the objects in the list; NULL if any will do. */
	const struct shape *inner;
};

/* A key that any value has, or that an object or objects in a list have. */
#define KEY(name) { .key = (name) }
#define OBJECT(name, keys) { .key = (name), .inner = (keys) }

extern const struct shape document_shape[];
extern const struct shape endpoint_shape[];
extern const struct shape profiles_shape[];

/* Called for each key that is not known. */
typedef void shape_fn(const struct node *node, void *arg);
void shape_walk(const struct shape *shape, const struct node *node, shape_fn *fn, void *arg);

/*
 * Copy what is not known from an object to the one that was made of it; an
 * element of a list goes where its name or its value is the same. Returns 0 or
 * -ENOMEM.
 */
int shape_keep(const struct shape *shape, json_t *to, const json_t *from);

#endif /* VDEV_LIB_SHAPE_H */
