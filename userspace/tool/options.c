// SPDX-License-Identifier: GPL-2.0
/*
 * Options of a command. They begin with two dashes; a single dash, also before
 * a selector, is the standard input. What follows "--" is no option. Nothing is
 * abbreviated.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

const struct keyword max_age_options[] = { MAX_AGE_OPTION };

_Static_assert(ARRAY_SIZE(max_age_options) == NUM_MAX_AGE_OPTIONS, "options are counted");

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] && word[1] != '#';
}

static size_t find_option(const struct command *command, const char *word)
{
	size_t i;

	for (i = 0; i < command->num_options; i++)
		if (strcmp(command->options[i].word, word) == 0)
			break;
	return i;
}

/* Returns an exit status; *used tells how many words the option took. */
static int take_one(const struct command *command, int argc, char **argv, struct taken *taken,
		    int *used)
{
	size_t i = find_option(command, argv[0]);

	if (i == command->num_options)
		return complain_usage(command, "%s: not an option of this command; those of "
				      "vdevctl stand before the object", argv[0]);
	if (taken->value[i])
		return complain_usage(command, "%s: given twice", argv[0]);
	taken->value[i] = "";
	*used = 1;
	if (!command->options[i].value)
		return EXIT_DONE;
	if (argc < 2 || !argv[1][0])
		return complain_usage(command, "%s: %s is missing", argv[0],
				      command->options[i].value);
	taken->value[i] = argv[1];
	*used = 2;
	return EXIT_DONE;
}

int options_take(const struct command *command, int *argc, char **argv, struct taken *taken)
{
	bool ended = false;
	int kept = 0;
	int used = 1;
	int status;
	int i;

	*taken = (struct taken){ 0 };
	for (i = 0; i < *argc; i += used) {
		used = 1;
		if (!ended && strcmp(argv[i], "--") == 0) {
			ended = true;
			continue;
		}
		if (ended || !is_option(argv[i])) {
			argv[kept++] = argv[i];
			continue;
		}
		status = take_one(command, *argc - i, argv + i, taken, &used);
		if (status)
			return status;
	}
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
