// SPDX-License-Identifier: GPL-2.0
/*
 * Compares two endpoints in JSON, so that every field that is shown is compared,
 * under the name that it is shown with. Elements of lists that have a name are
 * compared with those of the same name; one that is there on one side only is one
 * change.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "diff_words.h"
#include "common/keys.h"

/* What stands before the keys of the record where there is little room. */
#define RECORD KEY_RECORD "."
/* What elements of lists are called by, whatever they are. */
#define NAME KEY_PARAM_NAME

struct diff {
	change_fn *fn;
	void *arg;
};

/* Where the comparison is; strings are of the caller. */
struct place {
	const char *field;
	const char *place;
	const char *name;
};

/* The only value of an object that stands for one, as that of a parameter. */
static const json_t *inner_value(const json_t *json)
{
	static const char *const keys[] = {
		"hex", KEY_VALUE_U64, KEY_VALUE_STRING, KEY_VALUE_BOOL,
	};
	const json_t *inner = NULL;
	size_t i;

	for (i = 0; !inner && i < sizeof(keys) / sizeof(keys[0]); i++)
		inner = json_object_get(json, keys[i]);
	return json_is_object(inner) || json_is_array(inner) ? NULL : inner;
}

static char *text_of(const json_t *json);

/* Words with commas between them; anything else as JSON. */
static char *text_of_list(const json_t *list)
{
	char *text = NULL;
	size_t size, i;
	json_t *entry;
	FILE *file;

	json_array_foreach(list, i, entry)
		if (!json_is_string(entry))
			return json_dumps(list, JSON_COMPACT);
	file = open_memstream(&text, &size);
	if (!file)
		return NULL;
	json_array_foreach(list, i, entry)
		fprintf(file, "%s%s", i ? "," : "", json_string_value(entry));
	if (fclose(file)) {
		free(text);
		return NULL;
	}
	return text;
}

/* What a named element is about, if it is printed in one word. */
static const json_t *summary(const json_t *element)
{
	static const char *const keys[] = {
		KEY_PARAM_VALUE, KEY_BLOCKER_REASON, KEY_FEATURE_PROVISIONED,
		KEY_FEATURE_SUPPORTED, KEY_VERSION_FLAGS,
	};
	const json_t *part = NULL;
	size_t i;

	for (i = 0; !part && i < sizeof(keys) / sizeof(keys[0]); i++)
		part = json_object_get(element, keys[i]);
	return part;
}

static char *text_of_object(const json_t *json)
{
	const json_t *part = inner_value(json);

	if (!part && json_object_get(json, NAME))
		part = summary(json);
	if (part)
		return text_of(part);
	return json_object_get(json, NAME) ? strdup("") : json_dumps(json, JSON_COMPACT);
}

/* The caller frees it; NULL if there is no memory. */
static char *text_of(const json_t *json)
{
	if (json_is_string(json))
		return strdup(json_string_value(json));
	if (json_is_array(json))
		return text_of_list(json);
	if (json_is_object(json))
		return text_of_object(json);
	return json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
}

/* What can be a set: of a named element what it is about. */
static const json_t *set_of(const json_t *json)
{
	const json_t *part = json_object_get(json, NAME) ? summary(json) : NULL;

	return part ? part : json;
}

static int report(const struct diff *diff, const struct place *place, const json_t *before,
		  const json_t *after)
{
	char *old = before ? text_of(before) : NULL;
	char *new = after ? text_of(after) : NULL;
	struct change change = {
		.field = place->field,
		.name = place->name,
		.place = place->place,
		.before = old,
		.after = new,
		.whole = json_object_get(before ? before : after, NAME),
	};
	json_t *added = NULL, *removed = NULL;
	int err = -ENOMEM;

	if ((!before || old) && (!after || new))
		err = diff_words(set_of(before), set_of(after), &added, &removed);
	change.added = added;
	change.removed = removed;
	if (!err)
		err = diff->fn(&change, diff->arg);
	json_decref(added);
	json_decref(removed);
	free(old);
	free(new);
	return err;
}

static int compare(const struct diff *diff, const struct place *place, const json_t *before,
		   const json_t *after);

