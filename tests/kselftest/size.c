// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: size BUS NAME
 *
 * Print how many bytes the serialised facts of a device have: those of the
 * answer behind the three numbers that every answer begins with, and that are
 * not a part of the endpoint.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "lib/nl.h"

static void measure(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *bus = nl_find(message, VDEV_A_BUS);
	size_t *size = (size_t *)arg;

	if (bus)
		*size = message->nlmsg_len -
			((const char *)bus - (const char *)message);
}

static int fail(const char *what, int err)
{
	fprintf(stderr, "size: %s: %s\n", what, strerror(err));
	return 1;
}

int main(int argc, char **argv)
{
	static struct nl_request request;
	struct nl_reply reply = { };
	int fd, family, err;
	size_t size = 0;

	if (argc != 3) {
		fprintf(stderr, "Usage: size BUS NAME\n");
		return 1;
	}
	fd = nl_open(0);
	if (fd < 0)
		return fail("socket", errno);
	family = nl_resolve(fd, VDEV_FAMILY_NAME);
	if (family < 0)
		return fail("family", -family);
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_DEV_GET);
	nl_string(&request, VDEV_A_BUS, argv[1]);
	nl_string(&request, VDEV_A_NAME, argv[2]);
	err = nl_ask(fd, &request, &reply, measure, &size);
	if (err || reply.error)
		return fail(argv[2], err ?: reply.error);
	printf("%zu\n", size);
	return 0;
}
