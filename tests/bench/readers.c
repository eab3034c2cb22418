// SPDX-License-Identifier: GPL-2.0
/*
 * Processes without privilege that repeat one request as fast as they can, or that
 * use the processor and nothing else. They are in the session of the process that starts
 * them, and so share the processors with it one by one.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "reads.h"

/* Until each reader has its first answer; in microseconds. */
#define START_STEP	10000
#define START_MAX	180000000

static void spin(volatile unsigned long *answered)
{
	for (;;)
		++*answered;
}

static void end_of_read(const struct nl_reply *reply, const char *read)
{
	/* What a reader meanwhile cannot be answered says nothing of a writer. */
	errno = reply->error;
	if (reply->error && reply->error != ENOMEM && reply->error != ENOBUFS)
		die(read);
}

static void repeat(const char *read, volatile unsigned long *answered)
{
	int fd = open_read(read);
	bool dump = request.header.nlmsg_flags & NLM_F_DUMP;

	for (;;) {
		struct nl_reply reply = { };

		if (nl_send(fd, &request))
			die(read);
		do {
			errno = nl_receive_some(fd, &reply, NULL, NULL);
			if (errno)
				die(read);
			++*answered;
		} while (dump && !reply.ended);
		end_of_read(&reply, read);
	}
}

static void reader(const char *read, volatile unsigned long *answered)
{
	const struct sched_param ordinary = { };

	sched_setscheduler(0, SCHED_OTHER, &ordinary);
	drop_privilege();
	/* After that, which forgets it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!strcmp(read, "spin"))
		spin(answered);
	repeat(read, answered);
}

static bool all_answered(const struct readers *readers)
{
	int i;

	for (i = 0; i < readers->number; i++)
		if (!readers->answered[i])
			return false;
	return true;
}

/* Each has had an answer when this returns. */
void readers_start(struct readers *readers, const char *read, int number)
{
	size_t size = number * sizeof(*readers->answered) + 1;
	long waited = 0;
	int i;

	readers->number = number;
	readers->pids = calloc(number + 1, sizeof(*readers->pids));
	readers->answered = mmap(NULL, size, PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!readers->pids || readers->answered == MAP_FAILED)
		die("memory");
	for (i = 0; i < number; i++) {
		readers->pids[i] = fork();
		if (readers->pids[i] < 0)
			die("fork");
		if (!readers->pids[i])
			reader(read, &readers->answered[i]);
	}
	for (; !all_answered(readers); waited += START_STEP) {
		errno = ETIMEDOUT;
		if (waited > START_MAX || waitpid(-1, NULL, WNOHANG) > 0)
			die("a reader is not answered");
		usleep(START_STEP);
	}
}

/* The sum of what all have received so far. */
unsigned long readers_answered(const struct readers *readers)
{
	unsigned long sum = 0;
	int i;

	for (i = 0; i < readers->number; i++)
		sum += readers->answered[i];
	return sum;
}

void readers_stop(struct readers *readers)
{
	int i, status;

	for (i = 0; i < readers->number; i++)
		kill(readers->pids[i], SIGKILL);
	for (i = 0; i < readers->number; i++)
		if (waitpid(readers->pids[i], &status, 0) < 0 || !WIFSIGNALED(status))
			die("a reader ended by itself");
	free(readers->pids);
}
