// SPDX-License-Identifier: GPL-2.0
/*
 * The table of all commands. Dispatch, help and completion follow from it, and
 * a test compares the manual page with it.
 */
#include <string.h>

#include "args.h"
#include "tool.h"

const struct option_text option_texts[] = {
	{ 'j', "json", "print JSON, one endpoint per line" },
	{ 'p', "pretty", "print JSON for people, with line breaks and indentation" },
	{ 'd', "details", "print all that is known, not only what is asked for most" },
	{ 'V', "version", "print the version of vdevctl" },
	{ 'h', "help", "print this help" },
};

const size_t num_option_texts = ARRAY_SIZE(option_texts);

const struct command commands[] = {
	{
		.object = "dev",
		.name = "show",
		.synopsis = "[BUS/NAME | ID | CONDITION...]",
		.text = "Show one device, or all devices for which every condition holds.",
		.keywords = show_keywords,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.run = cmd_dev_show,
	},
	{
		.object = "type",
		.name = "show",
		.synopsis = "[PARENT-BUS/PARENT/NAME | ID | CONDITION...]",
		.text = "Show one type that could be created, or all for which every condition holds.",
		.keywords = show_keywords,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.run = cmd_type_show,
	},
};

const size_t num_commands = ARRAY_SIZE(commands);

const struct command *find_command(const char *object, const char *name)
{
	size_t i;

	for (i = 0; i < num_commands; i++)
		if (strcmp(commands[i].object, object) == 0 &&
		    (!name || strcmp(commands[i].name, name) == 0))
			return &commands[i];
	return NULL;
}
