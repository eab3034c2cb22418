// SPDX-License-Identifier: LGPL-2.1
/* Reading JSON of unknown origin: places, memory, and values of JSON's own types. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"
#include "internal.h"

struct import_block {
	struct import_block *next;
	max_align_t data[];
};

void *import_alloc(struct import *import, size_t num, size_t size)
{
	struct import_block *block = NULL;

	if (!size || num <= (SIZE_MAX - sizeof(*block)) / size)
		block = calloc(1, sizeof(*block) + num * size);
	if (!block) {
		import->err = -ENOMEM;
		return NULL;
	}
	block->next = import->blocks;
	import->blocks = block;
	return block->data;
}

void import_free(struct import *import)
{
	struct import_block *block;

	while ((block = import->blocks)) {
		import->blocks = block->next;
		free(block);
	}
}

/* Append to a text that may be full already. */
__attribute__((format(printf, 4, 5)))
static size_t add_text(char *text, size_t size, size_t len, const char *format, ...)
{
	va_list args;
	int added;

	va_start(args, format);
	added = vsnprintf(text + len, size - len, format, args);
	va_end(args);
	if (added < 0)
		return len;
	return len + (size_t)added < size ? len + (size_t)added : size - 1;
}

static size_t add_path(const struct node *node, char *path, size_t size)
{
	size_t len;

	if (!node->up)
		return 0;
	len = add_path(node->up, path, size);
	if (!node->key)
		return add_text(path, size, len, "[%zu]", node->index);
	return add_text(path, size, len, "%s%s", len ? "." : "", node->key);
}

void node_path(const struct node *node, char *path, size_t size)
{
	path[0] = '\0';
	add_path(node, path, size);
}

struct node node_member(const struct node *object, const char *key)
{
	return (struct node){
		.up = object,
		.key = key,
		.json = json_object_get(object->json, key),
	};
}

struct node node_element(const struct node *list, size_t index)
{
	return (struct node){
		.up = list,
		.index = index,
		.json = json_array_get(list->json, index),
	};
}

void import_reject(struct import *import, const struct node *node, const char *format, ...)
{
	va_list args;
	size_t len;

	if (import->err)
		return;
	import->err = -EINVAL;
	/* A path of foreign keys leaves room for what is wrong. */
	node_path(node, import->why, sizeof(import->why) / 2);
	len = strlen(import->why);
	if (len)
		len = add_text(import->why, sizeof(import->why), len, ": ");
	va_start(args, format);
	vsnprintf(import->why + len, sizeof(import->why) - len, format, args);
	va_end(args);
}

bool import_is_object(struct import *import, const struct node *node)
{
	if (!json_is_object(node->json))
		import_reject(import, node, node->json ? "is not an object" : "is missing");
	return json_is_object(node->json);
}

size_t import_list(struct import *import, const struct node *list)
{
	if (list->json && !json_is_array(list->json))
		import_reject(import, list, "is not a list");
	return json_array_size(list->json);
}

size_t import_contents(struct import *import, const struct node *root, const char *key,
		       struct node *list)
{
	static const char *const keys[] = { "endpoints", "profiles" };
	size_t i;

	*list = node_member(root, key);
	for (i = 0; !list->json && i < ARRAY_SIZE(keys); i++)
		if (node_member(root, keys[i]).json)
			import_reject(import, list, "is missing, there are %s", keys[i]);
	if (!list->json)
		import_reject(import, list, "is missing");
	return import_list(import, list);
}

void import_string(struct import *import, const struct node *object, const char *key,
		   const char **string)
{
	struct node node = node_member(object, key);

	if (json_is_string(node.json))
		*string = json_string_value(node.json);
	else if (node.json)
		import_reject(import, &node, "is not a string");
}

void import_number(struct import *import, const struct node *object, const char *key,
		   uint64_t limit, uint64_t *number)
{
	struct node node = node_member(object, key);
	json_int_t value = json_integer_value(node.json);

	if (!node.json)
		return;
	if (!json_is_integer(node.json))
		import_reject(import, &node, "is not a whole number");
	else if (value < 0)
		import_reject(import, &node, "is negative");
	else if ((uint64_t)value > limit)
		import_reject(import, &node, "is above %llu", (unsigned long long)limit);
	else
		*number = (uint64_t)value;
}

void import_u32(struct import *import, const struct node *object, const char *key,
		uint32_t *number)
{
	uint64_t wide = *number;

	import_number(import, object, key, UINT32_MAX, &wide);
	*number = (uint32_t)wide;
}

void import_bool(struct import *import, const struct node *object, const char *key, bool *value)
{
	struct node node = node_member(object, key);

	if (json_is_boolean(node.json))
		*value = json_is_true(node.json);
	else if (node.json)
		import_reject(import, &node, "is neither true nor false");
}

const void *import_elements(struct import *import, const struct node *object, const char *key,
			    size_t size, import_fn *read, unsigned int *num)
{
	struct node list = node_member(object, key);
	size_t count = import_list(import, &list);
	char *elements;
	size_t i;

	if (count > INT_MAX)
		import_reject(import, &list, "is too long");
	if (!count || import->err)
		return NULL;
	elements = import_alloc(import, count, size);
	for (i = 0; elements && i < count; i++) {
		struct node element = node_element(&list, i);

		read(import, &element, elements + i * size);
	}
	*num = elements ? (unsigned int)count : 0;
	return elements;
}
