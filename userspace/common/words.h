/* SPDX-License-Identifier: LGPL-2.1 */
/* Numbers as words, the same for text and for JSON. */
#ifndef VDEV_COMMON_WORDS_H
#define VDEV_COMMON_WORDS_H

#include <stdint.h>

#include <vdev/vdev.h>

/* Room for any word made here. */
#define WORD_SIZE 64

/* The known word, or "unknown-NUMBER" in @buffer. */
const char *word_or_number(const char *known, uint32_t number, char buffer[WORD_SIZE]);

/* "1.2.3" */
void word_semver(const struct vdev_semver *semver, char buffer[WORD_SIZE]);

/* The name of a bit of a feature set; "bit-NUMBER" if it has none. */
const char *word_bit(const char *set, const char *device_api, unsigned int bit,
		     char buffer[WORD_SIZE]);

/*
 * A bitmap as one hexadecimal number. The caller frees it; NULL if there is no
 * memory.
 */
char *word_bitmap(const struct vdev_bitmap *bitmap);

/* Calls fn for each bit that is set, from the lowest on. */
typedef void bit_fn(unsigned int bit, void *arg);
void each_bit(const struct vdev_bitmap *bitmap, bit_fn *fn, void *arg);
void each_flag(uint32_t flags, bit_fn *fn, void *arg);

#endif /* VDEV_COMMON_WORDS_H */
