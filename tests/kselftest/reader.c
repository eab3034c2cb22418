// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: reader quiet|change|window PREFIX DEVICES DUMPS
 *
 * Dump all devices again and again, with a small receive buffer, while a child
 * changes those of the simulator whose names are PREFIX and a number; at first
 * they are DEVICES, numbered from 0. A dump that is not
 * marked as interrupted must equal a state that existed:
 *
 * quiet	nothing changes: no dump may be marked
 * change	each step gives one number to all devices, oldest first: at any
 *		time some first ones have it, all others have the one before
 * window	each step adds the next device and removes the oldest one: at
 *		any time the numbers in their names have no gap
 *
 * The child is left alone with its steps before some dumps, and has done them before or in
 * the middle of others, so that some dumps are whole and some interrupted however processes
 * are scheduled.
 *
 * Prints what was seen, and fails with the reason on stderr.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "lib/nl.h"
#include "lib/sim.h"

#define DEVICES_MAX	100000
#define STEPS		2	/* in the time of one dump */

/* When the child does its steps, for one dump after the other. */
enum when {
	WHEN_NEVER,
	WHEN_ANY_TIME,
	WHEN_AFTER_FIRST_MESSAGE,
	WHEN_COUNT,
};

/**
 * struct seen - one dump
 * @prefix: of the names that are looked at
 * @last_id: the highest id so far
 * @disorder: messages whose id was not higher than the one before
 * @snapshot: of the first message
 * @snapshots: messages whose snapshot is another one
 * @future: messages of a generation after their snapshot
 * @devices: how many names with the prefix
 * @numbers: their numbers, in the order of the dump
 * @values: the numbers that they were given
 */
struct seen {
	const char *prefix;
	uint32_t last_id;
	unsigned int disorder;
	uint64_t snapshot;
	unsigned int snapshots;
	unsigned int future;
	unsigned int devices;
	unsigned int numbers[DEVICES_MAX];
	unsigned int values[DEVICES_MAX];
};

static struct seen seen;

/**
 * struct child - who changes the devices
 * @commands: each byte asks for that many steps
 * @done: each byte says that those of one command are done
 * @behind: commands that it has not said this of
 * @waits: the dump's first message is still to be read, and then steps are to be done
 */
struct child {
	int commands;
	int done;
	unsigned int behind;
	bool waits;
};

static void look_at_device(const struct nlmsghdr *message)
{
	const struct nlattr *name = nl_find(message, VDEV_A_NAME);
	const struct nlattr *cost = nl_find(message, VDEV_A_COST);
	size_t len = strlen(seen.prefix);
	const struct nlattr *value;

	if (!name || strncmp(nl_data(name), seen.prefix, len))
		return;
	if (seen.devices == DEVICES_MAX)
		return;
	value = cost ? nl_find_in(cost, VDEV_A_COST_DOWNTIME) : NULL;
	seen.numbers[seen.devices] =
		strtoul((const char *)nl_data(name) + len, NULL, 10);
	seen.values[seen.devices] = value ? nl_get_uint(value) : 0;
	seen.devices++;
}

static bool child_starts(struct child *child)
{
	const unsigned char steps = STEPS;

	child->behind++;
	return write(child->commands, &steps, 1) == 1;
}

static bool child_catches_up(struct child *child)
{
	unsigned char byte;

	while (child->behind && read(child->done, &byte, 1) == 1)
		child->behind--;
	return !child->behind;
}

/* A child that is gone stays behind, which is found before the next dump. */
static void steps_in_dump(struct child *child)
{
	if (!child->waits)
		return;
	child->waits = false;
	if (child_starts(child))
		child_catches_up(child);
}

static void look(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *generation = nl_find(message, VDEV_A_GENERATION);
	const struct nlattr *snapshot = nl_find(message, VDEV_A_SNAPSHOT);
	const struct nlattr *id = nl_find(message, VDEV_A_ID);

	steps_in_dump(arg);
	if (!generation || !snapshot || !id || nl_get_u32(id) <= seen.last_id) {
		seen.disorder++;
		return;
	}
	seen.last_id = nl_get_u32(id);
	if (!seen.snapshot)
		seen.snapshot = nl_get_uint(snapshot);
	if (seen.snapshot != nl_get_uint(snapshot))
		seen.snapshots++;
	if (nl_get_uint(generation) > nl_get_uint(snapshot))
		seen.future++;
	look_at_device(message);
}

__attribute__((format(printf, 1, 2)))
static int fail(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "reader: ");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n");
	return -1;
}

static int dump(int fd, int family, const char *prefix, struct child *child,
		struct nl_reply *reply)
{
	static struct nl_request request;
	int err;

	memset(&seen, 0, offsetof(struct seen, numbers));
	seen.prefix = prefix;
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_DEV_GET);
	err = nl_ask(fd, &request, reply, look, child);
	if (err || reply->error)
		return fail("a dump ends with errno %u", err ?: reply->error);
	return 0;
}

/* What holds for every dump, interrupted or not. */
static int check_always(uint64_t *snapshot)
{
	if (seen.disorder)
		return fail("%u ids are not in order or come twice", seen.disorder);
	if (seen.future)
		return fail("%u generations lie after their snapshot", seen.future);
	if (seen.snapshot < *snapshot)
		return fail("the snapshot goes back by %u",
			    (unsigned int)(*snapshot - seen.snapshot));
	*snapshot = seen.snapshot;
	return 0;
}

