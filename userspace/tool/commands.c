// SPDX-License-Identifier: GPL-2.0
/*
 * The table of all commands. Dispatch, help and completion follow from it, and
 * a test compares the manual page with it.
 */
#include "cli/args.h"
#include "cli/colour.h"
#include "cli/options.h"
#include "cmd/change_options.h"
#include "cmd/cmd.h"
#include "cmd/config_words.h"
#include "cmd/export_options.h"
#include "commands.h"

static const struct option_text option_texts[] = {
	{ GLOBAL_JSON, "j", "json", .text = "print JSON, one endpoint per line" },
	{ GLOBAL_PRETTY, "p", "pretty",
		.text = "print JSON for people, with line breaks and indentation" },
	{ GLOBAL_DETAILS, "d", "details",
		.text = "print all that is known, not only what is asked for most" },
	{ GLOBAL_STATISTICS, "s", "statistics",
		.text = "with dev show, print what is counted for each device, too" },
	{ GLOBAL_BRIEF, "br", "brief", .text = "with dev show and type show, print a table" },
	{ GLOBAL_COLOR, "c", "color", "WHEN", colour_words,
		"use colours: auto (on a terminal, the default), always or never" },
	{ GLOBAL_STRICT, "S", "strict",
		.text = "take a target that is in doubt for none that can load the state" },
	{ GLOBAL_BATCH, "b", "batch", "FILE",
		.text = "run the commands of a file, one on a line, or of the standard input (-)" },
	{ GLOBAL_FORCE, "f", "force", .text = "with --batch, go on after a command that failed" },
	{ GLOBAL_VERSION, "V", "version", .text = "print the version of vdevctl" },
	{ GLOBAL_HELP, "h", "help", .text = "print this help" },
};

#define FILES "./NAME, /NAME or NAME.json, or - for the standard input"
#define EXPORTS \
	"FILE is " FILES "; #HANDLE chooses one\n" \
	"of its endpoints. TOKEN is what --token printed. file: or token: before a word decides.\n"
#define PROFILE_FILES \
	"Without an argument, load what is in " VDEV_SYSCONFDIR "/vdev/profiles.d and " \
	VDEV_DATADIR "/vdev/profiles.d.\n" \
	"Of a directory it is the files *.json, by name. All are checked before the first is\n" \
	"loaded.\n"
#define CEILINGS_FILE \
	"Without an argument the file is " VDEV_SYSCONFDIR "/vdev/ceilings.conf.\n"
#define OPERANDS(what) \
	what " is an endpoint of this host, BUS/NAME, PARENT-BUS/PARENT/NAME or\n" \
	"ID; or what was exported, FILE[#HANDLE] or TOKEN.\n" EXPORTS

