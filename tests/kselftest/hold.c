// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: hold
 *
 * Begin a dump of all devices, read one buffer of it and say "held"; go on
 * when standard input gives a line or ends, and say how the dump ended:
 * "ended MESSAGES messages, error ERRNO, interrupted 0|1, repeated NUMBER".
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "lib/nl.h"

struct progress {
	uint32_t last;
	unsigned int repeated;
};

static void look(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *id = nl_find(message, VDEV_A_ID);
	struct progress *progress = (struct progress *)arg;

	if (!id || nl_get_u32(id) <= progress->last)
		progress->repeated++;
	else
		progress->last = nl_get_u32(id);
}

static int fail(const char *what, int err)
{
	fprintf(stderr, "hold: %s: %s\n", what, strerror(err));
	return 1;
}

int main(void)
{
	static struct nl_request request;
	struct progress progress = { };
	struct nl_reply reply = { };
	char line[16];
	int fd, family, err;

	alarm(NL_PATIENCE * 3);
	fd = nl_open(4096);
	if (fd < 0)
		return fail("socket", errno);
	family = nl_resolve(fd, VDEV_FAMILY_NAME);
	if (family < 0)
		return fail("family", -family);
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_DEV_GET);
	if (nl_send(fd, &request))
		return fail("send", errno);
	err = nl_receive_some(fd, &reply, look, &progress);
	if (err)
		return fail("first buffer", err);
	if (reply.ended)
		return fail("the dump was over at once", ENODATA);
	printf("held %u messages\n", reply.messages);
	fflush(stdout);
	if (read(STDIN_FILENO, line, sizeof(line)) < 0)
		return fail("standard input", errno);
	while (!err && !reply.ended)
		err = nl_receive_some(fd, &reply, look, &progress);
	if (err)
		return fail("rest", err);
	printf("ended %u messages, error %d, interrupted %d, repeated %u\n",
	       reply.messages, reply.error, reply.interrupted,
	       progress.repeated);
	return 0;
}
