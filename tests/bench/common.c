// SPDX-License-Identifier: GPL-2.0
/*
 * What the programs that measure need to send requests.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/vdev.h>

#include "bench.h"

struct nl_request request;

void die(const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what,
		strerror(errno));
	exit(1);
}

int open_family(const char *name, int *family)
{
	int fd = nl_open(0);

	if (fd < 0)
		die("socket");
	*family = nl_resolve(fd, name);
	if (*family < 0) {
		errno = -*family;
		die(name);
	}
	return fd;
}

void ask_by_name(int family, const char *bus, const char *name)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_DEV_GET);
	nl_string(&request, VDEV_A_BUS, bus);
	nl_string(&request, VDEV_A_NAME, name);
}
