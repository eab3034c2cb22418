// SPDX-License-Identifier: GPL-2.0
/* Help for people, and the same words one per line for completion. */
#include <stdio.h>
#include <string.h>

#include "tool.h"

static bool first_of_object(size_t index)
{
	return index == 0 || strcmp(commands[index].object, commands[index - 1].object) != 0;
}

static void print_options(void)
{
	size_t i;

	puts("\nOptions, which stand before the object:");
	for (i = 0; i < num_option_texts; i++)
		printf("  -%c, --%-9s %s\n", option_texts[i].letter, option_texts[i].word,
		       option_texts[i].text);
}

static int help_all(void)
{
	size_t i;

	puts("Usage: vdevctl [OPTIONS] OBJECT COMMAND [ARGUMENTS]\n"
	     "       vdevctl help [OBJECT [COMMAND]]\n"
	     "\n"
	     "Show which virtual devices can be migrated, and what it depends on.\n"
	     "\n"
	     "Commands:");
	for (i = 0; i < num_commands; i++)
		printf("  %s %s %s\n      %s\n", commands[i].object, commands[i].name,
		       commands[i].synopsis, commands[i].text);
	print_options();
	return EXIT_DONE;
}

static void help_command(const struct command *command)
{
	size_t i;

	printf("Usage: vdevctl [OPTIONS] %s %s %s\n\n%s\n", command->object, command->name,
	       command->synopsis, command->text);
	if (command->num_keywords)
		puts("\nConditions:");
	for (i = 0; i < command->num_keywords; i++) {
		const struct keyword *keyword = &command->keywords[i];
		const char *value = keyword->value ? keyword->value : "";

		printf("  %s %-*s %s\n", keyword->word, (int)(22 - strlen(keyword->word)),
		       value, keyword->text);
	}
}

int help_object(const char *object)
{
	size_t i;
	bool found = false;

	for (i = 0; i < num_commands; i++) {
		if (strcmp(commands[i].object, object) != 0)
			continue;
		if (found)
			putchar('\n');
		found = true;
		help_command(&commands[i]);
	}
	if (!found)
		return complain_usage(NULL, "there is no object '%s'", object);
	return EXIT_DONE;
}

/* All words that may come next. */
static int help_words(int argc, char **argv)
{
	const struct command *command;
	size_t i;

	if (argc == 0) {
		for (i = 0; i < num_commands; i++)
			if (first_of_object(i))
				puts(commands[i].object);
		puts("help");
		for (i = 0; i < num_option_texts; i++)
			printf("-%c\n--%s\n", option_texts[i].letter, option_texts[i].word);
	} else if (argc == 1) {
		for (i = 0; i < num_commands; i++)
			if (strcmp(commands[i].object, argv[0]) == 0)
				puts(commands[i].name);
		puts("help");
	} else {
		command = find_command(argv[0], argv[1]);
		for (i = 0; command && i < command->num_keywords; i++)
			puts(command->keywords[i].word);
	}
	return EXIT_DONE;
}

int help_run(int argc, char **argv)
{
	const struct command *command;

	if (argc == 0)
		return help_all();
	if (strcmp(argv[0], "--words") == 0)
		return help_words(argc - 1, argv + 1);
	if (argc == 1)
		return help_object(argv[0]);
	command = find_command(argv[0], argv[1]);
	if (!command || argc > 2)
		return complain_usage(NULL, "help: there is no command '%s %s%s'", argv[0], argv[1],
				      argc > 2 ? " ..." : "");
	help_command(command);
	return EXIT_DONE;
}
