// SPDX-License-Identifier: GPL-2.0
/* Help for people, and the same words one per line for completion. */
#include <stdio.h>
#include <string.h>

#include "tool.h"

void help_usage(FILE *file, const char *before, const struct command *command)
{
	fprintf(file, "%s%s", before, command->object);
	if (command->name)
		fprintf(file, command->implied ? " [%s]" : " %s", command->name);
	fprintf(file, "%s%s\n", *command->synopsis ? " " : "", command->synopsis);
}

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
	for (i = 0; i < num_commands; i++) {
		help_usage(stdout, "  ", &commands[i]);
		printf("      %s\n", commands[i].text);
	}
	print_options();
	return EXIT_DONE;
}

static void print_keywords(const char *title, const struct keyword *keywords, size_t num)
{
	size_t i;

	if (num)
		printf("\n%s:\n", title);
	for (i = 0; i < num; i++) {
		const char *value = keywords[i].value ? keywords[i].value : "";

		printf("  %s %-*s %s\n", keywords[i].word,
		       (int)(22 - strlen(keywords[i].word)), value, keywords[i].text);
	}
}

static void help_command(const struct command *command)
{
	help_usage(stdout, "Usage: vdevctl [OPTIONS] ", command);
	printf("\n%s\n%s", command->text, command->more ? command->more : "");
	print_keywords("Conditions", command->keywords, command->num_keywords);
	print_keywords("Options of this command", command->options, command->num_options);
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

static void words_of_table(void)
{
	size_t i;

	for (i = 0; i < num_commands; i++)
		if (first_of_object(i))
			puts(commands[i].object);
	puts("help");
	for (i = 0; i < num_option_texts; i++)
		printf("-%c\n--%s\n", option_texts[i].letter, option_texts[i].word);
}

static void words_of_command(const struct command *command)
{
	size_t i;

	for (i = 0; i < command->num_keywords; i++)
		puts(command->keywords[i].word);
	for (i = 0; i < command->num_options; i++)
		puts(command->options[i].word);
}

static void words_of_object(const char *object)
{
	size_t i;

	for (i = 0; i < num_commands; i++) {
		if (strcmp(commands[i].object, object) != 0)
			continue;
		if (commands[i].name)
			puts(commands[i].name);
		else
			words_of_command(&commands[i]);
	}
	puts("help");
}

/* All words that may come next. */
static int help_words(int argc, char **argv)
{
	const struct command *command;

	if (argc == 0) {
		words_of_table();
	} else if (argc == 1) {
		words_of_object(argv[0]);
	} else {
		command = find_command(argv[0], NULL);
		if (command && command->name)
			command = find_command(argv[0], argv[1]);
		if (command)
			words_of_command(command);
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
