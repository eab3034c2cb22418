// SPDX-License-Identifier: GPL-2.0
/*
 * The arguments of commands: names, options and what is left for facts.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "sim.h"

static char *sim_skip_blanks(char *text)
{
	return text ? text + strspn(text, " \t") : "";
}

/* The next word, unescaped; NULL, and @error says so, if there is none. */
char *sim_arg_word(char **text, const char *what, struct sim_error *error)
{
	char *word = sim_word(text);

	if (!word) {
		sim_reject(error, -EINVAL, NULL, "%s is missing", what);
		return NULL;
	}
	return sim_unescape(error, word) ? NULL : word;
}

/* The value of the next word if that is NAME=VALUE, or else NULL. */
char *sim_arg_option(char **text, const char *name)
{
	size_t len = strlen(name);
	char *next = sim_skip_blanks(*text);

	if (strncmp(next, name, len) || next[len] != '=')
		return NULL;
	return sim_word(text) + len + 1;
}

int sim_arg_end(char *text, struct sim_error *error)
{
	char *word = sim_word(&text);

	if (word)
		return sim_reject(error, -EINVAL, word, "not expected here");
	return 0;
}

/* What is left for facts, behind the "--" that may set it off. */
const char *sim_arg_facts(char *text)
{
	char *next = sim_skip_blanks(text);

	if (!strncmp(next, "--", 2) && (!next[2] || strchr(" \t", next[2])))
		next += 2;
	return next;
}

/* The key, or pattern of keys, that BUS/NAME or NAME means; to be freed. */
char *sim_arg_key(const char *word, struct sim_error *error)
{
	char *key;

	if (strchr(word, '/'))
		key = kasprintf(GFP_KERNEL, "%s", word);
	else
		key = kasprintf(GFP_KERNEL, SIM_BUS "/%s", word);
	if (!key)
		sim_reject(error, -ENOMEM, word, "out of memory");
	return key;
}

/* Cut BUS/NAME apart; without a bus it is the simulator's own. */
const char *sim_arg_bus(char *handle, char **name)
{
	char *slash = strchr(handle, '/');

	if (!slash) {
		*name = handle;
		return SIM_BUS;
	}
	*slash = '\0';
	*name = slash + 1;
	return handle;
}

/* The parent that BUS/NAME or NAME means, or an ERR_PTR. */
struct sim_object *sim_arg_parent(const char *word, struct sim_error *error)
{
	char *key = sim_arg_key(word, error);
	struct sim_object *parent;

	if (!key)
		return ERR_PTR(-ENOMEM);
	parent = sim_object_find(SIM_PARENT, key);
	kfree(key);
	if (!parent)
		return ERR_PTR(sim_reject(error, -ENODEV, word,
					  "no such parent"));
	return parent;
}
