// SPDX-License-Identifier: LGPL-2.1
/* A bitmap as an attribute. */
#include <endian.h>
#include <string.h>

#include "encode.h"

void vdev_encode_bitmap(struct writer *writer, unsigned int type,
			const struct vdev_bitmap *bitmap)
{
	size_t len = bitmap->num_words * sizeof(uint64_t);
	unsigned int i;
	uint64_t word;
	char *bytes;

	if (!bitmap->words)
		return;
	bytes = vdev_writer_bytes(writer, type, len);
	for (i = 0; bytes && i < bitmap->num_words; i++) {
		word = htole64(bitmap->words[i]);
		memcpy(bytes + i * sizeof(word), &word, sizeof(word));
	}
}
