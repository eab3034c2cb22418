// SPDX-License-Identifier: GPL-2.0
/*
 * What was measured, one for each round, and what is printed of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "times.h"

double times[ROUNDS_MAX];

double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	const double *left = (const double *)a, *right = (const double *)b;

	return (*left > *right) - (*left < *right);
}

void sort_times(double *series, int rounds)
{
	qsort(series, rounds, sizeof(series[0]), compare);
}

void print_series(const char *name, double *series, int rounds, double by)
{
	sort_times(series, rounds);
	printf("%smin=%.1f %smedian=%.1f", name, series[0] / by, name,
	       series[rounds / 2] / by);
}

void print_times(int rounds, double by)
{
	print_series("", times, rounds, by);
}

int rounds_of(const char *text)
{
	int rounds = atoi(text);

	return rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
}
