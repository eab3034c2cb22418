/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading JSON of unknown origin. A node is a value with its place in the
 * document, so that a refusal names it as a path. What is absent leaves the
 * result as it was. The first thing that is refused stays the import's error,
 * so that only the end has to be checked.
 */
#ifndef VDEVCTL_IMPORT_H
#define VDEVCTL_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>
#include <vdev/vdev.h>

#include "tool.h"

#define IMPORT_WHY_SIZE 512

struct import_block;

struct import {
	/* -ENOMEM, or -EINVAL and why. */
	int err;
	char why[IMPORT_WHY_SIZE];
	/* Memory that lives as long as the import. */
	struct import_block *blocks;
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

/* Refuse the node: "PATH: TEXT". */
void import_refuse(struct import *import, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Whether it is an object; refused if it is not. */
bool import_is_object(struct import *import, const struct node *node);

/* How many elements a list has; 0 if it is absent. */
size_t import_list(struct import *import, const struct node *list);

/*
 * The list that a document is there for, and how many elements it has. One that is
 * absent is refused, with what the document has in its place.
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

/* A word for a number from 1, and words for bits. */
void import_enum(struct import *import, const struct node *object, const char *key,
		 const char *(*name)(uint32_t number), uint32_t *number);
void import_flags(struct import *import, const struct node *object, const char *key,
		  const char *(*name)(unsigned int bit), uint32_t *flags);

/* Whether it is there. */
bool import_semver(struct import *import, const struct node *object, const char *key,
		   struct vdev_semver *semver);

void import_value(struct import *import, const struct node *object, const char *key,
		  struct vdev_value *value);
void import_bitmap(struct import *import, const struct node *object, const char *key,
		   struct vdev_bitmap *bitmap);

/*
 * A list of elements of that size, each of which @read fills, in the import's
 * memory; NULL if it is empty.
 */
typedef void import_fn(struct import *import, const struct node *node, void *element);
const void *import_elements(struct import *import, const struct node *object, const char *key,
			    size_t size, import_fn *read, unsigned int *num);

/*
 * import_document.c: the JSON in a text; complains and returns NULL if there is
 * none.
 */
json_t *import_parse(const struct command *command, const char *name, const char *text,
		     size_t size);

/* Refuse what is not a document of ours, or is newer. */
void import_format(struct import *import, const struct node *root);

/* Complain about the import's error, if there is one; returns an exit status. */
int import_status(const struct command *command, const char *name, const struct import *import);

/* import_record.c: the compared part, into the draft. */
void import_record(struct import *import, const struct node *record, struct vdev_draft *draft);

#endif /* VDEVCTL_IMPORT_H */
