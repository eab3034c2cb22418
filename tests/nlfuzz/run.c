// SPDX-License-Identifier: GPL-2.0
/*
 * Doing an input: nothing here waits. Requests are worked on while they are
 * sent, dumps while they are read, so that what there is to read is there.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nlfuzz.h"

#define READS_MAX	512

struct totals totals;

static int sockets[SOCKETS];
static uint16_t family;
static unsigned char inbox[128 * 1024] __attribute__((aligned(NLMSG_ALIGNTO)));

int run_start(uint16_t family_id)
{
	unsigned int i;

	family = family_id;
	for (i = 0; i < SOCKETS; i++) {
		sockets[i] = nl_open(1 << 20);
		if (sockets[i] < 0)
			return -1;
	}
	return 0;
}

/* A text of the kernel counts as something new when it is. */
static void count_error(const struct nlmsghdr *message)
{
	const unsigned char *data = NLMSG_DATA(message);
	uint64_t signal = 0xcbf29ce484222325;
	size_t i, len;
	int error;

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof(error)))
		return;
	memcpy(&error, data, sizeof(error));
	if (error > 0 || error < -255) {
		totals.broken = "an errno that is none";
		return;
	}
	totals.errors[-error]++;
	len = message->nlmsg_len - NLMSG_HDRLEN;
	for (i = message->nlmsg_type == NLMSG_ERROR ?
		 sizeof(struct nlmsgerr) : 0; i < len && i < 128; i++)
		signal = (signal ^ data[i]) * 0x100000001b3;
	if (message->nlmsg_flags & NLM_F_ACK_TLVS)
		cover_signal(signal ^ (uint64_t)error);
}

static void count_datagram(size_t len)
{
	const struct nlmsghdr *message = (const struct nlmsghdr *)inbox;
	const char *broken = NULL;

	for (; NLMSG_OK(message, len); message = NLMSG_NEXT(message, len)) {
		totals.replies++;
		if (message->nlmsg_type == NLMSG_ERROR)
			count_error(message);
		else if (message->nlmsg_type == NLMSG_DONE)
			totals.done++;
		else if (message->nlmsg_type == family)
			broken = check_message(message);
		if (broken)
			totals.broken = broken;
	}
}

/* Returns false when there is nothing more. */
static bool read_one(int fd)
{
	ssize_t len = recv(fd, inbox, sizeof(inbox), MSG_DONTWAIT | MSG_TRUNC);

	if (len < 0)
		return errno == ENOBUFS;
	if ((size_t)len > sizeof(inbox))
		totals.broken = "a datagram of more than 128 KiB";
	else
		count_datagram(len);
	return true;
}

static void answer(const struct input *input)
{
	int *fd = &sockets[input->socket % SOCKETS];
	unsigned int reads = READS_MAX;

	if (input->action != READ_ALL)
		reads = input->reads;
	while (reads && read_one(*fd))
		reads--;
	if (input->action == READ_ALL && !reads)
		totals.broken = "an answer without an end";
	if (input->action != READ_CLOSE)
		return;
	close(*fd);
	*fd = nl_open(1 << 20);
	totals.closed++;
	if (*fd < 0)
		totals.broken = "no further socket";
}

void run_input(const struct input *input)
{
	const struct nl_request *datagram = &input->datagram;

	totals.inputs++;
	totals.messages += count_messages(datagram) ?: 1;
	/* What the protocol itself rejects is not of interest. */
	send(sockets[input->socket % SOCKETS], datagram->data, datagram->len,
	     MSG_DONTWAIT);
	answer(input);
}
