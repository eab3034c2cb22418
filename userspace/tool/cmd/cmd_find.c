// SPDX-License-Identifier: GPL-2.0
/*
 * "find": which endpoints can load the source's state, best first. Of this host the kernel
 * says it; of what other hosts exported, the library does.
 */
#include <errno.h>
#include <string.h>

#include "bridges.h"
#include "cli/args.h"
#include "cli/complain.h"
#include "cli/naming.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"
#include "find_exports.h"
#include "find_places.h"
#include "nearest.h"
#include "operand.h"
#include "print/out_find.h"

struct find {
	const struct command *command;
	struct vdev_sock *sock;
	struct document_cache cache;
	struct operand source;
	struct find_output output;
	struct nearest nearest;
	const struct show_args *args;
	/* The judgements are not to be printed, but only to be compared. */
	bool compares;
	uint32_t instance;
	uint64_t snapshot;
	/* Words behind "in", which name what was exported; NULL for a search of this host. */
	char **files;
	int num_files;
};

static int take_judgement(const struct vdev_judgement *judgement, void *arg)
{
	struct find *find = arg;
	struct answer answer;
	int err;

	progress_pause();
	find->instance = vdev_judgement_instance(judgement);
	find->snapshot = vdev_judgement_snapshot(judgement);
	if (!args_available(find->args, vdev_judgement_kind(judgement),
			    vdev_judgement_capacity(judgement)))
		return 0;
	/* A device is not moved to itself. */
	if (find->source.id && vdev_judgement_id(judgement) == find->source.id)
		return 0;
	answer_init(&answer, judgement, find->source.declaration);
	answer.target = vdev_judgement_target(judgement);
	if (find->output.options->json)
		answer.source = find->source.label;
	answer.strict = find->output.options->strict;
	err = nearest_take(&find->nearest, &answer);
	return err || find->compares ? err : out_find(&find->output, &answer);
}

static int find_here(struct find *find, const struct show_args *args)
{
	int err, status;

	progress_begin(PROGRESS_KERNEL, 0);
	err = vdev_find(find->sock, find->source.declaration, args->filter, take_judgement, find);
	progress_end();
	if (!err)
		err = out_find_end(&find->output, find->instance, find->snapshot);
	status = fetch_status(find->command, find->sock, find->source.label, err);
	if (!find->output.best)
		bridges_hint(find->command, find->sock, status);
	return status;
}

/* What is not good enough was not reported: ask for all, to know the nearest. */
static int compare_all(struct find *find, const struct show_args *args)
{
	int err;

	find->compares = true;
	vdev_filter_set_at_least(args->filter, 0);
	progress_begin(PROGRESS_KERNEL, 0);
	err = vdev_find(find->sock, find->source.declaration, args->filter, take_judgement, find);
	progress_end();
	return fetch_without(find->command, find->sock, NEAREST_UNKNOWN, err);
}

/* Returns an exit status: of what is asked for to explain it. */
static int explain_nothing(struct find *find, const struct show_args *args)
{
	int status = args->at_least && !find->files ? compare_all(find, args) : EXIT_DONE;

	if (!status)
		nearest_report(find->command, &find->nearest, find->source.declaration);
	if (!find->files && !args_given_other(args))
		find_places_hint(find->command, find->sock, &find->source);
	return status;
}

static int run(struct find *find, const struct show_args *args)
{
	int status = operand_fetch(find->command, find->sock, &find->source);

	if (status)
		return status;
	if (find->files)
		status = find_exports(find->command, &find->source, args->at_least,
				      find->num_files, find->files, &find->output,
				      &find->nearest);
	else
		status = find_here(find, args);
	if (status)
		return status;
	if (out_find_nothing(&find->output))
		status = explain_nothing(find, args);
	return status ? status : out_find_status(&find->output);
}

/* Cut off "in" and the words behind it. Returns how many are left. */
static int take_files(struct find *find, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i += args_condition_words(find->command, argv[i])) {
		if (strcmp(argv[i], "in") != 0)
			continue;
		find->files = argv + i + 1;
		find->num_files = argc - i - 1;
		return i;
	}
	return argc;
}

/* Whether the source comes from where a file is read, too. */
static int check_stdin(const struct find *find)
{
	bool took = find->cache.num && naming_is_stdin(find->cache.documents[0]->name);
	int i;

	for (i = 0; took && i < find->num_files; i++)
		if (naming_is_stdin(find->files[i]))
			return complain_usage(find->command, STDIN_TWICE, find->files[i]);
	return EXIT_DONE;
}

/* The source is no condition. */
static int parse(struct find *find, int argc, char **argv, struct show_args *args)
{
	struct taken taken;
	int status;

	status = options_take(find->command, &argc, argv, &taken);
	if (!status)
		status = options_max_age(find->command, taken.value[0], find->sock);
	if (status)
		return status;
	if (!argc)
		return complain_usage(find->command, "SOURCE is missing");
	argc = take_files(find, argc, argv);
	status = args_conditions(find->command, argc - 1, argv + 1, args);
	if (!status && find->files)
		status = find_exports_check(find->command, args, find->num_files);
	if (!status)
		status = operand_parse(find->command, find->sock, &find->cache, argv[0],
				       &find->source);
	return status ? status : check_stdin(find);
}

int cmd_find(const struct command *command, const struct options *options, int argc,
	     char **argv)
{
	struct show_args args = { 0 };
	struct find find = { .command = command, .output.options = options, .args = &args };
	int status;

	find.sock = session_sock(options->session);
	status = find.sock ? parse(&find, argc, argv, &args) : complain_memory(command);
	if (!status)
		status = run(&find, &args);
	args_free(&args);
	nearest_free(&find.nearest);
	operand_free(&find.source);
	document_cache_free(&find.cache);
	return status;
}
