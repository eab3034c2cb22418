// SPDX-License-Identifier: GPL-2.0
/*
 * A bitmap from an attribute. No locks.
 */
#include <linux/string.h>
#include <net/netlink.h>

#include "parse_bitmap.h"
#include "parsed.h"

/**
 * vdev_parse_bitmap() - read a bitmap
 * @parsed: where its words go
 * @attr: the attribute; NULL if the bitmap is unknown. In a message the bytes are
 *	little-endian, and aligned to 4.
 * @bitmap: where to put it; not changed if it is unknown
 * @extack: where an error is reported; NULL where there can be none
 *
 * Return: 0, or -EINVAL if it is not of whole words.
 */
int vdev_parse_bitmap(struct vdev_parsed *parsed, const struct nlattr *attr,
		      struct vdev_bitmap *bitmap, struct netlink_ext_ack *extack)
{
	unsigned int i;
	u64 *words;
	__le64 word;

	if (!attr)
		return 0;
	if (nla_len(attr) % sizeof(u64)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "a bitmap is of words of 8 bytes");
		return -EINVAL;
	}
	words = vdev_take(parsed, nla_len(attr), __alignof__(u64));
	if (!words)
		return -ENOMEM;
	bitmap->words = words;
	bitmap->num_words = nla_len(attr) / sizeof(word);
	for (i = 0; i < bitmap->num_words; i++) {
		memcpy(&word, nla_data(attr) + i * sizeof(word), sizeof(word));
		words[i] = le64_to_cpu(word);
	}
	return 0;
}
