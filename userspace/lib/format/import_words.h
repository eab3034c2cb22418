/* SPDX-License-Identifier: LGPL-2.1 */
/* Reading JSON of unknown origin: what this project writes as words. */
#ifndef VDEV_LIB_IMPORT_WORDS_H
#define VDEV_LIB_IMPORT_WORDS_H

#include "import.h"

/* The number, or the flag, that has a word; 0 if none has. */
typedef uint32_t import_word_fn(const char *name);

/*
 * A word for a number from 1, and words for bits. A word that is not known and is not
 * rejected gives the number @otherwise, or no bit.
 */
void import_enum(struct import *import, const struct node *object, const char *key,
		 import_word_fn *from_name, uint32_t otherwise, uint32_t *number);
void import_rule(struct import *import, const struct node *object, const char *key,
		 uint32_t *rule);
void import_flags(struct import *import, const struct node *object, const char *key,
		  import_word_fn *from_name, uint32_t *flags);

/* Whether it is there. */
bool import_semver(struct import *import, const struct node *object, const char *key,
		   struct vdev_semver *semver);

/* List the node as unknown, by its path in the endpoint, an element of a list. */
void import_unknown(struct import *import, const struct node *node);

/*
 * Whether an object has none of the forms that are known but may have a newer one,
 * whose keys are reported as all others that are not known.
 */
bool import_is_newer(const struct import *import, const struct node *node, bool known);

void import_value(struct import *import, const struct node *object, const char *key,
		  struct vdev_value *value);

#endif /* VDEV_LIB_IMPORT_WORDS_H */
