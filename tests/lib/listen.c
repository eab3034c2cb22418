// SPDX-License-Identifier: GPL-2.0
/*
 * See listen.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "listen.h"

/* A member from now on. Returns 0 or an errno. */
int listen_open(struct listener *listener, int receive_buffer)
{
	int group;

	memset(listener, 0, sizeof(*listener));
	listener->fd = nl_open(receive_buffer);
	if (listener->fd < 0)
		return errno;
	group = nl_resolve_group(listener->fd, VDEV_FAMILY_NAME,
				 VDEV_MCGRP_MONITOR);
	if (group > 0 &&
	    !setsockopt(listener->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
			&group, sizeof(group)) &&
	    !fcntl(listener->fd, F_SETFL, O_NONBLOCK))
		return 0;
	group = group < 0 ? -group : errno;
	listen_close(listener);
	return group;
}

void listen_close(struct listener *listener)
{
	close(listener->fd);
	listener->fd = -1;
}

/**
 * struct reading - one read
 * @listener: whose
 * @fn: called for the event
 * @arg: its argument
 * @err: what is wrong with the event, or 0
 */
struct reading {
	struct listener *listener;
	nl_message_fn *fn;
	void *arg;
	int err;
};

static void read_event(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *generation = nl_find(message, VDEV_A_GENERATION);
	struct reading *reading = (struct reading *)arg;
	struct listener *listener = reading->listener;
	uint64_t number = generation ? nl_get_uint(generation) : 0;

	listener->events++;
	if (listener->lost)
		return;
	if (listener->last && number != listener->last + 1)
		reading->err = EILSEQ;
	listener->last = number;
	if (reading->fn)
		reading->fn(message, reading->arg);
}

/*
 * Read one event. Returns 0; EAGAIN if there is none; ENOBUFS if the kernel
 * tells of a loss, after which @last is not known, and what is left is passed
 * over; EILSEQ if an event is missing before this one, and the kernel did not
 * say so; or another errno.
 */
int listen_one(struct listener *listener, nl_message_fn *fn, void *arg)
{
	struct reading reading = { listener, fn, arg, 0 };
	struct nl_reply reply = { };
	int err;

	err = nl_receive_some(listener->fd, &reply, read_event, &reading);
	if (err == ENOBUFS) {
		listener->losses++;
		listener->lost = true;
		listener->last = 0;
	} else if (err == EAGAIN) {
		listener->lost = false;
	}
	return err ? err : reading.err;
}

/* Read until nothing is left. Returns 0, or the first errno but EAGAIN. */
int listen_all(struct listener *listener, nl_message_fn *fn, void *arg)
{
	int err, first = 0;

	while ((err = listen_one(listener, fn, arg)) != EAGAIN) {
		first = first ? first : err;
		if (err && err != ENOBUFS && err != EILSEQ)
			break;
	}
	return first;
}
