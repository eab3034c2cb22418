/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Reading JSON of unknown origin. A node is a value with its place in the
 * document, so that an error names it as a path. What is absent leaves the
 * result as it was. The first thing that is rejected stays the import's error,
 * so that only the end has to be checked.
 */
#ifndef VDEV_LIB_IMPORT_H
#define VDEV_LIB_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>
#include <vdev/vdev.h>

#define IMPORT_WHY_SIZE 512

struct import_block;

struct import {
	/* -ENOMEM, or -EINVAL and why. */
	int err;
	char why[IMPORT_WHY_SIZE];
	/* Memory that lives as long as the import. */
	struct import_block *blocks;
	/* The paths of unknown words; NULL if such words are rejected. */
	json_t *unknown;
};

/* A value; @json is NULL if it is absent. */
struct node {
	const struct node *up;
	/* Where it is in @up: under a key, or else in a list. */
	const char *key;
	size_t index;
	json_t *json;
};

/* Zeroed; NULL if there is no memory, which is then the error. */
void *import_alloc(struct import *import, size_t num, size_t size);
void import_free(struct import *import);

/* "a.b[2].c" of a node. */
void node_path(const struct node *node, char *path, size_t size);

/* A member of an object, or an element of a list. */
struct node node_member(const struct node *object, const char *key);
struct node node_element(const struct node *list, size_t index);

/* Reject the node: "PATH: TEXT". */
void import_reject(struct import *import, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Whether it is an object; rejected if it is not. */
bool import_is_object(struct import *import, const struct node *node);

/* How many elements a list has; 0 if it is absent. */
size_t import_list(struct import *import, const struct node *list);

/*
 * The list that a document is there for, and how many elements it has. One that is
 * absent is rejected, with what the document has in its place.
 */
size_t import_contents(struct import *import, const struct node *root, const char *key,
		       struct node *list);

void import_string(struct import *import, const struct node *object, const char *key,
		   const char **string);
void import_number(struct import *import, const struct node *object, const char *key,
		   uint64_t limit, uint64_t *number);
void import_u32(struct import *import, const struct node *object, const char *key,
		uint32_t *number);
void import_bool(struct import *import, const struct node *object, const char *key, bool *value);

/*
 * A list of elements of that size, each of which @read fills, in the import's
 * memory; NULL if it is empty.
 */
typedef void import_fn(struct import *import, const struct node *node, void *element);
const void *import_elements(struct import *import, const struct node *object, const char *key,
			    size_t size, import_fn *read, unsigned int *num);

#endif /* VDEV_LIB_IMPORT_H */
