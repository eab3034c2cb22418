// SPDX-License-Identifier: GPL-2.0
/*
 * vdevctl: options, dispatch, and the last word about whether the output
 * arrived.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <vdev/version.h>

#include "batch.h"
#include "cli/complain.h"
#include "cli/globals.h"
#include "cli/help.h"
#include "cli/session.h"
#include "cli/unknown.h"
#include "cmd/complete.h"
#include "commands.h"

static int print_version(void)
{
	puts("vdevctl " VDEV_PACKAGE_VERSION);
	return EXIT_DONE;
}

/* The command that prints the same as a table; it itself if there is none. */
static const struct command *brief_form(const struct command *command)
{
	const struct command *list = command_find(&all_commands, command->object, "list");

	return list && strcmp(command->name, "show") == 0 ? list : command;
}

/* What a batch takes, or only a batch. Complains; returns an exit status. */
static int check_batch(const struct globals *globals)
{
	if (globals->options.batch && (globals->batch || globals->force))
		return complain_usage(NULL, "--%s: not within a batch",
				      globals->batch ? "batch" : "force");
	if (globals->batch)
		return complain_usage(NULL, "--batch: no command can stand beside it");
	if (globals->force)
		return complain_usage(NULL, "--force: only with --batch");
	return EXIT_DONE;
}

/* @argv begins behind the words that name the command. */
static int run(const struct command *command, struct globals *globals, int argc, char **argv)
{
	int status = globals_take_rest(&all_commands, command, &argc, argv, globals);

	if (!status)
		status = check_batch(globals);
	if (status)
		return status;
	if (globals->brief)
		command = brief_form(command);
	colour_prepare(globals->colour);
	if (globals->version)
		return print_version();
	if (globals->help)
		return help_command(command);
	if (command->alone && globals->options.batch)
		return complain_usage(command, "not within a batch");
	return command->run(command, &globals->options, argc, argv);
}

/* The object alone: its command that can be left out. */
static int run_implied(const struct command *command, struct globals *globals, char **argv)
{
	size_t i;

	for (i = 0; i < all_commands.num_commands; i++)
		if (strcmp(all_commands.commands[i].object, command->object) == 0 &&
		    all_commands.commands[i].implied)
			return run(&all_commands.commands[i], globals, 0, argv);
	return unknown_missing(&all_commands, command->object);
}

static int run_object(const char *object, struct globals *globals, int argc, char **argv)
{
	const struct command *command = command_find(&all_commands, object, NULL);
	int status;

	if (!command)
		return unknown_command(&all_commands, object, NULL);
	if (!command->name && !(argc && strcmp(argv[0], "help") == 0))
		return run(command, globals, argc, argv);
	status = globals_take_first(&all_commands, &argc, &argv, globals);
	if (status)
		return status;
	if (globals->version)
		return print_version();
	if (argc && strcmp(argv[0], "help") == 0)
		return help_object(&all_commands, object, argc - 1, argv + 1);
	if (!argc && globals->help)
		return help_object(&all_commands, object, argc, argv);
	if (!argc)
		return run_implied(command, globals, argv);
	command = command_find(&all_commands, object, argv[0]);
	if (!command)
		return unknown_command(&all_commands, object, argv[0]);
	return run(command, globals, argc - 1, argv + 1);
}

static int dispatch(const struct globals *given, int argc, char **argv)
{
	struct globals globals = *given;
	int status;

	status = globals_take_first(&all_commands, &argc, &argv, &globals);
	if (status)
		return status;
	if (globals.version)
		return print_version();
	if (argc > 1 && strcmp(argv[0], "help") == 0 && strcmp(argv[1], "--complete") == 0)
		return complete_run(&all_commands, argc - 2, argv + 2);
	if (argc && strcmp(argv[0], "help") == 0)
		return help_run(&all_commands, argc - 1, argv + 1);
	if (argc)
		return run_object(argv[0], &globals, argc - 1, argv + 1);
	if (globals.help)
		return help_run(&all_commands, 0, NULL);
	if (globals.batch && !globals.options.batch)
		return batch_run(&globals, dispatch);
	status = check_batch(&globals);
	return status ? status : unknown_missing(&all_commands, NULL);
}

/* What was written is only known to have arrived when stdout is closed. */
static int close_output(int status)
{
	int failed = ferror(stdout);

	errno = 0;
	if (fclose(stdout) || failed)
		return complain_output(errno);
	return status;
}

/*
 * What is opened here must not become a stdout that was closed. Neither reading nor
 * writing works on what takes its place, as on one that is closed.
 */
static void hold_closed(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Until its interface is stable, the soname alone does not keep an old library away. */
static int check_library(void)
{
	if (strcmp(vdev_version(), VDEV_PACKAGE_VERSION) == 0)
		return EXIT_DONE;
	return complain(NULL, "libvdev is of version %s, which vdevctl " VDEV_PACKAGE_VERSION
			" does not work with", vdev_version());
}

int main(int argc, char **argv)
{
	struct session session = { 0 };
	const struct globals globals = { .options.session = &session };
	int status;

	hold_closed();
	/* A file that may not grow is an error of writing like any other. */
	signal(SIGXFSZ, SIG_IGN);
	status = check_library() ?: dispatch(&globals, argc - 1, argv + 1);
	session_end(&session);
	return close_output(status);
}
