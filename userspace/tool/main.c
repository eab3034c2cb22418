// SPDX-License-Identifier: GPL-2.0
/*
 * vdevctl: options, dispatch, and the last word about whether the output
 * arrived.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <vdev/version.h>

#include "cli/complain.h"
#include "cli/help.h"
#include "commands.h"

static const struct option long_options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "pretty", no_argument, NULL, 'p' },
	{ "details", no_argument, NULL, 'd' },
	{ "statistics", no_argument, NULL, 's' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

/* Those of vdevctl stand before the object, but this one is tried everywhere. */
static bool is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static int dispatch(const struct options *options, int argc, char **argv)
{
	const struct command *command;

	if (argc == 0)
		return complain_usage(NULL, "an object is missing");
	if (strcmp(argv[0], "help") == 0)
		return help_run(&all_commands, argc - 1, argv + 1);
	if (!command_find(&all_commands, argv[0], NULL))
		return complain_usage(NULL, "there is no object '%s'", argv[0]);
	if (argc > 1 && (strcmp(argv[1], "help") == 0 || is_help(argv[1])))
		return help_object(&all_commands, argv[0]);
	command = command_find(&all_commands, argv[0], NULL);
	if (!command->name)
		return command->run(command, options, argc - 1, argv + 1);
	if (argc == 1 && command->implied)
		return command->run(command, options, 0, argv + 1);
	if (argc == 1)
		return complain_usage(NULL, "%s: a command is missing", argv[0]);
	command = command_find(&all_commands, argv[0], argv[1]);
	if (!command)
		return complain_usage(NULL, "%s: there is no command '%s'", argv[0], argv[1]);
	if (argc > 2 && is_help(argv[2]))
		return help_run(&all_commands, 2, argv);
	return command->run(command, options, argc - 2, argv + 2);
}

/* A letter that is known was a word with a value. */
static int complain_option(char **argv)
{
	size_t i;

	for (i = 0; optopt && long_options[i].name; i++)
		if (long_options[i].val == optopt)
			return complain_usage(NULL, "option '--%s' takes no value",
					      long_options[i].name);
	if (optopt)
		return complain_usage(NULL, "there is no option '-%c'", optopt);
	return complain_usage(NULL, "there is no option '%s'", argv[optind - 1]);
}

/* getopt_long() takes the begin of a word for it; one that is added could break that. */
static bool is_abbreviated(const char *word, int index)
{
	return index >= 0 && strcmp(word + 2, long_options[index].name) != 0;
}

static int parse_options(struct options *options, int argc, char **argv)
{
	int index = -1;
	int letter;

	opterr = 0;
	for (;; index = -1) {
		letter = getopt_long(argc, argv, "+:jpdsVh", long_options, &index);
		if (letter == -1)
			break;
		if (is_abbreviated(argv[optind - 1], index))
			return complain_usage(NULL, "there is no option '%s'", argv[optind - 1]);
		switch (letter) {
		case 'j':
			options->json = true;
			break;
		case 'p':
			options->json = true;
			options->pretty = true;
			break;
		case 'd':
			options->details = true;
			break;
		case 's':
			options->statistics = true;
			break;
		case 'V':
			puts("vdevctl " VDEV_PACKAGE_VERSION);
			return EXIT_DONE;
		case 'h':
			return help_run(&all_commands, 0, NULL);
		default:
			return complain_option(argv);
		}
	}
	return dispatch(options, argc - optind, argv + optind);
}

/* What was written is only known to have arrived when stdout is closed. */
static int close_output(int status)
{
	int failed = ferror(stdout);

	errno = 0;
	if (fclose(stdout) || failed)
		return complain(NULL, "cannot write the output%s%s", errno ? ": " : "",
				errno ? strerror(errno) : "");
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
	struct options options = { 0 };

	hold_closed();
	/* A file that may not grow is an error of writing like any other. */
	signal(SIGXFSZ, SIG_IGN);
	/* What is printed is UTF-8, whatever the environment says. */
	setlocale(LC_CTYPE, "C.UTF-8");
	return close_output(check_library() ?: parse_options(&options, argc, argv));
}
