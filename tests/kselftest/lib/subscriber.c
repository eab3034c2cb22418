// SPDX-License-Identifier: GPL-2.0
/*
 * See subscriber.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "subscriber.h"

/* A member from now on. Returns 0 or an errno. */
int subscriber_open(struct subscriber *subscriber, int receive_buffer)
{
	int group;

	memset(subscriber, 0, sizeof(*subscriber));
	subscriber->fd = nl_open(receive_buffer);
	if (subscriber->fd < 0)
		return errno;
	group = nl_resolve_group(subscriber->fd, VDEV_FAMILY_NAME,
				 VDEV_MCGRP_MONITOR);
	if (group > 0 &&
	    !setsockopt(subscriber->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
			&group, sizeof(group)) &&
	    !fcntl(subscriber->fd, F_SETFL, O_NONBLOCK))
		return 0;
	group = group < 0 ? -group : errno;
	subscriber_close(subscriber);
	return group;
}

void subscriber_close(struct subscriber *subscriber)
{
	close(subscriber->fd);
	subscriber->fd = -1;
}

/**
 * struct reading - one read
 * @subscriber: whose
 * @fn: called for the event
 * @arg: its argument
 * @err: what is wrong with the event, or 0
 */
struct reading {
	struct subscriber *subscriber;
	nl_message_fn *fn;
	void *arg;
	int err;
};

static void read_event(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *generation = nl_find(message, VDEV_A_GENERATION);
	struct reading *reading = (struct reading *)arg;
	struct subscriber *subscriber = reading->subscriber;
	uint64_t number = generation ? nl_get_uint(generation) : 0;

	subscriber->events++;
	if (subscriber->lost)
		return;
	if (subscriber->last && number != subscriber->last + 1)
		reading->err = EILSEQ;
	subscriber->last = number;
	if (reading->fn)
		reading->fn(message, reading->arg);
}

/*
 * Read one event. Returns 0; EAGAIN if there is none; ENOBUFS if the kernel
 * reports a loss, after which @last is not known, and what is left is passed
 * over; EILSEQ if an event is missing before this one, and the kernel did not
 * say so; or another errno.
 */
int subscriber_read_one(struct subscriber *subscriber, nl_message_fn *fn, void *arg)
{
	struct reading reading = { subscriber, fn, arg, 0 };
	struct nl_reply reply = { };
	int err;

	err = nl_receive_some(subscriber->fd, &reply, read_event, &reading);
	if (err == ENOBUFS) {
		subscriber->losses++;
		subscriber->lost = true;
		subscriber->last = 0;
	} else if (err == EAGAIN) {
		subscriber->lost = false;
	}
	return err ? err : reading.err;
}

/* Read until nothing is left. Returns 0, or the first errno but EAGAIN. */
int subscriber_read_all(struct subscriber *subscriber, nl_message_fn *fn, void *arg)
{
	int err, first = 0;

	while ((err = subscriber_read_one(subscriber, fn, arg)) != EAGAIN) {
		first = first ? first : err;
		if (err && err != ENOBUFS && err != EILSEQ)
			break;
	}
	return first;
}
