// SPDX-License-Identifier: LGPL-2.1
/*
 * Reading JSON of unknown origin: what this project writes as words, versions
 * and values. Nobody can judge by a word that is not known.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "import_words.h"
#include "common/keys.h"

void import_unknown(struct import *import, const struct node *node)
{
	char path[IMPORT_WHY_SIZE / 2];
	const char *inner;
	char *pos;

	node_path(node, path, sizeof(path));
	/* It may end within a character. */
	for (pos = path; *pos; pos++)
		if ((unsigned char)*pos >= 0x7f)
			*pos = '?';
	inner = strchr(path, '.');
	if (json_array_append_new(import->unknown, json_string(inner ? inner + 1 : path)))
		import->err = -ENOMEM;
}

static void unknown_word(struct import *import, const struct node *node, const char *word)
{
	if (import->unknown)
		import_unknown(import, node);
	else
		import_reject(import, node, "'%s' is not a word that this version knows", word);
}

void import_enum(struct import *import, const struct node *object, const char *key,
		 import_word_fn *from_name, uint32_t otherwise, uint32_t *number)
{
	struct node node = node_member(object, key);
	const char *word = NULL;

	import_string(import, object, key, &word);
	if (!word)
		return;
	*number = from_name(word);
	if (*number)
		return;
	*number = otherwise;
	unknown_word(import, &node, word);
}

void import_rule(struct import *import, const struct node *object, const char *key,
		 uint32_t *rule)
{
	import_enum(import, object, key, vdev_rule_from_name, VDEV_RULE_IGNORE, rule);
}

static void import_flag(struct import *import, const struct node *node,
			import_word_fn *from_name, uint32_t *flags)
{
	const char *word = json_string_value(node->json);
	uint32_t flag = from_name(word);

	*flags |= flag;
	if (!word)
		import_reject(import, node, "is not a string");
	else if (!flag)
		unknown_word(import, node, word);
}

void import_flags(struct import *import, const struct node *object, const char *key,
		  import_word_fn *from_name, uint32_t *flags)
{
	struct node list = node_member(object, key);
	size_t num = import_list(import, &list);
	size_t i;

	for (i = 0; i < num; i++) {
		struct node node = node_element(&list, i);

		import_flag(import, &node, from_name, flags);
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
		import_reject(import, &node, "'%s' is not MAJOR.MINOR.BUGFIX", text);
	return text;
}

bool import_is_newer(const struct import *import, const struct node *node, bool known)
{
	return import->unknown && !known && json_object_size(node->json);
}

void import_value(struct import *import, const struct node *object, const char *key,
		  struct vdev_value *value)
{
	struct node node = node_member(object, key);
	bool u64, string, boolean;

	if (!node.json || !import_is_object(import, &node))
		return;
	u64 = json_object_get(node.json, KEY_VALUE_U64);
	string = json_object_get(node.json, KEY_VALUE_STRING);
	boolean = json_object_get(node.json, KEY_VALUE_BOOL);
	if (import_is_newer(import, &node, u64 || string || boolean))
		return;
	if (u64 + string + boolean != 1) {
		import_reject(import, &node, "has not one of %s, %s and %s", KEY_VALUE_U64,
			      KEY_VALUE_STRING, KEY_VALUE_BOOL);
	} else if (u64) {
		value->type = VDEV_VALUE_TYPE_U64;
		import_number(import, &node, KEY_VALUE_U64, INT64_MAX, &value->u64);
	} else if (string) {
		value->type = VDEV_VALUE_TYPE_STRING;
		import_string(import, &node, KEY_VALUE_STRING, &value->string);
	} else {
		value->type = VDEV_VALUE_TYPE_BOOL;
		import_bool(import, &node, KEY_VALUE_BOOL, &value->boolean);
	}
}
