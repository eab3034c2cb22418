// SPDX-License-Identifier: GPL-2.0
/* "type set" and "type ceilings": what the administrator lets types offer. */
#include <string.h>

#include "cli/ceiling_words.h"
#include "cli/complain.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"
#include "print/out_ceiling.h"

enum { RESET, DRY_RUN, EXPECT };

const struct keyword type_set_options[] = {
	[RESET] = { "--reset", NULL, "take the ceiling away" },
	[DRY_RUN] = { "--dry-run", NULL, "have the kernel check all of it, and change nothing" },
	[EXPECT] = { "--expect", "GENERATION",
		"fail if the type changed after this generation, INSTANCE:NUMBER" },
};

_Static_assert(ARRAY_SIZE(type_set_options) == NUM_TYPE_SET_OPTIONS, "options are counted");

struct setting {
	const struct command *command;
	const struct options *options;
	struct ceiling_words words;
	bool reset;
	bool dry_run;
	struct generation expect;
};

static bool is_empty(const struct vdev_ceiling *ceiling)
{
	return !ceiling->max_version && !ceiling->num_features && !ceiling->num_params;
}

static int check_words(const struct setting *setting)
{
	bool empty = is_empty(&setting->words.ceiling);

	if (setting->reset && !empty)
		return complain_usage(setting->command, "--reset and a ceiling exclude each other");
	if (!setting->reset && empty)
		return complain_usage(setting->command, "a ceiling is missing");
	return EXIT_DONE;
}

static int read_words(struct setting *setting, const struct taken *taken, int argc, char **argv)
{
	char buffer[CEILING_WHY_SIZE];
	const char *expect = taken->value[EXPECT];
	const char *why = ceiling_words_read(&setting->words, argc, argv, buffer);
	int status;

	if (why)
		return complain_usage(setting->command, "%s", why);
	setting->reset = taken->value[RESET];
	setting->dry_run = taken->value[DRY_RUN];
	status = check_words(setting);
	if (status || !expect)
		return status;
	status = options_generation(setting->command, "--expect", expect, &setting->expect);
	if (!status && !setting->expect.number)
		status = complain_usage(setting->command, "--expect: generations begin with 1");
	return status;
}

static int print(const struct setting *setting, bool pending)
{
	struct ceiling_output output;
	int err = 0;

	out_ceiling_init(&output, setting->options);
	if (!setting->reset)
		err = out_ceiling(&setting->words.type, &setting->words.ceiling, pending, &output);
	return err ? err : out_ceiling_end(&output);
}

static int set(const struct setting *setting, struct vdev_sock *sock, const char *handle)
{
	const struct vdev_ceiling *ceiling = setting->reset ? NULL : &setting->words.ceiling;
	struct vdev_object *object;
	int err;

	err = vdev_type_set(sock, &setting->words.type, ceiling, sizeof(*ceiling),
			    setting->expect.number, setting->expect.instance, setting->dry_run,
			    &object);
	if (!err)
		err = print(setting, !object && !setting->dry_run);
	vdev_object_free(object);
	return fetch_status(setting->command, sock, handle, err);
}

int cmd_type_set(const struct command *command, const struct options *options,
		 int argc, char **argv)
{
	struct setting setting = { .command = command, .options = options };
	struct vdev_sock *sock;
	struct taken taken;
	int status;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	status = read_words(&setting, &taken, argc, argv);
	sock = status ? NULL : session_sock(options->session);
	if (sock)
		status = set(&setting, sock, argv[0]);
	else if (!status)
		status = complain_memory(command);
	ceiling_words_free(&setting.words);
	return status;
}

int cmd_type_ceilings(const struct command *command, const struct options *options,
		      int argc, char **argv)
{
	struct ceiling_output output;
	struct vdev_sock *sock;
	struct taken taken;
	int err, status;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	if (argc)
		return complain_usage(command, "'%s' is not expected", argv[0]);
	sock = session_sock(options->session);
	if (!sock)
		return complain_memory(command);
	out_ceiling_init(&output, options);
	err = vdev_ceiling_dump(sock, out_ceiling, &output);
	if (!err)
		err = out_ceiling_end(&output);
	status = fetch_status(command, sock, NULL, err);
	return status;
}