static bool is_step(void)
{
	unsigned int i, falls = 0;

	for (i = 1; i < seen.devices; i++) {
		if (seen.values[i] == seen.values[i - 1])
			continue;
		if (seen.values[i] + 1 != seen.values[i - 1] || falls++)
			return false;
	}
	return true;
}

static bool is_gapless(void)
{
	unsigned int i;

	for (i = 1; i < seen.devices; i++)
		if (seen.numbers[i] != seen.numbers[i - 1] + 1)
			return false;
	return true;
}

/* Did this state ever exist? */
static bool existed(const char *mode, unsigned int devices)
{
	if (!strcmp(mode, "window"))
		return is_gapless() && (seen.devices == devices ||
					seen.devices == devices + 1);
	return is_step() && seen.devices == devices;
}

static int step(const char *mode, const char *prefix, unsigned int devices,
		unsigned int number)
{
	if (!strcmp(mode, "change"))
		return sim_do("dev set %s* cost=1,downtime=%u", prefix, number);
	return sim_do("dev add %s%u", prefix, devices + number - 1) ?:
	       sim_do("dev del %s%u", prefix, number - 1);
}

/* The child: for each byte from the reader, that many steps. */
static int change(const struct child *self, const char *mode, const char *prefix,
		  unsigned int devices)
{
	unsigned char command, steps;
	unsigned int number = 0;

	while (read(self->commands, &command, 1) == 1) {
		for (steps = command; steps; steps--) {
			number++;
			if (step(mode, prefix, devices, number))
				return -fail("step %u is rejected", number);
		}
		if (write(self->done, &command, 1) != 1)
			return 0;
	}
	return 0;
}

static int check_mark(unsigned int number, enum when when, bool interrupted)
{
	if (when == WHEN_NEVER && interrupted)
		return fail("dump %u is marked as interrupted although nothing changed",
			    number);
	if (when == WHEN_AFTER_FIRST_MESSAGE && !interrupted)
		return fail("dump %u is not marked although devices changed", number);
	return 0;
}

static bool child_before_dump(struct child *child, enum when when)
{
	child->waits = when == WHEN_AFTER_FIRST_MESSAGE;
	if (when == WHEN_ANY_TIME)
		return child_starts(child);
	return child_catches_up(child);
}

static int read_dumps(struct child *child, const char *mode, const char *prefix,
		      unsigned int devices, unsigned int dumps)
{
	unsigned int whole = 0, interrupted = 0, mixed = 0, i;
	bool alone = !strcmp(mode, "quiet");
	int fd = nl_open(4096), family;
	enum when when;
	struct nl_reply reply;
	uint64_t snapshot = 0;

	family = fd < 0 ? -1 : nl_resolve(fd, VDEV_FAMILY_NAME);
	if (family < 0)
		return fail("there is no family (%u)", -family);
	for (i = 0; i < dumps; i++) {
		when = alone ? WHEN_NEVER : i % WHEN_COUNT;
		if (!child_before_dump(child, when))
			return fail("dump %u: the child is gone", i);
		if (dump(fd, family, prefix, child, &reply) ||
		    check_always(&snapshot) || check_mark(i, when, reply.interrupted))
			return -1;
		if (reply.interrupted) {
			interrupted++;
			mixed += !existed(mode, devices);
			continue;
		}
		whole++;
		if (seen.snapshots)
			return fail("dump %u has several snapshots", i);
		if (!existed(mode, devices))
			return fail("dump %u shows a state that never was", i);
	}
	printf("%u dumps are whole, %u interrupted, %u of those mixed\n", whole,
	       interrupted, mixed);
	return 0;
}

/* On a slow kernel it has steps left to take, which nobody would see. */
static int end_child(pid_t child)
{
	int status = 0;

	kill(child, SIGTERM);
	if (waitpid(child, &status, 0) != child)
		return fail("waitpid: errno %u", errno);
	if (status && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM))
		return fail("the child ends with status %#x", status);
	return 0;
}

static pid_t child_fork(struct child *child, const char *mode, const char *prefix,
			unsigned int devices)
{
	int commands[2], done[2];
	struct child self;
	pid_t pid;

	if (pipe(commands) || pipe(done))
		return fail("pipe: errno %u", errno);
	self = (struct child){ .commands = commands[0], .done = done[1] };
	*child = (struct child){ .commands = commands[1], .done = done[0] };
	pid = fork();
	if (!pid) {
		alarm(NL_PATIENCE * 10);
		close(child->commands);
		_exit(change(&self, mode, prefix, devices));
	}
	close(self.commands);
	close(self.done);
	return pid;
}

static int run(const char *mode, const char *prefix, unsigned int devices,
	       unsigned int dumps)
{
	struct child child = { .commands = -1 };
	pid_t pid = 0;
	int err;

	signal(SIGPIPE, SIG_IGN);
	if (strcmp(mode, "quiet"))
		pid = child_fork(&child, mode, prefix, devices);
	if (pid < 0)
		return -1;
	err = read_dumps(&child, mode, prefix, devices, dumps);
	if (pid && end_child(pid))
		return -1;
	return err;
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "Usage: reader quiet|change|window PREFIX DEVICES DUMPS\n");
		return 1;
	}
	alarm(NL_PATIENCE * 10);
	return run(argv[1], argv[2], atoi(argv[3]), atoi(argv[4])) ? 1 : 0;
}
