// SPDX-License-Identifier: GPL-2.0
/* "dev show" and "type show": one endpoint, or all that pass the conditions. */
#include <errno.h>

#include "bridges.h"
#include "cli/args.h"
#include "cli/complain.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"
#include "print/out.h"

/* What is shown; @counted is asked what is counted for each device, unless it is NULL. */
struct shown {
	struct output output;
	struct vdev_sock *counted;
	/* It has failed, and not the socket that is asked for the devices. */
	bool count_failed;
};

/* A device that has gone meanwhile is shown without it. */
static int count(struct shown *shown, const struct vdev_object *object,
		 struct vdev_dev_stats **stats)
{
	const struct vdev_handle handle = { .id = vdev_object_id(object) };
	int err;

	*stats = NULL;
	if (!shown->counted)
		return 0;
	err = vdev_dev_stats_get(shown->counted, &handle, VDEV_QUEUES_ALL, stats);
	if (err == -ENODEV)
		return 0;
	shown->count_failed = err;
	return err;
}

/* The frame is begun by the first endpoint, so that a failure prints nothing. */
static int begin_and_show(const struct vdev_object *object, void *arg)
{
	struct shown *shown = arg;
	struct output *output = &shown->output;
	struct vdev_dev_stats *stats;
	int err = count(shown, object, &stats);

	if (!err && !output->any)
		err = out_begin(output);
	output->stats = stats;
	if (!err)
		err = out_object(object, output);
	output->stats = NULL;
	vdev_dev_stats_free(stats);
	return err;
}

static int show_all(struct vdev_sock *sock, enum vdev_object_kind kind,
		    const struct show_args *args, struct shown *shown)
{
	struct output *output = &shown->output;
	int err = fetch(sock, kind, args, begin_and_show, shown);

	if (!err && !output->any)
		err = out_begin(output);
	return err ? err : out_end(output);
}

static int show_status(const struct command *command, const struct vdev_sock *sock,
		       const char *endpoint, const struct shown *shown, int err)
{
	return fetch_status(command, shown->count_failed ? shown->counted : sock, endpoint, err);
}

static int show(const struct command *command, const struct options *options,
		enum vdev_object_kind kind, int argc, char **argv)
{
	bool counts = options->statistics && kind == VDEV_OBJECT_DEV;
	struct shown shown = { .counted = counts ? session_sock_beside(options->session) : NULL };
	struct vdev_sock *sock = session_sock(options->session);
	struct show_args args = { 0 };
	struct taken taken = { 0 };
	int status;

	out_init(&shown.output, options, command->object);
	if (!sock || (counts && !shown.counted))
		status = complain_memory(command);
	else
		status = options_take(command, &argc, argv, &taken);
	if (!status)
		status = options_max_age(command, taken.value[0], sock);
	if (!status)
		status = args_parse(command, kind, argc, argv, &args);
	if (!status) {
		status = show_status(command, sock, args.endpoint, &shown,
				     show_all(sock, kind, &args, &shown));
		if (!shown.output.any)
			bridges_hint(command, sock, status);
	}
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
