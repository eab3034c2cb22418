/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A member of the family's group, which knows up to which generation it has all events.
 */
#ifndef _TESTS_SUBSCRIBER_H
#define _TESTS_SUBSCRIBER_H

#include "nl.h"

/**
 * struct subscriber - a socket in the group
 * @fd: the socket, whose reads do not wait; -1 if there is none
 * @last: generation up to which it has all events; 0 if none is known
 * @lost: the kernel reported a loss, and not all that was left then is read
 * @events: how many were read
 * @losses: how many losses the kernel reported
 */
struct subscriber {
	int fd;
	uint64_t last;
	bool lost;
	unsigned int events;
	unsigned int losses;
};

int subscriber_open(struct subscriber *subscriber, int receive_buffer);
void subscriber_close(struct subscriber *subscriber);
int subscriber_read_one(struct subscriber *subscriber, nl_message_fn *fn, void *arg);
int subscriber_read_all(struct subscriber *subscriber, nl_message_fn *fn, void *arg);

#endif /* _TESTS_SUBSCRIBER_H */
