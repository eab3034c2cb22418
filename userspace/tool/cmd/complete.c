// SPDX-License-Identifier: GPL-2.0
/*
 * Completion for shells. What may come next follows from the table of commands; a shell takes
 * of it what begins as the word that is typed, and finds names of files itself.
 */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cli/document.h"
#include "cli/expect.h"
#include "cli/globals.h"
#include "cli/known.h"
#include "cli/naming.h"
#include "complete.h"
#include "complete_live.h"
#include "print/list_table.h"

struct complete {
	const struct command_table *table;
	struct expect expect;
	/* What stands before the word that is completed, such as "--columns=". */
	const char *before;
	size_t before_len;
	/* What is typed of it. */
	const char *current;
	/* Of "--columns=handle" the option. */
	char option[64];
};

/* A shell would take these for more than a word. */
static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (iscntrl((unsigned char)*text))
			return false;
	return true;
}

static void put(const struct complete *complete, char kind, const char *word, const char *text)
{
	if (is_plain(word))
		printf("%c\t%.*s%s\t%s\n", kind, (int)complete->before_len, complete->before, word,
		       is_plain(text) ? text : "");
}

/* In order of the names, each once. */
static void put_found(const struct complete *complete, struct listing *found)
{
	size_t i;

	listing_sort(found);
	for (i = 0; i < found->num; i++) {
		const struct entry *entry = &found->entries[i];

		if (!i || entry[-1].kind != entry->kind || strcmp(entry[-1].name, entry->name) != 0)
			put(complete, entry->kind == COMPLETE_BEGIN ? 'p' : 'w', entry->name,
			    entry->text);
	}
	listing_free(found);
}

/* Of an object with commands, these stand for what it is about. */
static void put_object(const struct complete *complete, size_t first)
{
	const struct command_table *table = complete->table;
	const struct command *command = &table->commands[first];
	char text[128];
	size_t i, len = 0;

	for (i = first; command->name && i < table->num_commands && len < sizeof(text); i++)
		if (strcmp(table->commands[i].object, command->object) == 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s",
						len ? ", " : "", table->commands[i].name);
	put(complete, 'w', command->object, command->name ? text : command->text);
}

static void put_objects(const struct complete *complete)
{
	const struct command_table *table = complete->table;
	size_t i;

	for (i = 0; i < table->num_commands; i++)
		if (command_find(table, table->commands[i].object, NULL) == &table->commands[i])
			put_object(complete, i);
}

static void put_commands(const struct complete *complete)
{
	const struct command_table *table = complete->table;
	size_t i;

	for (i = 0; i < table->num_commands; i++)
		if (strcmp(table->commands[i].object, complete->expect.command_of) == 0)
			put(complete, 'w', table->commands[i].name, table->commands[i].text);
}

static void put_options(const struct complete *complete)
{
	const struct command_table *table = complete->table;
	const struct command *command = complete->expect.command;
	char word[32];
	size_t i;

	for (i = 0; command && i < command->num_options; i++) {
		put(complete, 'w', command->options[i].word, command->options[i].text);
		snprintf(word, sizeof(word), "-%c", command_letter(command, i));
		if (word[1])
			put(complete, 'w', word, command->options[i].text);
	}
	for (i = 0; i < table->num_options; i++) {
		snprintf(word, sizeof(word), "--%s", table->options[i].word);
		put(complete, 'w', word, table->options[i].text);
		snprintf(word, sizeof(word), "-%s", table->options[i].letters);
		put(complete, 'w', word, table->options[i].text);
	}
}

/* Endpoints of the document before the #. */
static void put_exported(const struct complete *complete, const char *hash)
{
	char name[PATH_MAX];
	struct document *document;
	size_t i;

	snprintf(name, sizeof(name), "%.*s", (int)(hash - complete->current), complete->current);
	/* Nothing else may be read while somebody types: it could wait. */
	if (!naming_is_regular(name))
		return;
	document = document_read(complete->expect.command, name);
	for (i = 0; document && i < vdev_document_num_endpoints(document->content); i++) {
		const char *handle = vdev_document_handle(document->content, i);

		if (handle && is_plain(handle))
			printf("w\t%.*s%s#%s\t\n", (int)complete->before_len, complete->before, name,
			       handle);
	}
	document_free(document);
}

/* Only what can be nothing else is a file of any name, such as the value of --batch or --output. */
static void put_files(const struct complete *complete)
{
	const struct expect *expect = &complete->expect;
	const struct command *command = expect->command;
	bool any = expect->option || (expect->word && expect->word[0] == '-');
	const char *suffix = command && command->files ? command->files : ".json";
	bool document = command && !command->files && !any;
	bool prefixed = document && strncmp(complete->current, "file:", strlen("file:")) == 0;

	if (any || prefixed ||
	    (complete->current[0] && strchr("./~", complete->current[0])))
		suffix = "";
	printf("f\t%.*s%s\t%s\n", (int)complete->before_len, complete->before,
	       prefixed ? "file:" : "", suffix);
	if (document)
		put(complete, 'p', "file:", "a file of any name");
}

static void put_operands(const struct complete *complete, unsigned int operands)
{
	const char *hash = strchr(complete->current, '#');
	struct listing found = { 0 };

	if (operands & OPERAND_DOCUMENT && hash) {
		put_exported(complete, hash);
		return;
	}
	complete_handles(complete->expect.command, operands, complete->current, &found);
	put_found(complete, &found);
	if (operands & OPERAND_FILE)
		put_files(complete);
	if (operands & OPERAND_HOST)
		put(complete, 'w', "localhost", "this host");
	if (operands & OPERAND_DOCUMENT)
		put(complete, 'p', "token:", "what --token printed");
}

