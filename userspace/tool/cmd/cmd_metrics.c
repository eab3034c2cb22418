// SPDX-License-Identifier: GPL-2.0
/*
 * "metrics": this host for Prometheus. That the kernel cannot be read is a metric as well, so
 * that it is written, too, and noticed where all others are looked at.
 */
#include "cli/complain.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"
#include "print/out_metrics.h"

enum { OPTION_OUTPUT };

const struct keyword metrics_options[] = {
	[OPTION_OUTPUT] = OUTPUT_OPTION,
};

_Static_assert(ARRAY_SIZE(metrics_options) == NUM_METRICS_OPTIONS, "options are counted");

/* Returns an exit status. */
static int read_kernel(const struct command *command, struct vdev_sock *sock,
		       struct out_metrics *metrics)
{
	const struct show_args all = { 0 };
	struct vdev_stats *stats;
	int err;

	err = fetch(sock, VDEV_OBJECT_DEV, &all, out_metrics_object, metrics);
	if (!err)
		err = fetch(sock, VDEV_OBJECT_TYPE, &all, out_metrics_object, metrics);
	if (!err)
		err = vdev_stats_get(sock, &stats);
	if (err)
		return fetch_status(command, sock, NULL, err);
	out_metrics_stats(metrics, stats);
	vdev_stats_free(stats);
	return EXIT_DONE;
}

static int print(const struct command *command, FILE *file, void *arg)
{
	(void)command;
	out_metrics_print(arg, file);
	return EXIT_DONE;
}

static int write_metrics(const struct command *command, struct vdev_sock *sock,
			 struct out_metrics *metrics, const char *name)
{
	int status = read_kernel(command, sock, metrics);
	int written;

	if (out_metrics_end(metrics, status == EXIT_DONE))
		return complain_memory(command);
	written = output_write(command, name ? name : "-", print, metrics);
	return written ? written : status;
}

int cmd_metrics(const struct command *command, const struct options *options, int argc,
		char **argv)
{
	struct vdev_sock *sock = session_sock(options->session);
	struct out_metrics *metrics = out_metrics_new();
	struct taken taken = { 0 };
	int status;

	status = sock && metrics ? options_take(command, &argc, argv, &taken) :
				   complain_memory(command);
	if (!status && argc)
		status = complain_usage(command, "'%s': metrics are of all devices and types",
					argv[0]);
	if (!status && options->json)
		status = complain_usage(command, "of metrics there is no JSON");
	if (!status)
		status = write_metrics(command, sock, metrics, taken.value[OPTION_OUTPUT]);
	out_metrics_free(metrics);
	return status;
}
