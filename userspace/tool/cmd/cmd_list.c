// SPDX-License-Identifier: GPL-2.0
/* "dev list" and "type list": what "show" shows, one line each. As JSON it is the same. */
#include <errno.h>

#include "bridges.h"
#include "cli/args.h"
#include "cli/complain.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"
#include "print/list_table.h"

enum {
	/* Where "show" has it, which prints the JSON. */
	OPTION_MAX_AGE,
	OPTION_COLUMNS,
};

const struct keyword list_options[] = {
	[OPTION_MAX_AGE] = MAX_AGE_OPTION,
	[OPTION_COLUMNS] = { "--columns", "NAMES",
		"the columns in their order, with commas, such as handle,type,capacity" },
};

_Static_assert(ARRAY_SIZE(list_options) == NUM_LIST_OPTIONS, "options are counted");

static int choose_columns(const struct command *command, struct list_table *table,
			  const char *names)
{
	char unknown[32], text[KNOWN_TEXT];
	struct known known = { 0 };
	int err = list_table_columns(table, names, unknown);

	if (err == -EINVAL) {
		list_table_known(&known);
		return complain_usage(command, "--columns: '%s' is no column; there are: %s",
				      unknown, known_text(&known, unknown, text));
	}
	return err ? complain_memory(command) : EXIT_DONE;
}

static int fetch_and_print(const struct command *command, struct vdev_sock *sock,
			   enum vdev_object_kind kind, const struct show_args *args,
			   struct list_table *table)
{
	int status = fetch_status(command, sock, args->endpoint,
				  fetch(sock, kind, args, list_table_add, table));

	if (list_table_empty(table))
		bridges_hint(command, sock, status);
	else if (!status && list_table_print(table))
		status = complain_memory(command);
	return status;
}

static int list(const struct command *command, struct vdev_sock *sock, enum vdev_object_kind kind,
		int argc, char **argv)
{
	struct list_table *table = list_table_new();
	struct show_args args = { 0 };
	struct taken taken = { 0 };
	int status;

	status = table && sock ? options_take(command, &argc, argv, &taken) :
				 complain_memory(command);
	if (!status)
		status = options_max_age(command, taken.value[OPTION_MAX_AGE], sock);
	if (!status)
		status = args_parse(command, kind, argc, argv, &args);
	if (!status)
		status = choose_columns(command, table, taken.value[OPTION_COLUMNS]);
	if (!status)
		status = fetch_and_print(command, sock, kind, &args, table);
	list_table_free(table);
	args_free(&args);
	return status;
}

int cmd_dev_list(const struct command *command, const struct options *options, int argc,
		 char **argv)
{
	return options->json ? cmd_dev_show(command, options, argc, argv) :
			       list(command, session_sock(options->session), VDEV_OBJECT_DEV, argc, argv);
}

int cmd_type_list(const struct command *command, const struct options *options, int argc,
		  char **argv)
{
	return options->json ? cmd_type_show(command, options, argc, argv) :
			       list(command, session_sock(options->session), VDEV_OBJECT_TYPE, argc, argv);
}
