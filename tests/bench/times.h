/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was measured, one for each round.
 */
#ifndef _TESTS_BENCH_TIMES_H
#define _TESTS_BENCH_TIMES_H

#define ROUNDS_MAX	1000

/* What was measured, one for each round. */
extern double times[ROUNDS_MAX];

/* In nanoseconds. */
double now(void);
/* Sort them: then the first is the smallest, and the one in the middle the median. */
void sort_times(double *series, int rounds);
/* Print the smallest and the median of what was measured, each through @by. */
void print_times(int rounds, double by);
/* The same of another series, whose figures have a name before theirs. */
void print_series(const char *name, double *series, int rounds, double by);
/* A number of rounds that there is room for. */
int rounds_of(const char *text);

#endif /* _TESTS_BENCH_TIMES_H */
