// SPDX-License-Identifier: GPL-2.0
/* The alarm of the process: nothing else of the tool uses it. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "deadline.h"

static const char *late_text;
static volatile sig_atomic_t late_status;

static void come_late(int signal)
{
	ssize_t len = write(STDERR_FILENO, late_text, strlen(late_text));

	(void)signal;
	(void)len;
	_exit(late_status);
}

/* Whoever started this process may have blocked the signal. */
void deadline_begin(unsigned int seconds, const char *text, int status)
{
	struct sigaction action = { .sa_handler = come_late };
	sigset_t set;

	late_text = text;
	late_status = status;
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigaction(SIGALRM, &action, NULL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	alarm(seconds);
}

void deadline_set_status(int status)
{
	late_status = status;
}

void deadline_end(void)
{
	alarm(0);
}
