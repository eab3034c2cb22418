// SPDX-License-Identifier: GPL-2.0
/* "dev show" and "type show": one endpoint, or all that pass the conditions. */
#include "bridges.h"
#include "cli/args.h"
#include "cli/complain.h"
#include "cli/options.h"
#include "cmd.h"
#include "fetch.h"
#include "print/out.h"

/* The frame is begun by the first endpoint, so that a failure prints nothing. */
static int begin_and_show(const struct vdev_object *object, void *arg)
{
	struct output *output = arg;
	int err = output->any ? 0 : out_begin(output);

	return err ? err : out_object(object, output);
}

static int show_all(struct vdev_sock *sock, enum vdev_object_kind kind,
		    const struct show_args *args, struct output *output)
{
	int err = fetch(sock, kind, args, begin_and_show, output);

	if (!err && !output->any)
		err = out_begin(output);
	return err ? err : out_end(output);
}

static int show(const struct command *command, const struct options *options,
		enum vdev_object_kind kind, int argc, char **argv)
{
	struct vdev_sock *sock = vdev_sock_new();
	struct show_args args = { 0 };
	struct output output;
	struct taken taken = { 0 };
	int status;

	out_init(&output, options, command->object);
	status = sock ? options_take(command, &argc, argv, &taken) : complain_memory(command);
	if (!status)
		status = options_max_age(command, taken.value[0], sock);
	if (!status)
		status = args_parse(command, kind, argc, argv, &args);
	if (!status)
		status = fetch_status(command, sock, args.endpoint,
				      show_all(sock, kind, &args, &output));
	if (!status && !output.any)
		bridges_hint(command, sock);
	vdev_sock_free(sock);
	args_free(&args);
	return status;
}

int cmd_dev_show(const struct command *command, const struct options *options,
		 int argc, char **argv)
{
	return show(command, options, VDEV_OBJECT_DEV, argc, argv);
}

int cmd_type_show(const struct command *command, const struct options *options,
		  int argc, char **argv)
{
	return show(command, options, VDEV_OBJECT_TYPE, argc, argv);
}
