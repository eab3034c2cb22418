// SPDX-License-Identifier: GPL-2.0
/* What is said about an object or a command that there is not. */
#include <string.h>

#include "complain.h"
#include "known.h"
#include "unknown.h"

int unknown_command(const struct command_table *table, const char *object, const char *name)
{
	char text[KNOWN_TEXT];
	struct known known = { 0 };
	size_t i;

	if (command_find(table, object, NULL)) {
		for (i = 0; i < table->num_commands; i++)
			if (table->commands[i].name && strcmp(table->commands[i].object, object) == 0)
				known_add(&known, table->commands[i].name);
		return complain_usage(NULL, "%s: there is no command '%s'; there are: %s", object,
				      name, known_text(&known, name, text));
	}
	for (i = 0; i < table->num_commands; i++)
		known_add(&known, table->commands[i].object);
	known_add(&known, "help");
	return complain_usage(NULL, "there is no object '%s'; there are: %s", object,
			      known_text(&known, object, text));
}
