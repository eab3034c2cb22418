// SPDX-License-Identifier: LGPL-2.1
/* Numbers as words, the same for text and for JSON. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

const char *word_or_number(const char *known, uint32_t number, char buffer[WORD_SIZE])
{
	if (known)
		return known;
	snprintf(buffer, WORD_SIZE, "unknown-%" PRIu32, number);
	return buffer;
}

void word_semver(const struct vdev_semver *semver, char buffer[WORD_SIZE])
{
	snprintf(buffer, WORD_SIZE, "%" PRIu32 ".%" PRIu32 ".%" PRIu32, semver->major,
		 semver->minor, semver->bugfix);
}

/* The sets of a vfio-ap matrix are numbers, written as its matrix attribute does. */
static int ap_digits(const char *set)
{
	if (strcmp(set, "adapters") == 0)
		return 2;
	if (strcmp(set, "domains") == 0 || strcmp(set, "control-domains") == 0)
		return 4;
	return 0;
}

const char *word_bit(const char *set, const char *device_api, unsigned int bit,
		     char buffer[WORD_SIZE])
{
	const char *name = vdev_feature_bit_name(set ? set : "", device_api, bit);
	int digits = ap_digits(set ? set : "");

	if (name)
		return name;
	if (digits)
		snprintf(buffer, WORD_SIZE, "%0*x", digits, bit);
	else
		snprintf(buffer, WORD_SIZE, "bit-%u", bit);
	return buffer;
}

char *word_bitmap(const struct vdev_bitmap *bitmap)
{
	unsigned int i = bitmap->num_words;
	size_t size = 16 * (size_t)i + sizeof("0x0");
	char *text = malloc(size);
	char *end = text;

	if (!text)
		return NULL;
	while (i > 1 && !bitmap->words[i - 1])
		i--;
	end += snprintf(end, size, "0x%" PRIx64, i ? bitmap->words[i - 1] : 0);
	for (; i > 1; i--)
		end += snprintf(end, 17, "%016" PRIx64, bitmap->words[i - 2]);
	return text;
}

void each_bit(const struct vdev_bitmap *bitmap, bit_fn *fn, void *arg)
{
	unsigned int bit;

	for (bit = 0; bit < 64 * bitmap->num_words; bit++)
		if (vdev_bitmap_test(bitmap, bit))
			fn(bit, arg);
}

void each_flag(uint32_t flags, bit_fn *fn, void *arg)
{
	unsigned int bit;

	for (bit = 0; bit < 32; bit++)
		if (flags >> bit & 1)
			fn(bit, arg);
}
