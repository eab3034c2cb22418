/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests that cost the kernel much and need no privilege, and the processes that
 * repeat them.
 */
#ifndef _TESTS_BENCH_READS_H
#define _TESTS_BENCH_READS_H

#include <sys/types.h>

/* A process without privileges is this user and group: nobody. */
#define UNPRIVILEGED	65534

/* The device that is the target of a check. */
#define TARGET_BUS	"sim"
#define TARGET_NAME	"own0"

/* reads.c */
int open_read(const char *read);
void drop_privilege(void);

/**
 * struct readers - processes that repeat one request
 * @number: how many there are
 * @pids: which they are
 * @answered: for each, how many datagrams it has received
 */
struct readers {
	int number;
	pid_t *pids;
	volatile unsigned long *answered;
};

/* readers.c */
void readers_start(struct readers *readers, const char *read, int number);
unsigned long readers_answered(const struct readers *readers);
void readers_stop(struct readers *readers);

#endif /* _TESTS_BENCH_READS_H */