static const struct command commands[] = {
	{
		.object = "dev",
		.name = "show",
		.implied = true,
		.synopsis = "[BUS/NAME | ID | CONDITION...] [--max-age MS]",
		.text = "Show one device, or all devices that match every condition.",
		.keywords = SHOW_KEYWORDS,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.options = max_age_options,
		.num_options = NUM_MAX_AGE_OPTIONS,
		.run = cmd_dev_show,
	},
	{
		.object = "dev",
		.name = "list",
		.synopsis = "[BUS/NAME | ID | CONDITION...] [--columns NAMES] [--max-age MS]",
		.text = "List devices that match every condition as a table, one line each.",
		.keywords = SHOW_KEYWORDS,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.options = list_options,
		.num_options = NUM_LIST_OPTIONS,
		.run = cmd_dev_list,
	},
	{
		.object = "dev",
		.name = "export",
		.synopsis = "[BUS/NAME | ID | CONDITION...] " EXPORT_FORMS " [--max-age MS]",
		.text = "Print what devices declare, as JSON or in another form, to be judged elsewhere.",
		.keywords = SHOW_KEYWORDS,
		.num_keywords = NUM_SHOW_KEYWORDS,
		.options = export_options,
		.num_options = NUM_LIVE_EXPORT_OPTIONS,
		.letters = EXPORT_LETTERS,
		.run = cmd_dev_export,
	},
	{
		.object = "dev",
		.name = "add",
		.synopsis = "PARENT[/TYPE] [like SOURCE] [WORD VALUE...]... [--dry-run] "
			"[--expect GENERATION]",
		.text = "Create a device, or one that can load the state of SOURCE (requires root).",
		.more = "PARENT and TYPE are as \"parent show\" prints them.\n" OPERANDS("SOURCE")
			"All that can be checked before is, and what is half made is removed again. With\n"
			"like, what SOURCE declares is asked for unless it is given; what was made is judged,\n"
			"and removed again if it cannot load the state. The exit status is then that of check.\n",
		.keywords = config_keywords,
		.num_keywords = NUM_ADD_KEYWORDS,
		.configures = true,
		.options = change_options,
		.num_options = NUM_CHANGE_OPTIONS,
		.run = cmd_dev_add,
	},
	{
		.object = "dev",
		.name = "set",
		.synopsis = "BUS/NAME | ID WORD VALUE... [WORD VALUE...]... [--reset] "
			"[--dry-run] [--expect GENERATION]",
		.text = "Change a device, or the number of virtual functions (requires root).",
		.more = "What is not given stays as it is. A device that does not take one value keeps all.\n",
		.keywords = SET_KEYWORDS,
		.num_keywords = NUM_SET_KEYWORDS,
		.configures = true,
		.options = change_options,
		.num_options = NUM_SET_OPTIONS,
		.run = cmd_dev_set,
	},
	{
		.object = "dev",
		.name = "del",
		.synopsis = "BUS/NAME | ID [--dry-run] [--expect GENERATION]",
		.text = "Remove a device, and print what it was (requires root).",
		.options = change_options,
		.num_options = NUM_CHANGE_OPTIONS,
		.run = cmd_dev_del,
	},
	{
		.object = "parent",
		.name = "show",
		.implied = true,
		.synopsis = "[PARENT]",
		.text = "Show where devices can be created, and how many more of each type.",
		.more = "These are management devices of vdpa, parents of mediated devices, and PCI functions\n"
			"with virtual ones, also before the first device; no module of vdev is needed.\n",
		.run = cmd_parent_show,
	},
	{
		.object = "type",
		.name = "show",
		.implied = true,
		.synopsis = "[PARENT-BUS/PARENT/NAME | ID | CONDITION...] [--max-age MS]",
		.text = "Show one type that could be created, or all that match every condition.",
		.keywords = find_keywords,
		.num_keywords = NUM_TYPE_KEYWORDS,
		.options = max_age_options,
		.num_options = NUM_MAX_AGE_OPTIONS,
		.run = cmd_type_show,
	},
	{
		.object = "type",
		.name = "list",
		.synopsis = "[PARENT-BUS/PARENT/NAME | ID | CONDITION...] [--columns NAMES] [--max-age MS]",
		.text = "List types that match every condition as a table, one line each.",
		.keywords = find_keywords,
		.num_keywords = NUM_TYPE_KEYWORDS,
		.options = list_options,
		.num_options = NUM_LIST_OPTIONS,
		.run = cmd_type_list,
	},
	{
		.object = "type",
		.name = "export",
		.synopsis =
			"[PARENT-BUS/PARENT/NAME | ID | CONDITION...] " EXPORT_FORMS
			" [--max-age MS]",
		.text = "Print what types declare, as JSON or in another form, to be judged elsewhere.",
		.keywords = find_keywords,
		.num_keywords = NUM_TYPE_KEYWORDS,
		.options = export_options,
		.num_options = NUM_LIVE_EXPORT_OPTIONS,
		.letters = EXPORT_LETTERS,
		.run = cmd_type_export,
	},
	{
		.object = "type",
		.name = "set",
		.synopsis = "PARENT-BUS/PARENT/NAME [max-version VERSION] [feature SET MASK]... "
			"[param NAME LOW-HIGH]... [--reset] [--dry-run] [--expect GENERATION]",
		.text = "Limit what a type offers to a part of what its driver does (requires CAP_NET_ADMIN).",
		.more = "MASK is the bits of a feature set that may be offered, in hexadecimal digits. The\n"
			"ceiling replaces the one that the type has, and what is not named is not limited. A\n"
			"type that is not there can be given one, too: it is pending until the type comes.\n"
			"\"type save\" keeps ceilings beyond the next start.\n",
		.options = type_set_options,
		.num_options = NUM_TYPE_SET_OPTIONS,
		.run = cmd_type_set,
	},
	{
		.object = "type",
		.name = "ceilings",
		.synopsis = "",
		.text = "Show the ceilings of types, also of those that are not there.",
		.run = cmd_type_ceilings,
	},
	{
		.object = "type",
		.name = "save",
		.synopsis = "[FILE | -]",
		.text = "Write all ceilings into a file, for type load.",
		.more = CEILINGS_FILE,
		.files = ".conf",
		.run = cmd_type_save,
	},
	{
		.object = "type",
		.name = "load",
		.synopsis = "[FILE | -]",
		.text = "Set the ceilings of a file (requires CAP_NET_ADMIN).",
		.more = CEILINGS_FILE
			"Each line is what type set takes; one that begins with the word # is a comment. A line\n"
			"that is rejected does not keep the others from being set.\n",
		.files = ".conf",
		.run = cmd_type_load,
	},
	{
		.object = "export",
		.synopsis = EXPORT_FORMS " [--max-age MS]",
		.text = "Print what all devices and types of this host declare, to be judged elsewhere.",
		.options = export_options,
		.num_options = NUM_LIVE_EXPORT_OPTIONS,
		.letters = EXPORT_LETTERS,
		.run = cmd_export,
	},
	{
		.object = "record",
		.name = "show",
		.synopsis = "FILE[#HANDLE] | TOKEN",
		.text = "Show what was exported.",
		.more = EXPORTS,
		.run = cmd_record_show,
	},
	{
		.object = "record",
		.name = "convert",
		.synopsis = "FILE[#HANDLE] | TOKEN " EXPORT_FORMS,
		.text = "Print what was exported in another form, or as canonical JSON.",
		.more = EXPORTS,
		.options = export_options,
		.num_options = NUM_EXPORT_OPTIONS,
		.letters = EXPORT_LETTERS,
		.run = cmd_record_convert,
	},
	{
		.object = "check",
		.synopsis = "SOURCE TARGET [--offline] [--both] [--explain [--raw]] "
			"[--expect GENERATION] [--max-age MS] | "
			"--group | --all SOURCE... -- TARGET... [--offline] [--max-age MS]",
		.text = "Judge whether TARGET can load the state of SOURCE.",
		.more = OPERANDS("A source or target")
			"The exit status is 0 if it can; 2 if a rule does not hold; 3 if one of them cannot be\n"
			"migrated, or does not declare whether it can.\n"
			"With --group, each SOURCE is assigned a TARGET of its own, as the devices of a virtual\n"
			"machine need it. The exit status is 0 if each has one.\n"
			"With --all, each SOURCE is judged with each TARGET; a FILE without #HANDLE stands for\n"
			"all its endpoints. A line is printed for each pair, with -j an object. The exit status\n"
			"is that of the worst verdict.\n",
		.options = check_options,
		.num_options = NUM_CHECK_OPTIONS,
		.run = cmd_check,
	},
	{
		.object = "suggest",
		.synopsis = "SOURCE TARGET",
		.text = "Print the commands with which TARGET could load the state of SOURCE.",
		.more = OPERANDS("A source or target")
			"Nothing is changed. If no command helps, the reasons are printed. The exit status is\n"
			"that of check, before the commands are run.\n",
		.run = cmd_suggest,
	},
	{
		.object = "find",
		.synopsis =
			"SOURCE [CONDITION...] [--max-age MS] | SOURCE [at-least VERDICT] in FILE...",
		.text = "List the devices and types that can load the state of SOURCE, best first.",
		.more = OPERANDS("SOURCE")
			"With in, those that other hosts exported are listed, each FILE being of one;\n"
			"no module is needed. If nothing fits, it is said where a device could be created.\n",
		.keywords = find_keywords,
		.num_keywords = NUM_FIND_KEYWORDS,
		.options = max_age_options,
		.num_options = NUM_MAX_AGE_OPTIONS,
		.run = cmd_find,
	},
	{
		.object = "monitor",
		.synopsis =
			"[CONDITION...] [--snapshot] [-t | --timestamp] [--wait] [--buffer BYTES]",
		.text = "Print each change of devices, types and profiles until it is stopped.",
		.more = "With -j, each event is one line. If events were lost, an overrun event says so; then\n"
			"what has changed meanwhile follows, marked resync.\n",
		.keywords = SHOW_KEYWORDS,
		.num_keywords = NUM_MONITOR_KEYWORDS,
		.options = monitor_options,
		.num_options = NUM_MONITOR_OPTIONS,
		.letters = " t  ",
		.run = cmd_monitor,
	},
	{
		.object = "baseline",
		.synopsis = "FILE...",
		.text = "Print the versions that all exported hosts have in common, and the ceilings they need.",
		.more = "Each FILE is the export of one host: " FILES ".\n",
		.run = cmd_baseline,
	},
	{
		.object = "matrix",
		.synopsis = "HOST... [--html] [--max-age MS] | "
			"SOURCE... -- TARGET... [--html] [--max-age MS]",
		.text = "Print which of many hosts can move its devices to which, and what stands in the way.",
		.more = "HOST is the export of one host, " FILES ",\n"
			"or localhost for this one. SOURCE and TARGET are as for check, or a HOST: as a SOURCE\n"
			"it is each of its endpoints, as a TARGET the best of them. The exit status is that of\n"
			"check for the worst pair.\n",
		.options = matrix_options,
		.num_options = NUM_MATRIX_OPTIONS,
		.run = cmd_matrix,
	},
	{
		.object = "libvirt",
		.name = "annotate",
		.alone = true,
		.synopsis = "DOMAIN-XML",
		.text = "Print what the devices of a domain declare, to become its metadata.",
		.more = "DOMAIN-XML is " FILES ". As the\n"
			"metadata of the domain it travels with it:\n"
			"virsh metadata GUEST urn:vdev:endpoints:1 vdev \"$(virsh dumpxml GUEST |\n"
			"vdevctl libvirt annotate -)\" --live\n",
		.files = ".xml",
		.run = cmd_libvirt_annotate,
	},
	{
		.object = "libvirt",
		.name = "hook",
		.alone = true,
		.synopsis = "GUEST OPERATION SUB-OPERATION [EXTRA]",
		.text = "Refuse a migration to this host that would fail, as a hook of libvirt.",
		.more = "OPERATION migrate and SUB-OPERATION begin are judged, with the XML of the domain on\n"
			"the standard input; for all others nothing is done. What is wanted where nothing is\n"
			"known is in " VDEV_SYSCONFDIR "/vdev/libvirt.conf.\n",
		.run = cmd_libvirt_hook,
	},
	{
		.object = "profile",
		.name = "load",
		.synopsis = "[FILE | DIRECTORY | -]... [--replace] [--dry-run]",
		.text = "Load profiles, which declare what drivers do not (requires CAP_NET_ADMIN).",
		.more = PROFILE_FILES,
		.options = load_options,
		.num_options = NUM_LOAD_OPTIONS,
		.run = cmd_profile_load,
	},
	{
		.object = "profile",
		.name = "sync",
		.synopsis = "[FILE | DIRECTORY | -]... [--dry-run]",
		.text = "Load profiles as --replace does, and remove all others (requires CAP_NET_ADMIN).",
		.more = PROFILE_FILES,
		.options = sync_options,
		.num_options = NUM_SYNC_OPTIONS,
		.run = cmd_profile_sync,
	},
	{
		.object = "profile",
		.name = "show",
		.implied = true,
		.synopsis = "[NAME]",
		.text = "Show one profile, or all in order of precedence.",
		.run = cmd_profile_show,
	},
	{
		.object = "profile",
		.name = "del",
		.synopsis = "NAME... | --all",
		.text = "Remove profiles (requires CAP_NET_ADMIN).",
		.options = del_options,
		.num_options = NUM_DEL_OPTIONS,
		.run = cmd_profile_del,
	},
	{
		.object = "stats",
		.name = "show",
		.implied = true,
		.synopsis = "[BUS/NAME | ID [queue N]]",
		.text = "Show what the kernel counts: verdicts, events and polls; or what is counted for a device.",
		.more = "For a device: what its provider counts; for a vdpa device what its driver counts for\n"
			"each virtqueue, or for virtqueue N alone (requires CAP_NET_ADMIN); for a VFIO device\n"
			"the state of its migration, where debugfs has it.\n",
		.keywords = stats_keywords,
		.num_keywords = NUM_STATS_KEYWORDS,
		.run = cmd_stats_show,
	},
	{
		.object = "metrics",
		.synopsis = "[-o FILE | --output FILE]",
		.text = "Print devices, types and what the kernel counts as metrics for Prometheus.",
		.more = "FILE is one in the folder of node-exporter's textfile collector. If the kernel cannot be\n"
			"read, vdev_up is 0.\n",
		.files = ".prom",
		.options = metrics_options,
		.num_options = NUM_METRICS_OPTIONS,
		.letters = "o",
		.run = cmd_metrics,
	},
};

const struct command_table all_commands = {
	.commands = commands,
	.num_commands = ARRAY_SIZE(commands),
	.options = option_texts,
	.num_options = ARRAY_SIZE(option_texts),
};
