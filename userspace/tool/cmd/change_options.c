// SPDX-License-Identifier: GPL-2.0
/* Options of the commands that create, change and remove devices. */
#include "change_options.h"
#include "cli/complain.h"

enum {
	OPTION_DRY_RUN,
	OPTION_EXPECT,
	OPTION_RESET,
};

const struct keyword change_options[] = {
	[OPTION_DRY_RUN] = { "--dry-run", NULL,
		"check all that can be checked before, change nothing, and print the command" },
	[OPTION_EXPECT] = { "--expect", "GENERATION",
		"fail if the type or device changed after this generation, INSTANCE:NUMBER" },
	[OPTION_RESET] = { "--reset", NULL,
		"parameters that are not given take their neutral value" },
};

_Static_assert(ARRAY_SIZE(change_options) == NUM_SET_OPTIONS, "options are counted");

int change_options_take(const struct command *command, int *argc, char **argv,
			struct change_options *options)
{
	const char *expect;
	struct taken taken;
	int status = options_take(command, argc, argv, &taken);

	if (status)
		return status;
	options->dry_run = taken.value[OPTION_DRY_RUN];
	options->reset = taken.value[OPTION_RESET];
	expect = taken.value[OPTION_EXPECT];
	if (expect)
		status = options_generation(command, "--expect", expect, &options->expect);
	if (!status && expect && !options->expect.number)
		status = complain_usage(command, "--expect: generations begin with 1");
	return status;
}

int change_options_expect(const struct command *command, const struct change_options *options,
			  const struct vdev_object *object)
{
	const struct generation *expect = &options->expect;

	if (!expect->number || (vdev_object_instance(object) == expect->instance &&
				vdev_object_generation(object) <= expect->number))
		return EXIT_DONE;
	complain(command, "%s: changed after the generation that is expected",
		 vdev_object_handle(object));
	return EXIT_STALE;
}

int change_options_handle(const struct command *command, const struct vdev_object *object,
			  struct vdev_handle *handle)
{
	int err = vdev_handle_parse(vdev_object_handle(object), VDEV_OBJECT_DEV, handle);

	return err ? complain(command, "%s: a name that cannot be asked for",
			      vdev_object_handle(object)) : EXIT_DONE;
}
