/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Flat words about endpoints, for schedulers, which only know whether a host has a word. What
 * is said is the same for all of them; each has a spelling of its own.
 */
#ifndef VDEV_LIB_VOCABULARY_H
#define VDEV_LIB_VOCABULARY_H

#include "export.h"
#include "spelling.h"

/* Add the words about an endpoint to the listing. Returns 0 or -ENOMEM. */
int vocabulary_add(struct export *export, const struct endpoint *endpoint,
		   const struct spelling *spelling);

/* The word behind this one in the sorted listing, each once; the first for NULL, NULL at the end. */
const char *vocabulary_next(const struct export *export, const struct entry **entry);

#endif /* VDEV_LIB_VOCABULARY_H */
