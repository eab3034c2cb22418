// SPDX-License-Identifier: GPL-2.0
/*
 * Reading JSON of unknown origin: what this project writes as words, versions
 * and values. A word that is not known is refused, for nobody could judge by
 * it.
 */
#include <ctype.h>
#include <string.h>

#include "import.h"

/* No enumeration comes near this; flags have 32 bits. */
#define LAST_NUMBER 255
#define NUM_BITS 32

void import_enum(struct import *import, const struct node *object, const char *key,
		 const char *(*name)(uint32_t number), uint32_t *number)
{
	struct node node = node_member(object, key);
	const char *word = NULL;
	uint32_t i;

	import_string(import, object, key, &word);
	if (!word)
		return;
	for (i = 1; i <= LAST_NUMBER; i++) {
		if (name(i) && strcmp(name(i), word) == 0) {
			*number = i;
			return;
		}
	}
	import_refuse(import, &node, "'%s' is not a word that this version knows", word);
}

static void import_flag(struct import *import, const struct node *node,
			const char *(*name)(unsigned int bit), uint32_t *flags)
{
	const char *word = json_string_value(node->json);
	unsigned int bit;

	for (bit = 0; word && bit < NUM_BITS; bit++) {
		if (name(bit) && strcmp(name(bit), word) == 0) {
			*flags |= 1U << bit;
			return;
		}
	}
	if (word)
		import_refuse(import, node, "'%s' is not a word that this version knows", word);
	else
		import_refuse(import, node, "is not a string");
}

void import_flags(struct import *import, const struct node *object, const char *key,
		  const char *(*name)(unsigned int bit), uint32_t *flags)
{
	struct node list = node_member(object, key);
	size_t num = import_list(import, &list);
	size_t i;

	for (i = 0; i < num; i++) {
		struct node node = node_element(&list, i);

		import_flag(import, &node, name, flags);
	}
}

/* A number as it is written in a version: no sign, no leading zeros. */
static const char *parse_number(const char *text, uint32_t *number)
{
	uint64_t value = 0;

	if (!isdigit((unsigned char)*text) || (text[0] == '0' && isdigit((unsigned char)text[1])))
		return NULL;
	for (; isdigit((unsigned char)*text); text++) {
		value = value * 10 + (uint64_t)(*text - '0');
		if (value > UINT32_MAX)
			return NULL;
	}
	*number = (uint32_t)value;
	return text;
}

static bool parse_semver(const char *text, struct vdev_semver *semver)
{
	uint32_t *const numbers[] = { &semver->major, &semver->minor, &semver->bugfix };
	size_t i;

	for (i = 0; i < 3; i++) {
		text = parse_number(text, numbers[i]);
		if (!text || *text != (i < 2 ? '.' : '\0'))
			return false;
		text++;
	}
	return true;
}

bool import_semver(struct import *import, const struct node *object, const char *key,
		   struct vdev_semver *semver)
{
	struct node node = node_member(object, key);
	const char *text = NULL;

	import_string(import, object, key, &text);
	if (text && !parse_semver(text, semver))
		import_refuse(import, &node, "'%s' is not MAJOR.MINOR.BUGFIX", text);
	return text;
}

void import_value(struct import *import, const struct node *object, const char *key,
		  struct vdev_value *value)
{
	struct node node = node_member(object, key);
	bool u64, string, boolean;

	if (!node.json || !import_is_object(import, &node))
		return;
	u64 = json_object_get(node.json, "u64");
	string = json_object_get(node.json, "string");
	boolean = json_object_get(node.json, "bool");
	if (u64 + string + boolean != 1) {
		import_refuse(import, &node, "has not one of u64, string and bool");
	} else if (u64) {
		value->kind = VDEV_VALUE_TYPE_U64;
		import_number(import, &node, "u64", INT64_MAX, &value->u64);
	} else if (string) {
		value->kind = VDEV_VALUE_TYPE_STRING;
		import_string(import, &node, "string", &value->string);
	} else {
		value->kind = VDEV_VALUE_TYPE_BOOL;
		import_bool(import, &node, "bool", &value->boolean);
	}
}
