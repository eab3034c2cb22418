// SPDX-License-Identifier: GPL-2.0
/* What is said about an object or a command that there is not. */
#include <string.h>

#include "complain.h"
#include "known.h"
#include "unknown.h"

static void add_commands(const struct command_table *table, const char *object,
			 struct known *known)
{
	size_t i;

	for (i = 0; i < table->num_commands; i++)
		if (table->commands[i].name && strcmp(table->commands[i].object, object) == 0)
			known_add(known, table->commands[i].name);
}

static void add_objects(const struct command_table *table, struct known *known)
{
	size_t i;

	for (i = 0; i < table->num_commands; i++)
		known_add(known, table->commands[i].object);
	known_add(known, "help");
}

int unknown_command(const struct command_table *table, const char *object, const char *name)
{
	char text[KNOWN_TEXT];
	struct known known = { 0 };

	if (command_find(table, object, NULL)) {
		add_commands(table, object, &known);
		return complain_usage(NULL, "%s: there is no command '%s'; there are: %s", object,
				      name, known_text(&known, name, text));
	}
	add_objects(table, &known);
	return complain_usage(NULL, "there is no object '%s'; there are: %s", object,
			      known_text(&known, object, text));
}

int unknown_missing(const struct command_table *table, const char *object)
{
	char text[KNOWN_TEXT];
	struct known known = { 0 };

	if (object)
		add_commands(table, object, &known);
	else
		add_objects(table, &known);
	return complain_usage(NULL, "%s%s is missing; there are: %s", object ? object : "an object",
			      object ? ": a command" : "", known_text(&known, "", text));
}
