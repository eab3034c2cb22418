// SPDX-License-Identifier: GPL-2.0
/* What can be wrong with the words of a check that has several sources and targets. */
#include "check_many.h"
#include "cli/complain.h"

int many_check_numbers(const struct many_args *args, int num_targets, int most)
{
	const struct command *command = args->command;
	const char *option = args->option;

	if (args->num_sources < 0)
		return complain_usage(command, "%s: '--' is missing between SOURCES and TARGETS",
				      option);
	if (!args->num_sources)
		return complain_usage(command, "%s: SOURCES are missing before '--'", option);
	if (!num_targets)
		return complain_usage(command, "%s: TARGETS are missing after '--'", option);
	if (args->num_sources > most)
		return complain(command, "%s: more than %d sources", option, most);
	if (num_targets > most)
		return complain(command, "%s: more than %d targets", option, most);
	return EXIT_DONE;
}

int many_check_live(const struct many_args *args, bool live)
{
	if (args->max_age && !live)
		return complain_usage(args->command, "--max-age: none of SOURCES and TARGETS is an "
				      "endpoint of this host");
	return EXIT_DONE;
}