static void put_verdicts(const struct complete *complete)
{
	uint32_t verdict;

	for (verdict = 1; vdev_verdict_from_name(vdev_verdict_name(verdict)); verdict++)
		put(complete, 'w', vdev_verdict_name(verdict), "");
}

/* Behind the last comma. */
static void put_columns(struct complete *complete)
{
	const char *comma = strrchr(complete->current, ',');
	struct known known = { 0 };
	char word[256];
	size_t i;

	list_table_known(&known);
	for (i = 0; i < known.num; i++) {
		snprintf(word, sizeof(word), "%.*s%s",
			 comma ? (int)(comma - complete->current) + 1 : 0, complete->current,
			 known.words[i]);
		put(complete, 'w', word, "");
	}
}

/* Names that are typed as they are, with bars between them. */
static void put_alternatives(const struct complete *complete, const char *value, size_t len)
{
	char word[32];
	size_t end;

	for (; len; value += end + (len > end), len -= end + (len > end)) {
		end = strcspn(value, "|");
		if (end > len)
			end = len;
		snprintf(word, sizeof(word), "%.*s", (int)end, value);
		put(complete, 'w', word, "");
	}
}

static bool is_value(const struct expect *expect, const char *name)
{
	return strlen(name) == expect->value_len && memcmp(name, expect->value, strlen(name)) == 0;
}

static void put_values(struct complete *complete)
{
	const struct expect *expect = &complete->expect;
	struct listing found = { 0 };

	if (complete_values(expect->command, expect->word, &found))
		put_found(complete, &found);
	else if (is_value(expect, "VERDICT"))
		put_verdicts(complete);
	else if (is_value(expect, "NAMES"))
		put_columns(complete);
	else if (memchr(expect->value, '|', expect->value_len))
		put_alternatives(complete, expect->value, expect->value_len);
	else
		put_operands(complete, synopsis_operand(expect->value, expect->value_len));
}

static bool is_keyword(const struct command *command, const char *word)
{
	size_t i;

	for (i = 0; i < command->num_keywords; i++)
		if (strcmp(command->keywords[i].word, word) == 0)
			return true;
	return false;
}

/* What the synopsis has: operands, and words that are no conditions. */
static void put_synopsis(const struct complete *complete)
{
	const char *rest = complete->expect.command->synopsis;
	struct synopsis_part part = { 0 };
	unsigned int operands = 0;
	char word[32];

	while (synopsis_next(&rest, &part)) {
		if (!synopsis_is_word(&part)) {
			operands |= part.word ? 0 : synopsis_operand(part.text, part.len);
			continue;
		}
		snprintf(word, sizeof(word), "%.*s", (int)part.len, part.text);
		if (word[0] != '-' && !is_keyword(complete->expect.command, word))
			put(complete, 'w', word, "");
	}
	if (operands)
		put_operands(complete, operands);
}

/* Of an option of vdevctl itself. */
static void put_choices(const struct complete *complete)
{
	const struct option_text *option = complete->expect.option;
	size_t i;

	for (i = 0; option->choices && option->choices[i]; i++)
		put(complete, 'w', option->choices[i], "");
	if (!option->choices)
		put_files(complete);
}

/* "--columns=handle" is an option and its value. */
static void take_option(struct complete *complete)
{
	const char *equals = strchr(complete->current, '=');
	struct expect *expect = &complete->expect;
	size_t len = equals ? (size_t)(equals - complete->current) : 0;

	if (complete->current[0] != '-' || !len || expect->word ||
	    len >= sizeof(complete->option))
		return;
	snprintf(complete->option, sizeof(complete->option), "%.*s", (int)len, complete->current);
	expect->option = globals_find(complete->table, complete->option, len);
	if (expect->option && !expect->option->value)
		expect->option = NULL;
	else if (!expect->option && expect->command &&
		 expect_value(expect->command, complete->option, 0, &expect->value,
			      &expect->value_len))
		expect->word = complete->option;
	complete->before = complete->current;
	complete->before_len = (size_t)(equals - complete->current) + 1;
	complete->current = equals + 1;
}

static void put_next(struct complete *complete)
{
	const struct expect *expect = &complete->expect;
	size_t i;

	if (expect->option)
		put_choices(complete);
	if (expect->word)
		put_values(complete);
	if (expect->word || complete->before_len)
		return;
	if (complete->current[0] == '-') {
		put_options(complete);
		return;
	}
	if (expect->object)
		put_objects(complete);
	if (expect->command_of)
		put_commands(complete);
	if (expect->help)
		put(complete, 'w', "help", "print all about it");
	if (!expect->command)
		return;
	for (i = 0; i < expect->command->num_keywords; i++)
		put(complete, 'w', expect->command->keywords[i].word,
		    expect->command->keywords[i].text);
	put_synopsis(complete);
}

int complete_run(const struct command_table *table, int argc, char **argv)
{
	struct complete complete = {
		.table = table,
		.before = "",
		.current = argc ? argv[argc - 1] : "",
	};

	expect_next(table, argc ? argc - 1 : 0, argv, &complete.expect);
	take_option(&complete);
	put_next(&complete);
	return EXIT_DONE;
}
