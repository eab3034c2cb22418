// SPDX-License-Identifier: GPL-2.0
/* Help for people. */
#include <stdio.h>
#include <string.h>

#include "complain.h"
#include "help.h"
#include "unknown.h"

static void print_option(const struct option_text *option)
{
	const char *value = option->value ? option->value : "";
	const char *before = !option->value ? "" : option->choices ? "[=" : " ";
	char left[32];

	snprintf(left, sizeof(left), "-%s, --%s%s%s%s", option->letters, option->word, before,
		 value, option->choices ? "]" : "");
	printf("  %-20s %s\n", left, option->text);
}

static void print_options(const struct command_table *table)
{
	size_t i;

	puts("\nOptions, which stand anywhere:");
	for (i = 0; i < table->num_options; i++)
		print_option(&table->options[i]);
}

static int help_all(const struct command_table *table)
{
	size_t i;

	puts("Usage: vdevctl [OPTIONS] OBJECT COMMAND [ARGUMENTS]\n"
	     "       vdevctl [OPTIONS] --batch FILE\n"
	     "       vdevctl help [OBJECT [COMMAND]]\n"
	     "\n"
	     "Show which virtual devices can be migrated, and what it depends on.\n"
	     "\n"
	     "Commands:");
	for (i = 0; i < table->num_commands; i++) {
		command_usage(stdout, "  ", &table->commands[i]);
		printf("      %s\n", table->commands[i].text);
	}
	print_options(table);
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

int help_command(const struct command *command)
{
	command_usage(stdout, "Usage: vdevctl [OPTIONS] ", command);
	printf("\n%s\n%s", command->text, command->more ? command->more : "");
	print_keywords(command->configures ? "What it is to be" : "Conditions",
		       command->keywords, command->num_keywords);
	print_keywords("Options of this command", command->options, command->num_options);
	return EXIT_DONE;
}

static int help_commands(const struct command_table *table, const char *object)
{
	size_t i;
	bool found = false;

	for (i = 0; i < table->num_commands; i++) {
		if (strcmp(table->commands[i].object, object) != 0)
			continue;
		if (found)
			putchar('\n');
		found = true;
		help_command(&table->commands[i]);
	}
	return found ? EXIT_DONE : unknown_command(table, object, NULL);
}

static int complain_word(const char *word)
{
	return complain_usage(NULL, "help: '%s' after the command", word);
}

int help_object(const struct command_table *table, const char *object, int argc, char **argv)
{
	const struct command *command = command_find(table, object, NULL);

	if (!argc)
		return help_commands(table, object);
	if (command && !command->name)
		return complain_word(argv[0]);
	command = command_find(table, object, argv[0]);
	if (!command)
		return unknown_command(table, object, argv[0]);
	return argc > 1 ? complain_word(argv[1]) : help_command(command);
}

int help_run(const struct command_table *table, int argc, char **argv)
{
	if (argc && strcmp(argv[0], "help") != 0)
		return help_object(table, argv[0], argc - 1, argv + 1);
	return argc > 1 ? complain_word(argv[1]) : help_all(table);
}
