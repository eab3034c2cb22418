// SPDX-License-Identifier: GPL-2.0
/*
 * What a program takes from its start to its end: time, processor time and memory.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

static double cpu[ROUNDS_MAX];

/* It has no input, and nobody reads what it prints. */
static void run(char **argv, struct rusage *usage)
{
	int status, null;
	pid_t child = fork();

	if (!child) {
		null = open("/dev/null", O_RDWR);
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (wait4(child, &status, 0, usage) != child || status)
		die(argv[0]);
}

int cmd_memory(int argc, char **argv)
{
	struct rusage usage;

	if (argc < 1)
		return 1;
	run(argv, &usage);
	printf("kib=%ld\n", usage.ru_maxrss);
	return 0;
}

static double nanoseconds(const struct timeval *time)
{
	return time->tv_sec * 1e9 + time->tv_usec * 1e3;
}

int cmd_program(int argc, char **argv)
{
	struct rusage usage = { };
	long kib = 0;
	int rounds, i;

	if (argc < 2)
		return 1;
	rounds = rounds_of(argv[0]);
	/* Once before, so that all of it is in the page cache. */
	run(argv + 1, &usage);
	for (i = 0; i < rounds; i++) {
		times[i] = now();
		run(argv + 1, &usage);
		times[i] = now() - times[i];
		cpu[i] = nanoseconds(&usage.ru_utime) + nanoseconds(&usage.ru_stime);
		if (usage.ru_maxrss > kib)
			kib = usage.ru_maxrss;
	}
	print_times(rounds, 1);
	printf(" ");
	print_series("cpu-", cpu, rounds, 1);
	printf(" kib=%ld\n", kib);
	return 0;
}
