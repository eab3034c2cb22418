/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A member of the family's group, who knows up to which generation it was told
 * everything.
 */
#ifndef _TESTS_LISTEN_H
#define _TESTS_LISTEN_H

#include "nl.h"

/**
 * struct listener - a socket in the group
 * @fd: the socket, whose reads do not wait; -1 if there is none
 * @last: generation up to which everything was told; 0 if none is known
 * @lost: the kernel told of a loss, and not all that was left then is read
 * @events: how many were read
 * @losses: how many losses the kernel told of
 */
struct listener {
	int fd;
	uint64_t last;
	bool lost;
	unsigned int events;
	unsigned int losses;
};

int listen_open(struct listener *listener, int receive_buffer);
void listen_close(struct listener *listener);
int listen_one(struct listener *listener, nl_message_fn *fn, void *arg);
int listen_all(struct listener *listener, nl_message_fn *fn, void *arg);

#endif /* _TESTS_LISTEN_H */
