// SPDX-License-Identifier: GPL-2.0
/* "monitor": the changes of endpoints and profiles, until it is stopped. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/args.h"
#include "cli/complain.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/stop.h"
#include "cmd.h"
#include "fetch.h"
#include "print/out_event.h"

enum {
	OPTION_SNAPSHOT,
	OPTION_TIMESTAMP,
	OPTION_WAIT,
	OPTION_BUFFER,
};

const struct keyword monitor_options[] = {
	[OPTION_SNAPSHOT] = { "--snapshot", NULL, "print first what exists, as new" },
	[OPTION_TIMESTAMP] = { "--timestamp", NULL, "print when each event was read, in UTC" },
	[OPTION_WAIT] = { "--wait", NULL, "wait for the module if it is not loaded" },
	[OPTION_BUFFER] = { "--buffer", "BYTES",
		"how much may wait in the kernel to be read (default 8 MiB)" },
};

_Static_assert(ARRAY_SIZE(monitor_options) == NUM_MONITOR_OPTIONS, "options are counted");

struct watch {
	const struct command *command;
	const struct options *options;
	struct taken taken;
	struct vdev_monitor *monitor;
	/* What exists at first was printed. */
	bool begun;
	/* Why stdout takes no more. */
	int output_error;
};

static int print_event(const struct vdev_event *event, void *arg)
{
	struct watch *watch = arg;
	bool first = !watch->begun;
	int err;

	progress_pause();
	if (event->type == VDEV_EVENT_SYNCED && first) {
		progress_end();
		watch->begun = true;
	}
	if (first && (event->before || event->after) && !watch->taken.value[OPTION_SNAPSHOT])
		return 0;
	err = out_event(event, watch->options, watch->taken.value[OPTION_TIMESTAMP]);
	watch->output_error = errno;
	return err;
}

/* Wait for an event, a signal, or the end of the reader of stdout. */
static bool wait_for_more(const struct watch *watch)
{
	struct pollfd fds[] = {
		{ .fd = vdev_monitor_fd(watch->monitor), .events = POLLIN },
		{ .fd = stop_fd(), .events = POLLIN },
		{ .fd = STDOUT_FILENO },
	};

	if (poll(fds, ARRAY_SIZE(fds), -1) < 0)
		return errno == EINTR;
	return !(fds[2].revents & (POLLERR | POLLHUP));
}

/* Returns 0, a negative errno, or -EIO when stdout takes no more. */
static int watch_all(struct watch *watch)
{
	int err = 0;

	while (!stop_wanted() && wait_for_more(watch)) {
		err = vdev_monitor_read(watch->monitor, print_event, watch);
		/* The module came and went while it was read; the loss was printed. */
		if (vdev_monitor_error(watch->monitor)->type == VDEV_ERROR_INCONSISTENT)
			err = 0;
		if (err)
			break;
	}
	return err;
}

static int parse_buffer(const struct command *command, const char *value, size_t *bytes)
{
	uint64_t number = 0;
	char *end;

	errno = 0;
	number = strtoull(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || !number ||
	    number > INT_MAX)
		return complain_usage(command, "--buffer: '%s' is not a number of bytes from 1 to %d",
				      value, INT_MAX);
	*bytes = (size_t)number;
	return EXIT_DONE;
}

static int watch_parse(struct watch *watch, int argc, char **argv, struct show_args *args)
{
	size_t bytes = VDEV_MONITOR_BUFFER;
	int status = options_take(watch->command, &argc, argv, &watch->taken);

	if (!status && watch->taken.value[OPTION_BUFFER])
		status = parse_buffer(watch->command, watch->taken.value[OPTION_BUFFER], &bytes);
	if (!status)
		status = args_conditions(watch->command, argc, argv, args);
	if (status)
		return status;
	watch->monitor = vdev_monitor_new();
	if (!watch->monitor)
		return complain_memory(watch->command);
	vdev_monitor_set_filter(watch->monitor, args->filter);
	vdev_monitor_set_buffer(watch->monitor, bytes);
	vdev_monitor_set_wait(watch->monitor, watch->taken.value[OPTION_WAIT]);
	return EXIT_DONE;
}

/* Nobody reads on, which is an end like any other, or there is no room. */
static int output_ended(const struct watch *watch)
{
	if (stop_output_over(watch->output_error))
		return EXIT_DONE;
	/* What could not be written is not tried again at the end. */
	if (!watch->output_error || !freopen("/dev/null", "w", stdout))
		return EXIT_ERROR;
	return complain_output(watch->output_error);
}

static int watch_run(struct watch *watch)
{
	int err = vdev_monitor_start(watch->monitor);

	if (!err) {
		stop_prepare();
		progress_begin(PROGRESS_KERNEL, 0);
		err = watch_all(watch);
		if (!watch->begun)
			progress_end();
	}
	if (err == -EIO && vdev_monitor_error(watch->monitor)->type == VDEV_ERROR_NONE)
		return output_ended(watch);
	return fetch_error_status(watch->command, vdev_monitor_error(watch->monitor), NULL, err);
}

int cmd_monitor(const struct command *command, const struct options *options, int argc,
		char **argv)
{
	struct watch watch = { .command = command, .options = options };
	struct show_args args = { 0 };
	int status = watch_parse(&watch, argc, argv, &args);

	if (!status)
		status = watch_run(&watch);
	vdev_monitor_free(watch.monitor);
	args_free(&args);
	return status;
}
