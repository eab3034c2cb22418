// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: fault [-u UNDO] [-n MOST] write FILE TEXT
 *	  fault ... insmod FILE
 *	  fault ... get|get-absent dev BUS NAME | type PARENT-BUS PARENT NAME
 *	  fault ... dump dev|type [PARENT-BUS PARENT]
 *	  fault ... check|find local|record BUS NAME [BUS NAME]
 *	  fault ... profile-set NAME DRIVER MODEL | profile-del|profile-get NAME | profile-dump
 *	  fault ... dev-new PARENT TYPE NAME | dev-set NAME VALUE | dev-del NAME
 *	  fault ... type-set PARENT TYPE MOST | type-reset PARENT TYPE | ceiling-dump
 *	  fault ... stats BUS NAME | stats-dump
 *	  fault ... vdpa-add NAME MANAGEMENT-DEVICE
 *
 * Do one operation again and again; the first time its first allocation (or
 * access to the program's memory) in the kernel fails, then its second one,
 * and so on, until it is through without a failure. Each time it must either
 * fail with an errno, and leave nothing behind that readers can see, or do all
 * of it. After a success UNDO, another operation or a command of bash, has to bring back
 * what was before. Somebody subscribes all the time, and gets each change or a loss.
 *
 * Needs CONFIG_FAULT_INJECTION with /proc/thread-self/fail-nth, and failslab
 * set up. Prints how many points there were and what came of them.
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "fault.h"
#include "lib/subscriber.h"

/* Different errnos that are reported. */
#define ERRNOS		134

static const char *undo;
/* Where it is an operation: a program that is started takes a debug kernel a second. */
static struct operation undoing;
static unsigned int most = 5000;
static struct subscriber subscriber = { .fd = -1 };
static volatile sig_atomic_t late;

/**
 * struct tally - what came of the attempts
 * @points: allocations that were made to fail
 * @fine: those that the operation survived
 * @errnos: how often each errno was returned
 */
static struct tally {
	unsigned int points;
	unsigned int fine;
	unsigned int errnos[ERRNOS];
} tally;

int fail(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "fault: ");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n");
	return -1;
}

static bool same(const uint64_t *a, const uint64_t *b)
{
	return !memcmp(a, b, SEEN_DIGESTS * sizeof(*a));
}

/* What was reported is all that has happened, or the kernel reported a loss. */
static int hear(unsigned int number)
{
	int err;

	if (subscriber.fd < 0)
		return 0;
	err = subscriber_read_all(&subscriber, NULL, NULL);
	if (err && err != ENOBUFS)
		return fail("failure %u: an event is missing: %s", number,
			    strerror(err));
	if (!err && snapshot && subscriber.last != snapshot)
		return fail("failure %u: events up to %llu of %llu", number,
			    (unsigned long long)subscriber.last,
			    (unsigned long long)snapshot);
	if (snapshot)
		subscriber.last = snapshot;
	return 0;
}

/* Do it with the failure number @number. */
static int attempt(struct operation *operation, unsigned int number)
{
	int err;

	if (operation->begin(operation) || nth_arm(number))
		return -1;
	err = operation->run(operation);
	nth_disarm();
	operation->end(operation);
	return err == operation->expected ? 0 : err;
}

/* Nothing is made to fail. */
static int run_calmly(struct operation *operation)
{
	int err;

	if (operation->begin(operation))
		return -1;
	err = operation->run(operation);
	operation->end(operation);
	return err;
}

/* As system() does; but only bash keeps functions that are exported. */
static int run_bash(const char *command)
{
	pid_t pid = fork();
	int status = -1;

	if (!pid) {
		execlp("bash", "bash", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return status;
}

static int run_undo(const uint64_t *before, unsigned int number)
{
	uint64_t now[SEEN_DIGESTS];

	if (undo && *undo && (undoing.run ? run_calmly(&undoing) : run_bash(undo)))
		return fail("after failure %u: %s does not work", number, undo);
	if (seen_all(now))
		return -1;
	return same(before, now) ? 0 :
	       fail("after failure %u: it is not as before, even when undone", number);
}

/* One more failure; returns 1 when there are no more. */
static int step(struct operation *operation, unsigned int number,
		const uint64_t *before)
{
	uint64_t after[SEEN_DIGESTS];
	int err;

	err = attempt(operation, number);
	if (err < 0)
		return fail("failure %u: see above", number);
	if (err && !nth_happened)
		return fail("it fails by itself: %s", strerror(err));
	if (err && (seen_all(after) || !same(before, after)))
		return fail("failure %u: %s, but something is seen of it", number,
			    strerror(err));
	tally.points += nth_happened;
	tally.fine += nth_happened && !err;
	if (err)
		tally.errnos[err < ERRNOS ? err : ERRNOS - 1]++;
	if (!err && run_undo(before, number))
		return -1;
	if (hear(number))
		return -1;
	return nth_happened ? 0 : 1;
}

static void report(void)
{
	unsigned int i;

	printf("%u points, survived %u", tally.points, tally.fine);
	for (i = 0; i < ERRNOS; i++)
		if (tally.errnos[i])
			printf(", %s %u", strerrorname_np(i), tally.errnos[i]);
	if (subscriber.events)
		printf(", reported %u changes and %u losses", subscriber.events,
		       subscriber.losses);
	printf("\n");
}

/* Where the family is loaded, and stays. */
static int begin_subscribing(void)
{
	int err = family < 0 ? 0 : subscriber_open(&subscriber, 0);

	if (err)
		return fail("group: %s", strerror(err));
	subscriber.last = snapshot;
	return 0;
}

static int run(struct operation *operation)
{
	uint64_t before[SEEN_DIGESTS];
	unsigned int number;
	int done = seen_all(before) || begin_subscribing() ? -1 : 0;

	for (number = 1; !done && !late && number <= most; number++)
		done = step(operation, number, before);
	report();
	if (!done && late)
		return fail("asked to stop after %u points", number);
	if (!done)
		return fail("more than %u points", most);
	if (done > 0 && !tally.points)
		return fail("nothing was made to fail");
	return done < 0 ? -1 : 0;
}

static void on_term(int unused)
{
	(void)unused;
	late = 1;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_term, .sa_flags = SA_RESTART };
	struct operation operation;
	int option;

	while ((option = getopt(argc, argv, "+u:n:")) != -1) {
		if (option == 'u')
			undo = optarg;
		else if (option == 'n')
			most = strtoul(optarg, NULL, 0);
		else
			return 1;
	}
	if (operation_find(argc - optind, argv + optind, &operation) || nth_open() ||
	    (undo && operation_parse(undo, &undoing)))
		return 1;
	sigaction(SIGTERM, &action, NULL);
	return run(&operation) ? 1 : 0;
}
