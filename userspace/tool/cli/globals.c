// SPDX-License-Identifier: GPL-2.0
/*
 * Options of vdevctl itself. Letters can be joined, as in -jp; long ones are not abbreviated
 * and take no value. The value of a command's option is none of them, whatever it looks like.
 */
#include <string.h>

#include "complain.h"
#include "globals.h"
#include "known.h"

static void apply(char letter, struct globals *globals)
{
	switch (letter) {
	case 'j':
		globals->options.json = true;
		break;
	case 'p':
		globals->options.json = true;
		globals->options.pretty = true;
		break;
	case 'd':
		globals->options.details = true;
		break;
	case 's':
		globals->options.statistics = true;
		break;
	case 'V':
		globals->version = true;
		break;
	case 'h':
		globals->help = true;
		break;
	}
}

static const struct option_text *find_word(const struct command_table *table, const char *word,
					   size_t len)
{
	size_t i;

	for (i = 0; i < table->num_options; i++)
		if (strlen(table->options[i].word) == len &&
		    memcmp(table->options[i].word, word, len) == 0)
			return &table->options[i];
	return NULL;
}

static bool is_letter(const struct command_table *table, char letter)
{
	size_t i;

	for (i = 0; i < table->num_options; i++)
		if (table->options[i].letter == letter)
			return true;
	return false;
}

/* Whether all of the word is options of one letter. */
static bool is_letters(const struct command_table *table, const char *word)
{
	if (word[0] != '-' || !word[1])
		return false;
	for (word++; *word; word++)
		if (!is_letter(table, *word))
			return false;
	return true;
}

static bool take(const struct command_table *table, const char *word, struct globals *globals)
{
	const struct option_text *option;

	if (word[0] == '-' && word[1] == '-') {
		option = find_word(table, word + 2, strlen(word + 2));
		if (option)
			apply(option->letter, globals);
		return option;
	}
	if (!is_letters(table, word))
		return false;
	for (word++; *word; word++)
		apply(*word, globals);
	return true;
}

static int complain_option(const struct command_table *table, const char *word)
{
	size_t len = strcspn(word, "=");
	char words[8][16], text[KNOWN_TEXT];
	struct known known = { 0 };
	size_t i;

	if (word[len] && len > 2 && find_word(table, word + 2, len - 2))
		return complain_usage(NULL, "option '%.*s' takes no value", (int)len, word);
	for (i = 0; i < table->num_options && i < ARRAY_SIZE(words); i++) {
		snprintf(words[i], sizeof(words[i]), "--%s", table->options[i].word);
		known_add(&known, words[i]);
	}
	return complain_usage(NULL, "there is no option '%s'; there are: %s", word,
			      known_text(&known, word, text));
}

int globals_take_first(const struct command_table *table, int *argc, char ***argv,
		       struct globals *globals)
{
	for (; *argc && (*argv)[0][0] == '-'; --*argc, ++*argv) {
		if (strcmp((*argv)[0], "--") == 0) {
			--*argc;
			++*argv;
			break;
		}
		if (!take(table, (*argv)[0], globals))
			return complain_option(table, (*argv)[0]);
	}
	return EXIT_DONE;
}

/* Whether the next word is its value. */
static bool takes_next(const struct command *command, const char *word)
{
	size_t i;

	for (i = 0; i < command->num_options; i++)
		if (strcmp(command->options[i].word, word) == 0)
			return command->options[i].value;
	return false;
}

void globals_take_rest(const struct command_table *table, const struct command *command,
		       int *argc, char **argv, struct globals *globals)
{
	bool value = false, ended = false;
	int kept = 0;
	int i;

	for (i = 0; i < *argc; i++) {
		ended = ended || (!value && strcmp(argv[i], "--") == 0);
		if (ended || value || !take(table, argv[i], globals))
			argv[kept++] = argv[i];
		value = !value && !ended && takes_next(command, argv[i]);
	}
	*argc = kept;
}
