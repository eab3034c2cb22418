// SPDX-License-Identifier: GPL-2.0
/* "profile show" and "profile del": the profiles that the kernel has. */
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"
#include "profile_change.h"

enum { ALL };

const struct keyword del_options[] = {
	[ALL] = { "--all", NULL, "delete every profile" },
};

_Static_assert(ARRAY_SIZE(del_options) == NUM_DEL_OPTIONS, "options are counted");

static int show_one(struct vdev_sock *sock, const char *name, struct profile_output *output)
{
	struct vdev_profile *profile;
	int err = vdev_profile_get(sock, name, &profile);

	if (err)
		return err;
	err = out_profile(profile, output);
	vdev_profile_free(profile);
	return err;
}

int cmd_profile_show(const struct command *command, const struct options *options,
		     int argc, char **argv)
{
	struct profile_output output;
	struct vdev_sock *sock;
	struct taken taken;
	const char *name;
	int err, status;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	if (argc > 1)
		return complain_usage(command, "'%s' after the profile", argv[1]);
	name = argc ? argv[0] : NULL;
	sock = session_sock(options->session);
	if (!sock)
		return complain_memory(command);
	out_profile_init(&output, options);
	err = name ? show_one(sock, name, &output) : vdev_profile_dump(sock, out_profile, &output);
	if (!err)
		err = out_profile_end(&output);
	status = fetch_status(command, sock, name, err);
	return status;
}

struct removal {
	const struct command *command;
	struct vdev_sock *sock;
	struct listing names;
	struct profile_output output;
};

/* Nothing is deleted if one of them is not there. */
static int del_named(struct removal *removal, int num, char **wanted)
{
	int status = EXIT_DONE;
	int i;

	for (i = 0; i < num; i++)
		if (!listing_find(&removal->names, wanted[i]))
			return complain_absent(removal->command, "%s: no such profile",
					       wanted[i]);
	for (i = 0; !status && i < num; i++)
		status = fetch_status(removal->command, removal->sock, wanted[i],
				      profile_delete(removal->sock, wanted[i],
						     &removal->output));
	return status;
}

static int check_words(const struct command *command, bool all, int num, char **words)
{
	int i, j;

	if (!all && !num)
		return complain_usage(command, "a profile is missing");
	if (all && num)
		return complain_usage(command, "'%s' and --all exclude each other", words[0]);
	for (i = 0; i < num; i++)
		for (j = 0; j < i; j++)
			if (strcmp(words[i], words[j]) == 0)
				return complain_usage(command, "%s: given twice", words[i]);
	return EXIT_DONE;
}

int cmd_profile_del(const struct command *command, const struct options *options,
		    int argc, char **argv)
{
	struct removal removal = { .command = command };
	const struct listing none = { 0 };
	struct taken taken;
	int status;

	status = options_take(command, &argc, argv, &taken);
	if (!status)
		status = check_words(command, taken.value[ALL], argc, argv);
	if (status)
		return status;
	removal.sock = session_sock(options->session);
	if (!removal.sock)
		return complain_memory(command);
	out_profile_init(&removal.output, options);
	status = profile_names(command, removal.sock, &removal.names);
	if (!status)
		status = taken.value[ALL] ? profile_delete_others(command, removal.sock,
								  &removal.names, &none,
								  &removal.output) :
					    del_named(&removal, argc, argv);
	status = profile_finish(command, removal.sock, &removal.output, status);
	listing_free(&removal.names);
	return status;
}
