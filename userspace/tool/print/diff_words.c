// SPDX-License-Identifier: GPL-2.0
/* What sets in JSON differ in, word by word. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "common/keys.h"
#include "diff_words.h"

/* A range without an end goes on. */
static json_t *word_of_range(const json_t *entry, const char *from)
{
	const char *to = json_string_value(json_object_get(entry, KEY_SEMVER_RANGE_TO));

	return json_sprintf("%s-%s", from, to ? to : "");
}

static json_t *word_of_numbers(const json_t *low, const json_t *high)
{
	if (json_equal(low, high))
		return json_sprintf("%" JSON_INTEGER_FORMAT, json_integer_value(low));
	return json_sprintf("%" JSON_INTEGER_FORMAT "-%" JSON_INTEGER_FORMAT,
			    json_integer_value(low), json_integer_value(high));
}

/* NULL also if the entry is nothing that has a word. */
static json_t *word_of(const json_t *entry)
{
	const char *from = json_string_value(json_object_get(entry, KEY_SEMVER_RANGE_FROM));
	const json_t *string = json_object_get(entry, KEY_ALLOWED_STRING);
	const json_t *low = json_object_get(entry, KEY_ALLOWED_LOW);
	const json_t *high = json_object_get(entry, KEY_ALLOWED_HIGH);

	if (json_is_string(entry))
		return json_incref((json_t *)entry);
	if (json_is_string(string))
		return json_incref((json_t *)string);
	if (from)
		return word_of_range(entry, from);
	return low && high ? word_of_numbers(low, high) : NULL;
}

/* The list that the set is in JSON, or NULL. */
static const json_t *list_of(const json_t *set)
{
	const json_t *names = json_object_get(set, "names");

	return json_is_array(names) ? names : json_is_array(set) ? set : NULL;
}

static json_t *words_of(const json_t *set)
{
	const json_t *list = list_of(set);
	json_t *words = json_array();
	json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry) {
		if (!json_array_append_new(words, word_of(entry)))
			continue;
		json_decref(words);
		return NULL;
	}
	return words;
}

static bool is_set(const json_t *set)
{
	const json_t *list = list_of(set);
	json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry)
		if (!json_is_string(entry) && !json_object_get(entry, KEY_SEMVER_RANGE_FROM) &&
		    !json_object_get(entry, KEY_ALLOWED_STRING) &&
		    !(json_object_get(entry, KEY_ALLOWED_LOW) &&
		      json_object_get(entry, KEY_ALLOWED_HIGH)))
			return false;
	return !set || list;
}

static bool has_word(const json_t *words, const json_t *wanted)
{
	json_t *word;
	size_t i;

	json_array_foreach(words, i, word)
		if (json_equal(word, wanted))
			return true;
	return false;
}

/* NULL if nothing is left, or if there is no memory, which is in *err. */
static json_t *without(const json_t *words, const json_t *others, int *err)
{
	json_t *left = json_array();
	json_t *word;
	size_t i;

	if (!left)
		*err = -ENOMEM;
	json_array_foreach(words, i, word)
		if (!has_word(others, word) && json_array_append(left, word))
			*err = -ENOMEM;
	if (!*err && json_array_size(left))
		return left;
	json_decref(left);
	return NULL;
}

int diff_words(const json_t *before, const json_t *after, json_t **added, json_t **removed)
{
	json_t *old, *new;
	int err = 0;

	*added = NULL;
	*removed = NULL;
	if (!is_set(before) || !is_set(after))
		return 0;
	old = words_of(before);
	new = words_of(after);
	if (!old || !new)
		err = -ENOMEM;
	if (!err)
		*added = without(new, old, &err);
	if (!err)
		*removed = without(old, new, &err);
	json_decref(old);
	json_decref(new);
	return err;
}
