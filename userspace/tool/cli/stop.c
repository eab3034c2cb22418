// SPDX-License-Identifier: GPL-2.0
/*
 * SIGINT and SIGTERM write to a pipe that is polled. One that comes just before a
 * write that waits for a slow reader is not seen by it; so an alarm follows, again
 * and again, which ends whatever waits.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "stop.h"

static volatile sig_atomic_t wanted;
static int pipe_fds[2] = { -1, -1 };

static void note(int signal)
{
	int saved = errno;

	(void)signal;
	/* Full means that it was noted before. */
	if (!wanted && write(pipe_fds[1], "", 1) < 0)
		errno = saved;
	wanted = 1;
	alarm(1);
	errno = saved;
}

void stop_prepare(void)
{
	struct sigaction action = { .sa_handler = note };

	/* By an earlier command of a batch. */
	if (pipe_fds[0] >= 0)
		return;
	if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK))
		pipe_fds[0] = -1;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGALRM, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

bool stop_wanted(void)
{
	return wanted;
}

int stop_fd(void)
{
	return pipe_fds[0];
}

bool stop_output_over(int error)
{
	if (error != EPIPE && !wanted)
		return false;
	/* So that nothing is left that closing it would try to write. */
	return freopen("/dev/null", "w", stdout);
}
