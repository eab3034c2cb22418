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

void print_times(int rounds, double by)
{
	qsort(times, rounds, sizeof(times[0]), compare);
	printf("min=%.1f median=%.1f", times[0] / by, times[rounds / 2] / by);
}

int rounds_of(const char *text)
{
	int rounds = atoi(text);

	return rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
}
