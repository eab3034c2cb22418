// SPDX-License-Identifier: GPL-2.0
/*
 * What a change costs who makes it, with nobody or somebody listening.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "lib/subscriber.h"

#define LISTENERS_MAX	1000
/* Changes of one round: what the default buffer of a socket has room for. */
#define CHANGES		40

static struct subscriber subscribers[LISTENERS_MAX];

/* The same device, reported differently each time. */
static void fill_in(char *lines, size_t room, const char *device, int round)
{
	size_t len = 0;
	int i;

	for (i = 0; i < CHANGES; i++)
		len += snprintf(lines + len, room - len,
				"dev set %s param=mtu,value=u64:%d\n", device,
				1000 + (round + i) % 2);
}

static void check_heard(struct subscriber *subscriber, int round)
{
	if (subscriber_read_all(subscriber, NULL, NULL) ||
	    subscriber->events != CHANGES * (round + 1U))
		die("a subscriber did not get each change");
}

/* LISTENERS ROUNDS DEVICE: what they do with the events is not counted. */
int cmd_change(int argc, char **argv)
{
	static char lines[CHANGES * 128];
	int number, rounds, round, i, fd = open(CONTROL, O_WRONLY);

	if (argc != 3)
		return 1;
	number = atoi(argv[0]);
	rounds = rounds_of(argv[1]);
	for (i = 0; i < number && i < LISTENERS_MAX; i++)
		if (subscriber_open(&subscribers[i], 0))
			die("group");
	for (round = 0; round < rounds; round++) {
		fill_in(lines, sizeof(lines), argv[2], round * CHANGES);
		times[round] = now();
		if (write(fd, lines, strlen(lines)) < 0)
			die(argv[2]);
		times[round] = now() - times[round];
		for (i = 0; i < number; i++)
			check_heard(&subscribers[i], round);
	}
	print_times(rounds, CHANGES);
	printf("\n");
	return 0;
}
