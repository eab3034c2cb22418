// SPDX-License-Identifier: GPL-2.0
/*
 * What may come next on a command line: an object, a command, what belongs to a command, or the
 * value of one of its words. It follows from the table of commands and their synopses alone.
 */
#include <string.h>

#include "expect.h"
#include "globals.h"

/* The name of that number among names with blanks between them. */
static bool nth_name(const char *names, size_t number, const char **value, size_t *len)
{
	for (; *names; names += *names == ' ') {
		size_t end = strcspn(names, " ");

		if (!number--) {
			*value = names;
			*len = end;
			return true;
		}
		names += end;
	}
	return false;
}

static const struct keyword *find_keyword(const struct keyword *keywords, size_t num,
					  const char *word)
{
	size_t i;

	for (i = 0; i < num; i++)
		if (strcmp(keywords[i].word, word) == 0)
			return &keywords[i];
	return NULL;
}

static bool synopsis_value(const struct command *command, const char *word, size_t number,
			   const char **value, size_t *len)
{
	struct synopsis_part part = { 0 };
	const char *rest = command->synopsis;

	while (synopsis_next(&rest, &part)) {
		if (!part.word || part.number != number || part.word_len != strlen(word) ||
		    memcmp(part.word, word, part.word_len) != 0)
			continue;
		*value = part.text;
		*len = part.len;
		return true;
	}
	return false;
}

bool expect_value(const struct command *command, const char *word, size_t number,
		  const char **value, size_t *len)
{
	const struct keyword *keyword;

	keyword = find_keyword(command->options, command->num_options, word);
	if (!keyword)
		keyword = find_keyword(command->keywords, command->num_keywords, word);
	if (keyword)
		return keyword->value && nth_name(keyword->value, number, value, len);
	return synopsis_value(command, word, number, value, len);
}

static size_t num_values(const struct command *command, const char *word)
{
	const char *value;
	size_t len, num = 0;

	while (expect_value(command, word, num, &value, &len))
		num++;
	return num;
}

/* Find the word whose value is missing. */
static void expect_of_command(const struct command *command, size_t num, char **words,
			      struct expect *expect)
{
	size_t i, values;

	expect->command = command;
	for (i = 0; i < num; i += 1 + values) {
		values = num_values(command, words[i]);
		if (i + values < num)
			continue;
		if (expect_value(command, words[i], num - i - 1, &expect->value,
				 &expect->value_len))
			expect->word = words[i];
		return;
	}
}

/* @argv begins behind the word "help". */
static void expect_of_help(const struct command_table *table, int argc, char **argv,
			   struct expect *expect)
{
	const struct command *command = argc ? command_find(table, argv[0], NULL) : NULL;

	expect->object = !argc;
	if (argc == 1 && command && command->name)
		expect->command_of = command->object;
}

static void expect_of_object(const struct command_table *table, int argc, char **argv,
			     struct expect *expect)
{
	const struct command *command = command_find(table, argv[0], NULL);
	const char *object = *argv++;
	struct globals globals = { 0 };

	argc--;
	if (!command || (command->name && globals_take_first(table, &argc, &argv, &globals)))
		return;
	expect->help = !argc;
	if (command->name && !argc) {
		expect->command_of = object;
		return;
	}
	if (command->name) {
		command = command_find(table, object, *argv++);
		argc--;
	}
	if (command && !globals_take_rest(table, command, &argc, argv, &globals))
		expect_of_command(command, (size_t)argc, argv, expect);
}

void expect_next(const struct command_table *table, int argc, char **argv, struct expect *expect)
{
	const char *last = argc ? argv[argc - 1] : "";
	struct globals globals = { 0 };

	*expect = (struct expect){ 0 };
	expect->option = globals_find(table, last, strlen(last));
	if (expect->option && !expect->option->value)
		expect->option = NULL;
	/* One that can be left out may be followed by all else. */
	if (expect->option && !expect->option->choices)
		return;
	if (globals_take_first(table, &argc, &argv, &globals))
		return;
	if (argc && strcmp(argv[0], "help") == 0) {
		expect_of_help(table, argc - 1, argv + 1, expect);
	} else if (argc) {
		expect_of_object(table, argc, argv, expect);
	} else {
		expect->object = true;
		expect->help = true;
	}
}
