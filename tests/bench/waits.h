/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For how long a process waited for locks, and otherwise slept, out of the kernel's
 * trace.
 */
#ifndef _TESTS_BENCH_WAITS_H
#define _TESTS_BENCH_WAITS_H

#include <stdbool.h>

/**
 * struct wait - one wait; times in nanoseconds, those of now()
 * @begin: when it began
 * @whole: until it was over
 * @queued: what of it the process could run, and waited for a processor
 * @is_lock: whether it was for a lock, or any other sleep
 * @what: kind of lock, as the trace names it
 * @where: the functions that waited, innermost first, with < between them
 */
struct wait {
	double begin;
	double whole;
	double queued;
	bool is_lock;
	char what[32];
	char where[200];
};

typedef void wait_fn(const struct wait *wait, void *arg);

void waits_prepare(void);
void waits_begin(void);
void waits_end(wait_fn *fn, void *arg);

#endif /* _TESTS_BENCH_WAITS_H */
