// SPDX-License-Identifier: GPL-2.0
/*
 * The table of all commands. Dispatch, help and completion follow from it, and
 * a test compares the manual page with it.
 */
#include <string.h>

#include "args.h"
#include "check.h"
#include "export.h"
#include "monitor.h"
#include "options.h"
#include "profiles.h"
#include "tool.h"

const struct option_text option_texts[] = {
	{ 'j', "json", "print JSON, one endpoint per line" },
	{ 'p', "pretty", "print JSON for people, with line breaks and indentation" },
	{ 'd', "details", "print all that is known, not only what is asked for most" },
	{ 'V', "version", "print the version of vdevctl" },
	{ 'h', "help", "print this help" },
};

const size_t num_option_texts = ARRAY_SIZE(option_texts);

#define FILES \
	"FILE is ./NAME, /NAME or NAME.json, or - for the standard input; #HANDLE chooses one\n" \
	"of its endpoints. TOKEN is what --token printed.\n"
#define PROFILE_FILES \
	"Without an argument, load what is in /etc/vdev/profiles.d and /usr/share/vdev/profiles.d.\n" \
	"Of a directory it is the files *.json, by name. All are checked before the first is\n" \
	"loaded. It takes CAP_NET_ADMIN.\n"
#define SIDES \
	"A source or target is an endpoint of this host, BUS/NAME, PARENT-BUS/PARENT/NAME or\n" \
	"ID; or what was exported, FILE[#HANDLE] or TOKEN.\n" FILES

const struct command commands[] = {
	{
		.object = "dev",
		.name = "show",
		.synopsis = "[BUS/NAME | ID | CONDITION...] [--max-age MS]",
		.text = "Show one device, or all devices for which every condition holds.",
		.keywords = find_keywords,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.options = max_age_options,
		.num_options = NUM_MAX_AGE_OPTIONS,
		.run = cmd_dev_show,
	},
	{
		.object = "dev",
		.name = "export",
		.synopsis = "[BUS/NAME | ID | CONDITION...] [--token | --libvirt | --traits] "
			"[--max-age MS]",
		.text = "Print what devices declare, in a form that travels.",
		.keywords = find_keywords,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.options = export_options,
		.num_options = NUM_LIVE_EXPORT_OPTIONS,
		.run = cmd_dev_export,
	},
	{
		.object = "type",
		.name = "show",
		.synopsis = "[PARENT-BUS/PARENT/NAME | ID | CONDITION...] [--max-age MS]",
		.text = "Show one type that could be created, or all for which every condition holds.",
		.keywords = find_keywords,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.options = max_age_options,
		.num_options = NUM_MAX_AGE_OPTIONS,
		.run = cmd_type_show,
	},
	{
		.object = "type",
		.name = "export",
		.synopsis =
			"[PARENT-BUS/PARENT/NAME | ID | CONDITION...] [--token | --libvirt | --traits] "
			"[--max-age MS]",
		.text = "Print what types declare, in a form that travels.",
		.keywords = find_keywords,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.options = export_options,
		.num_options = NUM_LIVE_EXPORT_OPTIONS,
		.run = cmd_type_export,
	},
	{
		.object = "record",
		.name = "show",
		.synopsis = "FILE[#HANDLE] | TOKEN",
		.text = "Show what was exported.",
		.more = FILES,
		.run = cmd_record_show,
	},
	{
		.object = "record",
		.name = "convert",
		.synopsis = "FILE[#HANDLE] | TOKEN [--token | --libvirt | --traits]",
		.text = "Print what was exported in another form, or as canonical JSON.",
		.more = FILES,
		.options = export_options,
		.num_options = NUM_EXPORT_OPTIONS,
		.run = cmd_record_convert,
	},
	{
		.object = "check",
		.synopsis = "SOURCE TARGET [--offline] [--both] [--explain] [--expect GENERATION] "
			"[--max-age MS]",
		.text = "Tell whether TARGET can load the state of SOURCE.",
		.more = SIDES,
		.options = check_options,
		.num_options = NUM_CHECK_OPTIONS,
		.run = cmd_check,
	},
	{
		.object = "find",
		.synopsis = "SOURCE [CONDITION...] [--max-age MS]",
		.text = "List the devices and types that can load the state of SOURCE, best first.",
		.more = SIDES,
		.keywords = find_keywords,
		.num_keywords = NUM_FIND_KEYWORDS,
		.options = max_age_options,
		.num_options = NUM_MAX_AGE_OPTIONS,
		.run = cmd_find,
	},
	{
		.object = "monitor",
		.synopsis =
			"[CONDITION...] [--snapshot] [--timestamp] [--wait] [--buffer BYTES]",
		.text = "Tell what happens to devices and types, as it happens, until it is stopped.",
		.more = "With -j, each event is one line. What was lost is told as overrun, and then what\n"
			"the kernel's devices and types differ in, as resync.\n",
		.keywords = find_keywords,
		.num_keywords = NUM_MONITOR_KEYWORDS,
		.options = monitor_options,
		.num_options = NUM_MONITOR_OPTIONS,
		.run = cmd_monitor,
	},
	{
		.object = "baseline",
		.synopsis = "FILE...",
		.text = "Tell the oldest and the newest version that all exported hosts have in common.",
		.more = FILES,
		.run = cmd_baseline,
	},
	{
		.object = "profile",
		.name = "load",
		.synopsis = "[FILE | DIRECTORY | -]... [--replace] [--dry-run]",
		.text = "Declare what drivers do not, as a vendor says.",
		.more = PROFILE_FILES,
		.options = load_options,
		.num_options = NUM_LOAD_OPTIONS,
		.run = cmd_profile_load,
	},
	{
		.object = "profile",
		.name = "show",
		.synopsis = "[NAME]",
		.text = "Show one profile, or all, the one that goes before others first.",
		.run = cmd_profile_show,
	},
	{
		.object = "profile",
		.name = "del",
		.synopsis = "NAME... | --all",
		.text = "Take profiles out of effect. It takes CAP_NET_ADMIN.",
		.options = del_options,
		.num_options = NUM_DEL_OPTIONS,
		.run = cmd_profile_del,
	},
	{
		.object = "stats",
		.name = "show",
		.implied = true,
		.synopsis = "",
		.text = "Show what the kernel counts: verdicts, events, and for each provider its polls.",
		.run = cmd_stats_show,
	},
};

const size_t num_commands = ARRAY_SIZE(commands);

const struct command *find_command(const char *object, const char *name)
{
	size_t i;

	for (i = 0; i < num_commands; i++)
		if (strcmp(commands[i].object, object) == 0 &&
		    (!name || (commands[i].name && strcmp(commands[i].name, name) == 0)))
			return &commands[i];
	return NULL;
}
