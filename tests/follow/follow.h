/* SPDX-License-Identifier: GPL-2.0 */
/* What the coordinator, the writer and the followers have in common. */
#ifndef FOLLOW_H
#define FOLLOW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "lib/random.h"

#define FOLLOWERS_MAX	4
/* Nobody takes longer to catch up, not even in a debug guest; in seconds. */
#define PATIENCE	240

enum sabotage {
	SABOTAGE_NONE,
	/* An event is missed, comes twice or from nowhere, or is not applied. */
	SABOTAGE_MISS,
	SABOTAGE_TWICE,
	SABOTAGE_INVENT,
	SABOTAGE_FORGET,
};

/**
 * struct follower - a process that follows, and what it reports
 * @pid: the process
 * @buffer: its receive buffer in bytes; 0 for the default
 * @lazy: it pauses now and then, for up to so many microseconds, so that a small
 *	buffer overruns; 0: it does not
 * @migratable: it follows only what can be migrated
 * @checked: the last quiet point at which it was right
 * @reached: the generation up to which it knows all
 * @catching_up: it is between a loss and the end of the differences
 * @events: events that it got from the kernel
 * @resyncs: steps that it found by a dump
 * @overruns: losses that were reported to it
 * @reloads: how often the family went
 */
struct follower {
	int pid;
	unsigned long buffer;
	unsigned long lazy;
	bool migratable;
	atomic_uint checked;
	atomic_ullong reached;
	atomic_bool catching_up;
	atomic_ullong events;
	atomic_ullong resyncs;
	atomic_ullong overruns;
	atomic_ullong reloads;
};

/**
 * struct shared - memory of all processes
 * @quiet: number of the last quiet point; followers compare when it changes
 * @generation: of the family at that point
 * @family: number of the family at that point
 * @stop: all is done
 * @failed: somebody has written a verdict
 * @verdict: what was wrong
 * @followers: those who follow
 */
struct shared {
	atomic_uint quiet;
	atomic_ullong generation;
	atomic_uint family;
	atomic_bool stop;
	atomic_bool failed;
	char verdict[256];
	struct follower followers[FOLLOWERS_MAX];
};

extern struct shared *shared;
extern enum sabotage sabotage;

/* The first verdict counts. Returns -1. */
__attribute__((format(printf, 1, 2))) int fail(const char *format, ...);

/* The life of a follower; returns 0, or -1 after a verdict. */
int follower_run(struct follower *me);

/* writer.c: parents and what stays; then some changes at random. */
int writer_begin(void);
int writer_change(struct random *random);

#endif /* FOLLOW_H */
