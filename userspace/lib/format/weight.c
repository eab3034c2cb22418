// SPDX-License-Identifier: LGPL-2.1
/*
 * How much memory JSON takes once it is read: one pass over the text, which takes none.
 * The numbers are those of jansson with the C library's allocator, on 64 bits.
 */
#include <stdint.h>

#include "weight.h"

#define WEIGHT_OBJECT 224
#define WEIGHT_ARRAY 128
/* Beside its bytes; as a key it is about the same. */
#define WEIGHT_STRING 80
/* The place in a container, and a number. */
#define WEIGHT_ELEMENT 48

/* Behind the string that begins at @pos, or the end. */
static const char *skip_string(const char *pos, const char *end)
{
	for (pos++; pos < end && *pos != '"'; pos++)
		if (*pos == '\\')
			pos++;
	return pos < end ? pos + 1 : end;
}

bool weight_bounded(const char *text, size_t size)
{
	uint64_t bound = (uint64_t)size * WEIGHT_FACTOR + WEIGHT_ANY;
	const char *end = text + size;
	const char *pos, *next;
	uint64_t weight = 0;

	for (pos = text; pos < end && weight <= bound; pos = next) {
		next = pos + 1;
		if (*pos == '"') {
			next = skip_string(pos, end);
			weight += WEIGHT_STRING + (uint64_t)(next - pos);
		} else if (*pos == '{') {
			weight += WEIGHT_OBJECT;
		} else if (*pos == '[') {
			weight += WEIGHT_ARRAY;
		} else if (*pos == ',') {
			weight += WEIGHT_ELEMENT;
		}
	}
	return weight <= bound;
}
