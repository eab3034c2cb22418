// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: subscribers NUMBER DEVICE
 *
 * What a change costs the process that makes it, while NUMBER sockets of a process without
 * privilege are in the multicast group and never read: an update of a device of
 * the simulator, and a registration. First while the sockets have room for the
 * events, then when they have none. One line "NAME=VALUE ..."; times in
 * microseconds, the medians. arrived is from the begin of an update until one
 * other subscriber, who reads, has its event.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/sock_diag.h>

#include "bench.h"
#include "lib/subscriber.h"
#include "reads.h"

/* Most sockets there can be. */
#define NUMBER_MAX	20000
/* Changes that are measured; the default buffer has room for twice as many. */
#define CHANGES		40

/* One who reads, and one who does not, to know when there is no room. */
static struct subscriber reader, silent;
static int control;

__attribute__((format(printf, 1, 2)))
static void command(const char *format, ...)
{
	char line[256];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (write(control, line, len) != len)
		die(line);
}

/* Until an event is there, which is read. */
static void await_event(void)
{
	struct pollfd poll_fd = { .fd = reader.fd, .events = POLLIN };
	unsigned int before = reader.events;

	while (reader.events == before) {
		errno = ETIMEDOUT;
		if (poll(&poll_fd, 1, NL_PATIENCE * 1000) == 1)
			errno = subscriber_read_all(&reader, NULL, NULL);
		if (errno)
			die("an event");
	}
}

/* To a value that it has never had. */
static void update(const char *device)
{
	command("dev set %s param=mtu,value=u64:%.0f\n", device, now());
}

static int compare(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static double median(double *values)
{
	qsort(values, CHANGES, sizeof(values[0]), compare);
	return values[CHANGES / 2] / 1000;
}

static void measure_updates(const char *name, const char *device)
{
	double took[CHANGES], arrived[CHANGES], begin;
	int i;

	for (i = 0; i < CHANGES; i++) {
		begin = now();
		update(device);
		took[i] = now() - begin;
		await_event();
		arrived[i] = now() - begin;
	}
	printf("%s-update=%.0f ", name, median(took));
	printf("%s-arrived=%.0f ", name, median(arrived));
}

static void measure_registrations(const char *name)
{
	double took[CHANGES], begin;
	int i;

	for (i = 0; i < CHANGES; i++) {
		begin = now();
		command("dev add subscribed%d info=i,value=u64:1\n", i);
		took[i] = now() - begin;
		await_event();
		command("dev del subscribed%d\n", i);
		await_event();
	}
	printf("%s-register=%.0f\n", name, median(took));
}

static bool is_full(void)
{
	uint32_t meminfo[SK_MEMINFO_VARS];
	socklen_t len = sizeof(meminfo);

	if (getsockopt(silent.fd, SOL_SOCKET, SO_MEMINFO, meminfo, &len))
		die("SO_MEMINFO");
	return meminfo[SK_MEMINFO_DROPS];
}

static void fill(const char *device)
{
	errno = ENOBUFS;
	if (is_full())
		die("the buffers were full too early");
	while (!is_full()) {
		update(device);
		await_event();
	}
}

/* Says in the pipe that all are there, then sleeps until it is killed. */
static void subscribe(int number, int ready)
{
	struct rlimit files = { NUMBER_MAX + 20, NUMBER_MAX + 20 };
	struct subscriber subscriber;
	int i;

	if (setrlimit(RLIMIT_NOFILE, &files))
		die("limit of files");
	drop_privilege();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = 0; i < number; i++) {
		errno = subscriber_open(&subscriber, 0);
		if (errno)
			die("group");
	}
	if (write(ready, "", 1) != 1)
		die("pipe");
	for (;;)
		pause();
}

static pid_t start_subscribers(int number)
{
	int ends[2];
	char byte;
	pid_t pid;

	if (pipe(ends))
		die("pipe");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (!pid)
		subscribe(number, ends[1]);
	close(ends[1]);
	if (read(ends[0], &byte, 1) != 1)
		die("subscribers");
	return pid;
}

int main(int argc, char **argv)
{
	int number = argc == 3 ? atoi(argv[1]) : -1;
	pid_t pid;

	if (number < 0 || number > NUMBER_MAX) {
		fprintf(stderr, "subscribers: wrong words\n");
		return 2;
	}
	control = open(CONTROL, O_WRONLY);
	/* The first to join is the last to be sent an event. */
	errno = subscriber_open(&reader, 0) ?: subscriber_open(&silent, 0);
	if (errno)
		die("group");
	pid = start_subscribers(number);
	measure_updates("room", argv[2]);
	fill(argv[2]);
	measure_updates("full", argv[2]);
	measure_registrations("full");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return 0;
}
