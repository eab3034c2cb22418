// SPDX-License-Identifier: GPL-2.0
/* Finding a command, and the line that says how it is used. */
#include <string.h>

#include "command.h"

const struct command *command_find(const struct command_table *table, const char *object,
				   const char *name)
{
	size_t i;

	for (i = 0; i < table->num_commands; i++) {
		const struct command *command = &table->commands[i];

		if (strcmp(command->object, object) == 0 &&
		    (!name || (command->name && strcmp(command->name, name) == 0)))
			return command;
	}
	return NULL;
}

char command_letter(const struct command *command, size_t option)
{
	char letter = command->letters ? command->letters[option] : ' ';

	return letter == ' ' ? 0 : letter;
}

void command_usage(FILE *file, const char *before, const struct command *command)
{
	fprintf(file, "%s%s", before, command->object);
	if (command->name)
		fprintf(file, command->implied && !*command->synopsis ? " [%s]" : " %s",
			command->name);
	fprintf(file, "%s%s\n", *command->synopsis ? " " : "", command->synopsis);
}
