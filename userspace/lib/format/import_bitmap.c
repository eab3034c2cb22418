// SPDX-License-Identifier: LGPL-2.1
/*
 * Reading JSON of unknown origin: a bitmap. The hexadecimal number decides; the
 * names are for people, and what they are depends on who wrote them. But there
 * must be as many as bits, lest someone believes to have changed it by a name.
 */
#include <string.h>

#include "import_bitmap.h"
#include "kernel/include/linux/vdev_limits.h"

#define DIGITS_OF_WORD 16
#define MAX_DIGITS (VDEV_FEATURE_BYTES * 2)

static uint64_t hex_digit(char c)
{
	return (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void parse_hex(struct import *import, const char *digits, struct vdev_bitmap *bitmap)
{
	size_t len = strlen(digits);
	size_t num = (len + DIGITS_OF_WORD - 1) / DIGITS_OF_WORD;
	uint64_t *words = import_alloc(import, num, sizeof(*words));
	size_t i;

	if (!words)
		return;
	for (i = 0; i < len; i++)
		words[i / DIGITS_OF_WORD] |= hex_digit(digits[len - 1 - i])
			<< 4 * (i % DIGITS_OF_WORD);
	bitmap->words = words;
	bitmap->num_words = (unsigned int)num;
}

static size_t num_bits(const struct vdev_bitmap *bitmap)
{
	size_t num = 0;
	unsigned int i;

	for (i = 0; i < bitmap->num_words; i++)
		num += (size_t)__builtin_popcountll(bitmap->words[i]);
	return num;
}

static void check_names(struct import *import, const struct node *names,
			const struct vdev_bitmap *bitmap)
{
	size_t num = import_list(import, names);
	size_t i;

	for (i = 0; i < num; i++) {
		struct node node = node_element(names, i);

		if (!json_is_string(node.json))
			import_reject(import, &node, "is not a string");
	}
	if (names->json && num != num_bits(bitmap))
		import_reject(import, names, "are %zu, but hex, which decides, has %zu bits", num,
			      num_bits(bitmap));
}

static bool is_hex(const char *text)
{
	size_t len = strlen(text);

	return len > 2 && len - 2 <= MAX_DIGITS && strncmp(text, "0x", 2) == 0 &&
	       strspn(text + 2, "0123456789abcdef") == len - 2;
}

void import_bitmap(struct import *import, const struct node *object, const char *key,
		   struct vdev_bitmap *bitmap)
{
	struct node node = node_member(object, key);
	struct node hex = node_member(&node, "hex");
	struct node names = node_member(&node, "names");
	const char *text = NULL;

	if (!node.json || !import_is_object(import, &node))
		return;
	import_string(import, &node, "hex", &text);
	if (!text) {
		import_reject(import, &hex, "is missing");
		return;
	}
	if (!is_hex(text)) {
		import_reject(import, &hex, "is not 0x and up to %d digits 0-9a-f", MAX_DIGITS);
		return;
	}
	parse_hex(import, text + 2, bitmap);
	check_names(import, &names, bitmap);
}
