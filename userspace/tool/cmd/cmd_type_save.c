// SPDX-License-Identifier: GPL-2.0
/* "type save": all ceilings into a file, for "type load". */
#include <errno.h>
#include <stdio.h>

#include "cli/ceiling_words.h"
#include "cli/complain.h"
#include "cli/host.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"

static int write_line(const struct vdev_handle *type, const struct vdev_ceiling *ceiling,
		      bool pending, void *arg)
{
	FILE *file = arg;
	int err = ceiling_words_write(file, type, ceiling);

	(void)pending;
	fputc('\n', file);
	if (err)
		return err;
	return ferror(file) ? -ENOMEM : 0;
}

static int write_all(const struct command *command, FILE *file, void *arg)
{
	struct vdev_sock *sock = arg;

	fputs("# Ceilings of types, written by \"vdevctl type save\".\n", file);
	return fetch_status(command, sock, NULL, vdev_ceiling_dump(sock, write_line, file));
}

int cmd_type_save(const struct command *command, const struct options *options,
		  int argc, char **argv)
{
	struct vdev_sock *sock = session_sock(options->session);
	struct taken taken;
	int status;

	status = sock ? options_take(command, &argc, argv, &taken) : complain_memory(command);
	if (status)
		return status;
	if (argc > 1)
		return complain_usage(command, "'%s' after the file", argv[1]);
	return output_write(command, argc ? argv[0] : host_ceilings, write_all, sock);
}
