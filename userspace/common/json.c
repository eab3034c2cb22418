// SPDX-License-Identifier: LGPL-2.1
/* The bricks of the JSON: keys and values that may be absent. */
#include <stdlib.h>

#include "escape.h"
#include "json.h"
#include "keys.h"
#include "words.h"

static json_t *keep(struct builder *builder, json_t *value)
{
	if (!value)
		builder->broken = true;
	return value;
}

json_t *build_object(struct builder *builder)
{
	return keep(builder, json_object());
}

json_t *build_array(struct builder *builder)
{
	return keep(builder, json_array());
}

void put(struct builder *builder, json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		builder->broken = true;
}

void append(struct builder *builder, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		builder->broken = true;
}

void put_list(struct builder *builder, json_t *object, const char *key, json_t *array)
{
	if (array && !json_array_size(array))
		json_decref(array);
	else
		put(builder, object, key, array);
}

static json_t *build_string(const char *string)
{
	char *valid = text_valid(string);
	json_t *json = valid ? json_string_nocheck(valid) : NULL;

	free(valid);
	return json;
}

void put_string(struct builder *builder, json_t *object, const char *key, const char *string)
{
	if (string)
		put(builder, object, key, build_string(string));
}

void append_string(struct builder *builder, json_t *array, const char *string)
{
	append(builder, array, build_string(string));
}

uint64_t json_number(uint64_t number)
{
	return number < INT64_MAX ? number : INT64_MAX;
}

static json_t *build_u64(uint64_t number)
{
	return json_integer((json_int_t)json_number(number));
}

void put_u64(struct builder *builder, json_t *object, const char *key, uint64_t number)
{
	put(builder, object, key, build_u64(number));
}

void put_enum(struct builder *builder, json_t *object, const char *key, name_fn *name,
	      uint32_t number)
{
	char buffer[WORD_SIZE];

	if (number)
		put_string(builder, object, key, word_or_number(name(number), number, buffer));
}

struct flag_list {
	struct builder *builder;
	json_t *array;
	bit_name_fn *name;
};

static void append_flag(unsigned int bit, void *arg)
{
	struct flag_list *list = arg;
	char buffer[WORD_SIZE];

	append_string(list->builder, list->array, word_or_number(list->name(bit), bit, buffer));
}

void put_flags(struct builder *builder, json_t *object, const char *key, bit_name_fn *name,
	       uint32_t flags)
{
	struct flag_list list = {
		.builder = builder,
		.array = build_array(builder),
		.name = name,
	};

	each_flag(flags, append_flag, &list);
	put_list(builder, object, key, list.array);
}

void put_value(struct builder *builder, json_t *object, const char *key,
	       const struct vdev_value *value)
{
	json_t *json;

	if (!value->type)
		return;
	json = build_object(builder);
	if (value->type == VDEV_VALUE_TYPE_U64)
		put_u64(builder, json, KEY_VALUE_U64, value->u64);
	else if (value->type == VDEV_VALUE_TYPE_STRING)
		put_string(builder, json, KEY_VALUE_STRING, value->string);
	else
		put(builder, json, KEY_VALUE_BOOL, json_boolean(value->boolean));
	put(builder, object, key, json);
}
