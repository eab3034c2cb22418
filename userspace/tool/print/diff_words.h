/* SPDX-License-Identifier: GPL-2.0 */
/* Sets in JSON, as the words that people read them by. */
#ifndef VDEVCTL_DIFF_WORDS_H
#define VDEVCTL_DIFF_WORDS_H

#include <jansson.h>

/*
 * What a set has more than before, and what it has no more: arrays of words, which the
 * caller frees. A set is a bitmap, or a list of words, of ranges, or of allowed values; NULL
 * stands for an empty one. If one of the two is no set, or both have the same words, there
 * are no arrays. Returns 0 or -ENOMEM.
 */
int diff_words(const json_t *before, const json_t *after, json_t **added, json_t **removed);

#endif /* VDEVCTL_DIFF_WORDS_H */
