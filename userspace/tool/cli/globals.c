// SPDX-License-Identifier: GPL-2.0
/*
 * Options of vdevctl itself. Letters can be joined, as in -jp; long ones are not abbreviated.
 * A value stands behind "=" or is the next word; one that can be left out is the next word
 * only if that is one of its choices. The value of a command's option is no option, whatever
 * it looks like.
 */
#include <string.h>

#include "complain.h"
#include "globals.h"
#include "known.h"

/* The place of the value among the choices; their number if it is none of them. */
static unsigned int find_choice(const struct option_text *option, const char *value)
{
	unsigned int i;

	for (i = 0; option->choices[i]; i++)
		if (strcmp(option->choices[i], value) == 0)
			break;
	return i;
}

static void apply(const struct option_text *option, const char *value, struct globals *globals)
{
	switch (option->option) {
	case GLOBAL_JSON:
		globals->options.json = true;
		break;
	case GLOBAL_PRETTY:
		globals->options.json = true;
		globals->options.pretty = true;
		break;
	case GLOBAL_DETAILS:
		globals->options.details = true;
		break;
	case GLOBAL_STATISTICS:
		globals->options.statistics = true;
		break;
	case GLOBAL_BRIEF:
		globals->brief = true;
		break;
	case GLOBAL_BATCH:
		globals->batch = value;
		break;
	case GLOBAL_FORCE:
		globals->force = true;
		break;
	case GLOBAL_COLOR:
		globals->colour = value ? find_choice(option, value) : COLOUR_ALWAYS;
		break;
	case GLOBAL_STRICT:
		globals->options.strict = true;
		break;
	case GLOBAL_VERSION:
		globals->version = true;
		break;
	case GLOBAL_HELP:
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

static const struct option_text *find_letters(const struct command_table *table,
					      const char *letters, size_t len)
{
	size_t i;

	for (i = 0; i < table->num_options; i++)
		if (strlen(table->options[i].letters) == len &&
		    memcmp(table->options[i].letters, letters, len) == 0)
			return &table->options[i];
	return NULL;
}

const struct option_text *globals_find(const struct command_table *table, const char *word,
				       size_t len)
{
	const struct option_text *option;
	size_t i;

	if (len < 2 || word[0] != '-')
		return NULL;
	if (word[1] == '-')
		return find_word(table, word + 2, len - 2);
	option = find_letters(table, word + 1, len - 1);
	for (i = 1; !option && i < len - 1; i++) {
		const struct option_text *joined = find_letters(table, word + i, 1);

		/* Where a value has to follow, nothing is joined. */
		if (!joined || (joined->value && !joined->choices))
			return NULL;
	}
	return option ? option : find_letters(table, word + len - 1, 1);
}

/* Those before the last of joined ones. */
static void apply_joined(const struct command_table *table, const char *word, size_t len,
			 struct globals *globals)
{
	size_t i;

	for (i = 1; i < len - 1; i++)
		apply(find_letters(table, word + i, 1), NULL, globals);
}

static int complain_choice(const struct option_text *option, const char *value)
{
	char text[KNOWN_TEXT];
	struct known known = { 0 };
	size_t i;

	for (i = 0; option->choices[i]; i++)
		known_add(&known, option->choices[i]);
	return complain_usage(NULL, "--%s: there is no '%s'; there are: %s", option->word,
			      value, known_text(&known, value, text));
}

static int check_value(const struct option_text *option, const char *value)
{
	if (!option->value)
		return EXIT_DONE;
	if (option->choices)
		return !value || option->choices[find_choice(option, value)] ?
			EXIT_DONE : complain_choice(option, value);
	return value && *value ? EXIT_DONE :
		complain_usage(NULL, "--%s: %s is missing", option->word, option->value);
}

/* Take the first word if it is options. *num is how many words it was with its value, or 0. */
static int take(const struct command_table *table, int argc, char **argv,
		struct globals *globals, int *num)
{
	size_t len = strcspn(argv[0], "=");
	const struct option_text *last = globals_find(table, argv[0], len);
	const char *value = argv[0][len] ? argv[0] + len + 1 : NULL;
	int status;

	*num = last && (last->value || !value) ? 1 : 0;
	if (!*num)
		return EXIT_DONE;
	if (last->value && !value && argc > 1 &&
	    (!last->choices || last->choices[find_choice(last, argv[1])])) {
		value = argv[1];
		*num = 2;
	}
	status = check_value(last, value);
	if (status)
		return status;
	if (last->option == GLOBAL_BATCH && globals->batch)
		return complain_usage(NULL, "--%s: given twice", last->word);
	if (last != find_letters(table, argv[0] + 1, len - 1) && argv[0][1] != '-')
		apply_joined(table, argv[0], len, globals);
	apply(last, value, globals);
	return EXIT_DONE;
}

static int complain_option(const struct command_table *table, const char *word)
{
	size_t len = strcspn(word, "=");
	char words[16][16], text[KNOWN_TEXT];
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
	int status, num;

	for (; *argc && (*argv)[0][0] == '-'; *argc -= num, *argv += num) {
		if (strcmp((*argv)[0], "--") == 0) {
			--*argc;
			++*argv;
			break;
		}
		status = take(table, *argc, *argv, globals, &num);
		if (!status && !num)
			status = complain_option(table, (*argv)[0]);
		if (status)
			return status;
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

int globals_take_rest(const struct command_table *table, const struct command *command,
		      int *argc, char **argv, struct globals *globals)
{
	bool value = false, ended = false;
	int status = EXIT_DONE;
	int kept = 0;
	int i, num;

	for (i = 0; i < *argc; i += num ? num : 1) {
		num = 0;
		ended = ended || (!value && strcmp(argv[i], "--") == 0);
		if (!ended && !value)
			status = take(table, *argc - i, argv + i, globals, &num);
		if (status)
			return status;
		if (!num)
			argv[kept++] = argv[i];
		value = !value && !ended && takes_next(command, argv[i]);
	}
	*argc = kept;
	return EXIT_DONE;
}
