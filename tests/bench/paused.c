// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: paused KIND NUMBER CGROUP
 *
 * What a socket holds on which a process without privilege, in that cgroup, has
 * begun a read of that kind (see reads.c) and receives nothing. The sockets are
 * there before the first is measured, and so are not counted. One line "NAME=VALUE
 * ...", all in KiB for each socket: system is what the system has less of free
 * memory, charged what the cgroup has more in use, buffered what counts against
 * the receive buffer of the socket.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/sock_diag.h>

#include "bench.h"
#include "reads.h"

#define NUMBER_MAX	10000

/**
 * struct memory - what is in use at one moment, in KiB
 * @free: free in the system, also where a processor keeps it for itself
 * @charged: charged to the cgroup
 */
struct memory {
	double free;
	double charged;
};

static int fds[NUMBER_MAX];
static int zones, current;

static int open_file(const char *folder, const char *name, int flags)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		die(path);
	return fd;
}

/* All of a file as it is now. */
static const char *content(int fd)
{
	static char text[65536];
	size_t len = 0;
	ssize_t got;

	do {
		got = pread(fd, text + len, sizeof(text) - 1 - len, len);
		if (got < 0)
			die("read");
		len += got;
	} while (got);
	text[len] = '\0';
	return text;
}

static void enter(const char *cgroup)
{
	int procs = open_file(cgroup, "cgroup.procs", O_WRONLY);

	if (dprintf(procs, "%d\n", getpid()) < 0)
		die("cgroup.procs");
	close(procs);
}

/* MemFree does not count the pages that a processor keeps for itself. */
static double free_kib(void)
{
	unsigned long pages = 0, number;
	const char *line;

	for (line = content(zones); line; line = strchr(line + 1, '\n'))
		if (sscanf(line, " pages free %lu", &number) == 1 ||
		    sscanf(line, " count: %lu", &number) == 1)
			pages += number;
	return pages * (sysconf(_SC_PAGESIZE) / 1024.0);
}

static struct memory memory_now(void)
{
	return (struct memory) {
		.free = free_kib(),
		.charged = strtod(content(current), NULL) / 1024,
	};
}

static double buffered_kib(int number)
{
	uint32_t meminfo[SK_MEMINFO_VARS];
	socklen_t len;
	double sum = 0;
	int i;

	for (i = 0; i < number; i++) {
		len = sizeof(meminfo);
		if (getsockopt(fds[i], SOL_SOCKET, SO_MEMINFO, meminfo, &len))
			die("SO_MEMINFO");
		sum += meminfo[SK_MEMINFO_RMEM_ALLOC];
	}
	return sum / 1024;
}

static void open_sockets(int number)
{
	int i;

	for (i = 0; i < number; i++) {
		fds[i] = nl_open(0);
		if (fds[i] < 0)
			die("socket");
	}
}

static void begin_reads(int number)
{
	int i;

	for (i = 0; i < number; i++)
		if (nl_send(fds[i], &request))
			die("request");
}

static void measure(const char *read, int number)
{
	struct memory before, after;
	int fd;

	fd = open_read(read);
	open_sockets(number);
	/* Once, so that what the first request needs is there. */
	if (nl_send(fd, &request))
		die("request");
	memory_now();
	before = memory_now();
	begin_reads(number);
	after = memory_now();
	printf("system=%.1f charged=%.1f buffered=%.1f\n",
	       (before.free - after.free) / number,
	       (after.charged - before.charged) / number,
	       buffered_kib(number) / number);
}

int main(int argc, char **argv)
{
	struct rlimit files = { NUMBER_MAX + 20, NUMBER_MAX + 20 };
	int number = argc == 4 ? atoi(argv[2]) : 0;

	if (number < 1 || number > NUMBER_MAX) {
		fprintf(stderr, "paused: wrong words\n");
		return 2;
	}
	zones = open_file("/proc", "zoneinfo", O_RDONLY);
	current = open_file(argv[3], "memory.current", O_RDONLY);
	enter(argv[3]);
	if (setrlimit(RLIMIT_NOFILE, &files))
		die("limit of files");
	drop_privilege();
	measure(argv[1], number);
	return 0;
}
