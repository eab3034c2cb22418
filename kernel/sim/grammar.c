// SPDX-License-Identifier: GPL-2.0
/*
 * The grammar of facts. A word changes one field of a set of facts, or one
 * entry of a list:
 *
 *	KEY=FIRST[,NAME=TEXT]...	change it; an entry of that name is
 *					added if there is none
 *	KEY+=FIRST[,NAME=TEXT]...	add an entry, whatever is there
 *	KEY-=FIRST			remove the entry of that name
 *	-KEY				remove the field, or the whole list
 *
 * A list that an entry holds, such as the accepted values, is written anew
 * by a word that names it. What the core has to judge (bounds, duplicates,
 * rules) is not judged here: it must be possible to offer it all of that.
 */
#include <linux/errno.h>
#include <linux/string.h>

#include "sim.h"

static void *member(struct sim_facts *facts, size_t offset)
{
	return (char *)facts + offset;
}

static const struct sim_key *find_key(const char *name)
{
	const struct sim_key *key;

	for (key = sim_keys; key->name; key++) {
		if (!strcmp(key->name, name))
			return key;
	}
	return NULL;
}

/* The first field has no name in a word. */
static const struct sim_field *find_field(const struct sim_key *key,
					  const char *name)
{
	const struct sim_field *field;

	for (field = key->fields + 1; field->name; field++) {
		if (!strcmp(field->name, name))
			return field;
	}
	return NULL;
}

static int apply_field(struct sim_parse *parse, const struct sim_key *key,
		       void *entry, char *piece)
{
	const struct sim_field *field;
	char *name = strsep(&piece, "=");

	if (!piece)
		return sim_refuse(parse->error, -EINVAL, name,
				  "%s: a field is NAME=TEXT", key->name);
	field = find_field(key, name);
	if (!field)
		return sim_refuse(parse->error, -EINVAL, name,
				  "%s has no such field", key->name);
	return field->parse(parse, field, (char *)entry + field->offset, piece);
}

static int apply_fields(struct sim_parse *parse, const struct sim_key *key,
			void *entry, char *rest)
{
	char *piece;
	int err = 0;

	while (!err && (piece = strsep(&rest, ",")))
		err = apply_field(parse, key, entry, piece);
	if (!err && key->finish)
		key->finish(parse->facts, entry);
	return err;
}

/* Every entry of a list begins with its name. */
static void *find_entry(struct sim_parse *parse, const struct sim_key *key,
			const char *name)
{
	unsigned int *num = member(parse->facts, key->num_offset);
	char *entry = *(char **)member(parse->facts, key->offset);
	unsigned int i;

	for (i = 0; i < *num; i++, entry += key->size) {
		if (!strcmp(*(const char **)entry, name))
			return entry;
	}
	return NULL;
}

static void *add_entry(struct sim_parse *parse, const struct sim_key *key,
		       const char *name)
{
	void *list = member(parse->facts, key->offset);
	unsigned int *num = member(parse->facts, key->num_offset);
	const char **entry;

	entry = sim_list_grow(parse, list, num, key->size);
	if (entry)
		*entry = name;
	return entry;
}

static int set_entry(struct sim_parse *parse, const struct sim_key *key,
		     char *text, bool add)
{
	char *name = strsep(&text, ",");
	void *entry = NULL;
	int err;

	err = sim_unescape(parse->error, name);
	if (err)
		return err;
	if (!add)
		entry = find_entry(parse, key, name);
	if (!entry)
		entry = add_entry(parse, key, name);
	if (!entry)
		return sim_refuse(parse->error, -ENOSPC, name,
				  "no room for a further %s", key->name);
	return apply_fields(parse, key, entry, text);
}

static int remove_entry(struct sim_parse *parse, const struct sim_key *key,
			char *name)
{
	unsigned int *num = member(parse->facts, key->num_offset);
	char *list = *(char **)member(parse->facts, key->offset);
	char *entry;
	int err;

	err = sim_unescape(parse->error, name);
	if (err)
		return err;
	entry = find_entry(parse, key, name);
	if (!entry)
		return sim_refuse(parse->error, -ENOENT, name,
				  "there is no such %s", key->name);
	*num -= 1;
	memmove(entry, entry + key->size, list + *num * key->size - entry);
	return 0;
}

static int set_single(struct sim_parse *parse, const struct sim_key *key,
		      char *text)
{
	const struct sim_field *first = &key->fields[0];
	char *entry = member(parse->facts, key->offset);
	char *piece = strsep(&text, ",");

	return first->parse(parse, first, entry + first->offset, piece) ?:
	       apply_fields(parse, key, entry, text);
}

static int clear_key(struct sim_parse *parse, const char *name)
{
	const struct sim_key *key = find_key(name);
	void *at;

	if (!key)
		return sim_refuse(parse->error, -EINVAL, name, "no such fact");
	at = member(parse->facts, key->offset);
	if (key->num_offset) {
		*(unsigned int *)member(parse->facts, key->num_offset) = 0;
		return 0;
	}
	memset(at, 0, key->size);
	if (key->finish)
		key->finish(parse->facts, NULL);
	return 0;
}

/* Cut the operator off the end of @word: '+', '-', or 0 for a plain '='. */
static char cut_operator(char *word)
{
	size_t len = strlen(word);
	char operator = len ? word[len - 1] : 0;

	if (operator != '+' && operator != '-')
		return 0;
	word[len - 1] = '\0';
	return operator;
}

static int apply_word(struct sim_parse *parse, char *word)
{
	const struct sim_key *key;
	char *text = word;
	char operator;

	if (*word == '-')
		return clear_key(parse, word + 1);
	strsep(&text, "=");
	if (!text)
		return sim_refuse(parse->error, -EINVAL, word,
				  "a fact is KEY=VALUE");
	operator = cut_operator(word);
	key = find_key(word);
	if (!key)
		return sim_refuse(parse->error, -EINVAL, word, "no such fact");
	if (operator && !key->num_offset)
		return sim_refuse(parse->error, -EINVAL, word, "not a list");

	parse->emptied = NULL;
	if (operator == '-')
		return remove_entry(parse, key, text);
	if (key->num_offset)
		return set_entry(parse, key, text, operator == '+');
	return set_single(parse, key, text);
}

/**
 * sim_facts_apply() - change a set of facts as words say
 * @facts: the set; not shared yet
 * @words: the words, which are kept
 * @error: says why it cannot be done
 *
 * After a failure the set is of no use any more.
 *
 * Return: 0 or an errno.
 */
int sim_facts_apply(struct sim_facts *facts, const char *words,
		    struct sim_error *error)
{
	struct sim_parse parse = { .facts = facts, .error = error };
	char *text, *word;
	int err = 0;

	/* The strings of the facts stay where they are in the words. */
	text = sim_arena_copy(&facts->arena, words, strlen(words) + 1);
	if (!text)
		return sim_refuse(error, -ENOMEM, NULL, "out of memory");
	while (!err && (word = sim_word(&text)))
		err = apply_word(&parse, word);
	return err;
}

/* The same with a list of words that ends in NULL. */
int sim_facts_apply_list(struct sim_facts *facts, const char *const *words,
			 struct sim_error *error)
{
	int err = 0;

	while (*words && !err)
		err = sim_facts_apply(facts, *words++, error);
	return err;
}
