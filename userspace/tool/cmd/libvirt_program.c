// SPDX-License-Identifier: GPL-2.0
/*
 * The commands of libvirt, in the tool that everybody starts: it starts another one, which is the
 * same and has them, too. They need libxml2, whose own libraries would triple the time that
 * each command takes to start.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cmd.h"

/* Where it was built it is elsewhere. */
#ifndef VDEV_LIBVIRT_PROGRAM
#define VDEV_LIBVIRT_PROGRAM	VDEV_LIBEXECDIR "/vdev/vdevctl-libvirt"
#endif

static int start_program(const struct command *command, const struct options *options,
			 int argc, char **argv)
{
	/* The tool's name, its options, object and command, and NULL. */
	const char **words = calloc((size_t)argc + 7, sizeof(*words));
	size_t number = 0;
	int i;

	if (!words)
		return complain_memory(command);
	words[number++] = "vdevctl";
	if (options->json)
		words[number++] = "-j";
	if (options->pretty)
		words[number++] = "-p";
	if (options->details)
		words[number++] = "-d";
	words[number++] = command->object;
	words[number++] = command->name;
	for (i = 0; i < argc; i++)
		words[number++] = argv[i];
	execv(VDEV_LIBVIRT_PROGRAM, (char **)words);
	free(words);
	return complain(command, "cannot start %s: %s", VDEV_LIBVIRT_PROGRAM, strerror(errno));
}

int cmd_libvirt_annotate(const struct command *command, const struct options *options,
			 int argc, char **argv)
{
	return start_program(command, options, argc, argv);
}

int cmd_libvirt_hook(const struct command *command, const struct options *options,
		     int argc, char **argv)
{
	return start_program(command, options, argc, argv);
}
