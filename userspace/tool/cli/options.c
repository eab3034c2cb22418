// SPDX-License-Identifier: GPL-2.0
/*
 * Options of a command, as getopt_long() takes them. They begin with two dashes; a
 * single dash, also before a selector, is the standard input. What follows "--" is
 * no option. Nothing is abbreviated.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "known.h"
#include "options.h"

const struct keyword max_age_options[] = { MAX_AGE_OPTION };

_Static_assert(ARRAY_SIZE(max_age_options) == NUM_MAX_AGE_OPTIONS, "options are counted");

/* What getopt_long() returns for the first option; no character is as large. */
#define FIRST_OPTION 256
/* A word that is no option is returned in its place, and so is -#SELECTOR. */
#define OPERAND 1
#define SELECTOR '#'
#define SHORT_OPTIONS "-:#::"
#define SHORT_SIZE (sizeof(SHORT_OPTIONS) + 2 * MAX_OPTIONS)

static void fill_options(const struct command *command, struct option options[MAX_OPTIONS + 1])
{
	size_t i;

	for (i = 0; i < command->num_options; i++)
		options[i] = (struct option){
			.name = command->options[i].word + strlen("--"),
			.has_arg = command->options[i].value ? required_argument : no_argument,
			.val = FIRST_OPTION + (int)i,
		};
	options[i] = (struct option){ 0 };
}

static void fill_letters(const struct command *command, char letters[SHORT_SIZE])
{
	char *end = stpcpy(letters, SHORT_OPTIONS);
	size_t i;

	for (i = 0; i < command->num_options; i++) {
		if (!command_letter(command, i))
			continue;
		*end++ = command_letter(command, i);
		if (command->options[i].value)
			*end++ = ':';
	}
	*end = '\0';
}

static size_t find_letter(const struct command *command, int letter)
{
	size_t i;

	for (i = 0; i < command->num_options; i++)
		if (letter && command_letter(command, i) == letter)
			break;
	return i;
}

/* The place of the option; getopt_long() takes the begin of a name for it. */
static size_t find_option(const struct command *command, int value, const char *word)
{
	size_t i = (size_t)value - FIRST_OPTION;
	size_t len = strcspn(word, "=");

	if (value < FIRST_OPTION)
		return find_letter(command, value);
	return strlen(command->options[i].word) == len ? i : command->num_options;
}

static int complain_option(const struct command *command, const char *word)
{
	char text[KNOWN_TEXT], name[32];
	struct known known = { 0 };
	size_t i;

	for (i = 0; i < command->num_options; i++)
		known_add(&known, command->options[i].word);
	if (!known.num)
		return complain_usage(command, "%s: not an option; this command has none", word);
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
	return complain_usage(command, "%s: not an option of this command, which has: %s", word,
			      known_text(&known, name, text));
}

/* @result is what getopt_long() returned for the word. */
static int take_one(const struct command *command, int result, const char *word,
		    struct taken *taken)
{
	bool rejected = result == '?' || result == ':';
	size_t i = find_option(command, rejected ? optopt : result, word);
	const struct keyword *option;

	if (i == command->num_options)
		return complain_option(command, word);
	option = &command->options[i];
	if (taken->value[i])
		return complain_usage(command, "%s: given twice", option->word);
	if (result == '?')
		return complain_usage(command, "%s: takes no value", option->word);
	taken->value[i] = optarg ? optarg : "";
	if (option->value && !*taken->value[i])
		return complain_usage(command, "%s: %s is missing", option->word, option->value);
	return EXIT_DONE;
}

int options_take(const struct command *command, int *argc, char **argv, struct taken *taken)
{
	struct option options[MAX_OPTIONS + 1];
	char letters[SHORT_SIZE];
	int status = EXIT_DONE;
	int kept = 0;
	int result, at;

	*taken = (struct taken){ .num_before = -1 };
	fill_options(command, options);
	fill_letters(command, letters);
	opterr = 0;
	/* Begin again with the first word; what stands before it is the command. */
	for (optind = 0;;) {
		at = optind ? optind : 1;
		result = getopt_long(*argc + 1, argv - 1, letters, options, NULL);
		if (result == -1)
			break;
		if (result == OPERAND || result == SELECTOR)
			argv[kept++] = argv[at - 1];
		else
			status = take_one(command, result, argv[at - 1], taken);
		if (status)
			return status;
	}
	/* It was taken, and no option with it. */
	if (optind > at)
		taken->num_before = kept;
	while (optind <= *argc)
		argv[kept++] = argv[optind++ - 1];
	*argc = kept;
	return EXIT_DONE;
}

/* The number from 0 at *text, which ends in @end; *text is then behind that. */
static bool take_number(const char **text, char end, unsigned long long *number)
{
	char *behind;

	if (**text < '0' || **text > '9')
		return false;
	errno = 0;
	*number = strtoull(*text, &behind, 10);
	*text = behind + 1;
	return !errno && *behind == end;
}

int options_generation(const struct command *command, const char *what, const char *value,
		       struct generation *generation)
{
	unsigned long long instance, number;
	const char *text = value;

	if (!take_number(&text, ':', &instance) || !take_number(&text, '\0', &number) ||
	    !instance || instance > UINT32_MAX)
		return complain_usage(command, "%s: '%s' is not a generation, INSTANCE:NUMBER as "
				      "it is shown", what, value);
	generation->instance = (uint32_t)instance;
	generation->number = number;
	return EXIT_DONE;
}

int options_max_age(const struct command *command, const char *value, struct vdev_sock *sock)
{
	unsigned long long number = DEFAULT_MAX_AGE;
	char *end;

	errno = 0;
	if (value) {
		number = strtoull(value, &end, 10);
		if (*value < '0' || *value > '9' || *end || errno || number >= VDEV_MAX_AGE_ANY)
			return complain_usage(command, "--max-age: '%s' is not a number of "
					      "milliseconds from 0 to %u", value,
					      VDEV_MAX_AGE_ANY - 1);
	}
	vdev_sock_set_max_age(sock, (uint32_t)number);
	return EXIT_DONE;
}