/* The same one level deeper, at a key or at the element of a name. */
static int compare_at(const struct diff *diff, const struct place *place, const char *key,
		      const char *name, const json_t *before, const json_t *after)
{
	const char *start = strncmp(place->place, RECORD, strlen(RECORD)) == 0 ?
		place->place + strlen(RECORD) : place->place;
	struct place deeper = *place;
	char *field = NULL, *where = NULL;
	int err = -ENOMEM;

	if (name)
		deeper.name = name;
	else if (asprintf(&field, "%s%s%s", place->field, *place->field ? "." : "", key) < 0)
		return -ENOMEM;
	if (asprintf(&where, "%s%s%s", start, *start ? "." : "", name ? name : key) >= 0) {
		deeper.field = name ? place->field : field;
		deeper.place = where;
		err = compare(diff, &deeper, before, after);
		free(where);
	}
	free(field);
	return err;
}

static int compare_keys(const struct diff *diff, const struct place *place, const json_t *before,
			const json_t *after)
{
	json_t *value;
	const char *key;
	int err;

	json_object_foreach((json_t *)before, key, value) {
		err = compare_at(diff, place, key, NULL, value, json_object_get(after, key));
		if (err)
			return err;
	}
	json_object_foreach((json_t *)after, key, value) {
		if (json_object_get(before, key))
			continue;
		err = compare_at(diff, place, key, NULL, NULL, value);
		if (err)
			return err;
	}
	return 0;
}

static const char *name_of(const json_t *element)
{
	return json_string_value(json_object_get(element, NAME));
}

static const json_t *find_named(const json_t *list, const char *name)
{
	json_t *element;
	size_t i;

	json_array_foreach(list, i, element)
		if (strcmp(name_of(element), name) == 0)
			return element;
	return NULL;
}

static bool is_named_list(const json_t *list)
{
	json_t *element;
	size_t i;

	if (list && !json_is_array(list))
		return false;
	json_array_foreach(list, i, element)
		if (!name_of(element))
			return false;
	return true;
}

static int compare_named(const struct diff *diff, const struct place *place, const json_t *before,
			 const json_t *after)
{
	json_t *element;
	size_t i;
	int err;

	json_array_foreach(before, i, element) {
		err = compare_at(diff, place, NULL, name_of(element), element,
				 find_named(after, name_of(element)));
		if (err)
			return err;
	}
	json_array_foreach(after, i, element) {
		if (find_named(before, name_of(element)))
			continue;
		err = compare_at(diff, place, NULL, name_of(element), NULL, element);
		if (err)
			return err;
	}
	return 0;
}

/* An object of which the parts are compared, also if it is on one side only. */
static bool has_parts(const json_t *json)
{
	return json_is_object(json) && !inner_value(json);
}

static int compare(const struct diff *diff, const struct place *place, const json_t *before,
		   const json_t *after)
{
	const json_t *either = before ? before : after;
	bool both = before && after;

	if (both && json_equal(before, after))
		return 0;
	if (has_parts(either) && (both ? has_parts(after) : !name_of(either)))
		return compare_keys(diff, place, before, after);
	if (json_is_array(either) && json_array_size(either) && is_named_list(before) &&
	    is_named_list(after))
		return compare_named(diff, place, before, after);
	return report(diff, place, before, after);
}

/* When it changed, and when it was read: no change of the endpoint itself. */
static void drop_times(json_t *object)
{
	json_object_del(object, KEY_INSTANCE);
	json_object_del(object, KEY_GENERATION);
	json_object_del(object, KEY_AGE);
}

int diff_objects(const json_t *before, const json_t *after, change_fn *fn, void *arg)
{
	const struct diff diff = { .fn = fn, .arg = arg };
	const struct place top = { .field = "", .place = "" };
	json_t *old = json_copy((json_t *)before);
	json_t *new = json_copy((json_t *)after);
	int err = -ENOMEM;

	if (old && new) {
		drop_times(old);
		drop_times(new);
		err = compare_keys(&diff, &top, old, new);
	}
	json_decref(old);
	json_decref(new);
	return err;
}
