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
 * A list that an entry holds, such as the accepted values, is replaced by a
 * word that names it. What the core has to judge (bounds, duplicates, rules) is
 * not judged here: it must be possible to offer it all of that.
 */
#include <linux/errno.h>
#include <linux/string.h>

#include "sim.h"

static void *sim_member(struct sim_facts *facts, size_t offset)
{
	return (char *)facts + offset;
}

static const struct sim_key *sim_find_key(const char *name)
{
	const struct sim_key *key;

	for (key = sim_keys; key->name; key++) {
		if (!strcmp(key->name, name))
			return key;
	}
	return NULL;
}

/* The first field has no name in a word. */
static const struct sim_field *sim_find_field(const struct sim_key *key,
					      const char *name)
{
	const struct sim_field *field;

	for (field = key->fields + 1; field->name; field++) {
		if (!strcmp(field->name, name))
			return field;
	}
	return NULL;
}

static int sim_apply_field(struct sim_parse *parse, const struct sim_key *key,
			   void *entry, char *piece)
{
	const struct sim_field *field;
	char *name = strsep(&piece, "=");

	if (!piece)
		return sim_reject(parse->error, -EINVAL, name,
				  "%s: a field is NAME=TEXT", key->name);
	field = sim_find_field(key, name);
	if (!field)
		return sim_reject(parse->error, -EINVAL, name,
				  "%s has no such field", key->name);
	return field->parse(parse, field, (char *)entry + field->offset, piece);
}

static int sim_apply_fields(struct sim_parse *parse, const struct sim_key *key,
			    void *entry, char *rest)
{
	char *piece;
	int err = 0;

	while (!err && (piece = strsep(&rest, ",")))
		err = sim_apply_field(parse, key, entry, piece);
	if (!err && key->finish)
		key->finish(parse->facts, entry);
	return err;
}

/* Every entry of a list begins with its name. */
static void *sim_find_entry(struct sim_parse *parse, const struct sim_key *key,
			    const char *name)
{
	unsigned int *num = sim_member(parse->facts, key->num_offset);
	char *entry = *(char **)sim_member(parse->facts, key->offset);
	unsigned int i;

	for (i = 0; i < *num; i++, entry += key->size) {
		if (!strcmp(*(const char **)entry, name))
			return entry;
	}
	return NULL;
}

static void *sim_add_entry(struct sim_parse *parse, const struct sim_key *key,
			   const char *name)
{
	void *list = sim_member(parse->facts, key->offset);
	unsigned int *num = sim_member(parse->facts, key->num_offset);
	const char **entry;

	entry = sim_list_grow(parse, list, num, key->size);
	if (entry)
		*entry = name;
	return entry;
}

static int sim_set_entry(struct sim_parse *parse, const struct sim_key *key,
			 char *text, bool add)
{
	char *name = strsep(&text, ",");
	void *entry = NULL;
	int err;

	err = sim_unescape(parse->error, name);
	if (err)
		return err;
	if (!add)
		entry = sim_find_entry(parse, key, name);
	if (!entry)
		entry = sim_add_entry(parse, key, name);
	if (!entry)
		return sim_reject(parse->error, -ENOSPC, name,
				  "no room for a further %s", key->name);
	return sim_apply_fields(parse, key, entry, text);
}

static int sim_remove_entry(struct sim_parse *parse, const struct sim_key *key,
			    char *name)
{
	unsigned int *num = sim_member(parse->facts, key->num_offset);
	char *list = *(char **)sim_member(parse->facts, key->offset);
	char *entry;
	int err;

	err = sim_unescape(parse->error, name);
	if (err)
		return err;
	entry = sim_find_entry(parse, key, name);
	if (!entry)
		return sim_reject(parse->error, -ENOENT, name,
				  "there is no such %s", key->name);
	*num -= 1;
	memmove(entry, entry + key->size, list + *num * key->size - entry);
	return 0;
}

static int sim_set_single(struct sim_parse *parse, const struct sim_key *key,
			  char *text)
{
	const struct sim_field *first = &key->fields[0];
	char *entry = sim_member(parse->facts, key->offset);
	char *piece = strsep(&text, ",");

	return first->parse(parse, first, entry + first->offset, piece) ?:
	       sim_apply_fields(parse, key, entry, text);
}

static int sim_clear_key(struct sim_parse *parse, const char *name)
{
	const struct sim_key *key = sim_find_key(name);
	void *at;

	if (!key)
		return sim_reject(parse->error, -EINVAL, name, "no such fact");
	at = sim_member(parse->facts, key->offset);
	if (key->num_offset) {
		*(unsigned int *)sim_member(parse->facts, key->num_offset) = 0;
		return 0;
	}
	memset(at, 0, key->size);
	if (key->finish)
		key->finish(parse->facts, NULL);
	return 0;
}

/* Cut the operator off the end of @word: '+', '-', or 0 for a plain '='. */
static char sim_cut_operator(char *word)
{
	size_t len = strlen(word);
	char operator = len ? word[len - 1] : 0;

	if (operator != '+' && operator != '-')
		return 0;
	word[len - 1] = '\0';
	return operator;
}

static int sim_apply_word(struct sim_parse *parse, char *word)
{
	const struct sim_key *key;
	char *text = word;
	char operator;

	if (*word == '-')
		return sim_clear_key(parse, word + 1);
	strsep(&text, "=");
	if (!text)
		return sim_reject(parse->error, -EINVAL, word,
				  "a fact is KEY=VALUE");
	operator = sim_cut_operator(word);
	key = sim_find_key(word);
	if (!key)
		return sim_reject(parse->error, -EINVAL, word, "no such fact");
	if (operator && !key->num_offset)
		return sim_reject(parse->error, -EINVAL, word, "not a list");

	parse->emptied = NULL;
	if (operator == '-')
		return sim_remove_entry(parse, key, text);
	if (key->num_offset)
		return sim_set_entry(parse, key, text, operator == '+');
	return sim_set_single(parse, key, text);
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
		return sim_reject(error, -ENOMEM, NULL, "out of memory");
	while (!err && (word = sim_word(&text)))
		err = sim_apply_word(&parse, word);
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
