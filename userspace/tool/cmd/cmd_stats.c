// SPDX-License-Identifier: GPL-2.0
/* "stats show": what the family counts, or what is counted for a device. */
#include "cli/complain.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cmd.h"
#include "dev_stats.h"
#include "fetch.h"
#include "print/out_stats.h"

int cmd_stats_show(const struct command *command, const struct options *options,
		   int argc, char **argv)
{
	struct vdev_stats *stats = NULL;
	struct vdev_sock *sock;
	struct taken taken;
	int err, status;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	if (argc)
		return dev_stats_show(command, options, argc, argv);
	sock = session_sock(options->session);
	if (!sock)
		return complain_memory(command);
	err = vdev_stats_get(sock, &stats);
	if (!err)
		err = out_stats(stats, options);
	status = fetch_status(command, sock, NULL, err);
	vdev_stats_free(stats);
	return status;
}
