/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Building JSON. A container whose building failed is remembered as broken,
 * so that only the end result has to be checked.
 */
#ifndef VDEV_COMMON_JSON_H
#define VDEV_COMMON_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>
#include <vdev/vdev.h>

/* JSON numbers of this tool fit in a signed 64-bit number. */
uint64_t json_number(uint64_t number);

struct builder {
	bool broken;
};

json_t *build_object(struct builder *builder);
json_t *build_array(struct builder *builder);

/* Take @value over; NULL breaks the builder. */
void put(struct builder *builder, json_t *object, const char *key, json_t *value);
void append(struct builder *builder, json_t *array, json_t *value);

/* The same, but an empty array is left out. */
void put_list(struct builder *builder, json_t *object, const char *key, json_t *array);

/* Nothing is put for a NULL string. */
void put_string(struct builder *builder, json_t *object, const char *key, const char *string);
void append_string(struct builder *builder, json_t *array, const char *string);
void put_u64(struct builder *builder, json_t *object, const char *key, uint64_t number);

/* The word for a number; nothing is put for 0. */
typedef const char *name_fn(uint32_t number);
void put_enum(struct builder *builder, json_t *object, const char *key, name_fn *name,
	      uint32_t number);

/* The words for the bits; nothing is put for 0. */
typedef const char *bit_name_fn(unsigned int bit);
void put_flags(struct builder *builder, json_t *object, const char *key, bit_name_fn *name,
	       uint32_t flags);

/* Nothing is put for no value. */
void put_value(struct builder *builder, json_t *object, const char *key,
	       const struct vdev_value *value);

#endif /* VDEV_COMMON_JSON_H */
