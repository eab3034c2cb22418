// SPDX-License-Identifier: GPL-2.0
/*
 * A thread draws the line, as what takes long may be a call of the library or a file that
 * nobody writes. Signals that end the process go to it while it runs, so that the line is
 * erased first. Its state is guarded by the lock; the depth belongs to the main thread.
 */
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"
#include "terminal.h"

#define FIRST_TICK ((struct timespec){ .tv_sec = 1 })
#define NEXT_TICK ((struct timespec){ .tv_nsec = 200000000 })
/* Have the thread see that it is over. */
#define WAKE SIGUSR1

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned int depth;
static bool running;
static pthread_t thread;
static sigset_t before;

static struct {
	const char *what;
	size_t total;
	size_t done;
	time_t begin;
	bool hidden;
	bool drawn;
	/* What was drawn. */
	char text[128];
	bool over;
} state;

static time_t seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void fill_set(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGQUIT);
	sigaddset(set, SIGTERM);
	sigaddset(set, WAKE);
}

/* What cannot be written there is lost. */
static void put(const char *text, size_t len)
{
	if (write(STDERR_FILENO, text, len) < 0)
		return;
}

static void erase(void)
{
	if (state.drawn)
		put("\r\033[K", 4);
	state.drawn = false;
}

/* In one line of the terminal, however narrow it is, as no more can be erased. */
static void draw(void)
{
	struct winsize size = { 0 };
	char text[sizeof(state.text)], line[sizeof(text) + 8];
	int len;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		size.ws_col = sizeof(text);
	if (state.total)
		snprintf(text, sizeof(text), "%s: %zu of %zu", state.what, state.done, state.total);
	else if (state.done)
		snprintf(text, sizeof(text), "%s: %zu", state.what, state.done);
	else
		snprintf(text, sizeof(text), "%s: %lld s", state.what,
			 (long long)(seconds_now() - state.begin));
	if (state.drawn && strcmp(text, state.text) == 0)
		return;
	memcpy(state.text, text, sizeof(text));
	len = snprintf(line, sizeof(line), "\r%.*s\033[K", size.ws_col - 1, text);
	put(line, (size_t)len);
	state.drawn = true;
}

/* As if it had not been held back. One that does not end the process is handled here. */
static void deliver(int number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	raise(number);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static void *run(void *arg)
{
	struct timespec tick = FIRST_TICK;
	bool over = false;
	sigset_t set;
	int number;

	(void)arg;
	/* What others handle is for the main thread, which may wait for something. */
	sigfillset(&set);
	pthread_sigmask(SIG_SETMASK, &set, NULL);
	fill_set(&set);
	while (!over) {
		number = sigtimedwait(&set, NULL, &tick);
		pthread_mutex_lock(&lock);
		over = state.over;
		if (over || number > 0)
			erase();
		else if (!state.hidden)
			draw();
		pthread_mutex_unlock(&lock);
		if (!over && number > 0)
			deliver(number);
		tick = NEXT_TICK;
	}
	return NULL;
}

static bool is_seen(void)
{
	pid_t foreground;

	if (!isatty(STDERR_FILENO) || !terminal_is_able())
		return false;
	foreground = tcgetpgrp(STDERR_FILENO);
	return foreground < 0 || foreground == getpgrp();
}

/* Without a thread there is no line. */
static void start(void)
{
	sigset_t set;

	fill_set(&set);
	pthread_sigmask(SIG_BLOCK, &set, &before);
	running = pthread_create(&thread, NULL, run, NULL) == 0;
	if (!running)
		pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void progress_begin(const char *what, size_t total)
{
	if (depth++ || !is_seen())
		return;
	state.what = what;
	state.total = total;
	state.done = 0;
	state.begin = seconds_now();
	state.hidden = false;
	state.over = false;
	start();
}

void progress_end(void)
{
	if (--depth || !running)
		return;
	pthread_mutex_lock(&lock);
	state.over = true;
	pthread_mutex_unlock(&lock);
	pthread_kill(thread, WAKE);
	pthread_join(thread, NULL);
	running = false;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void progress_step(void)
{
	/* What is done within it has steps of its own, which do not count. */
	if (!running || depth > 1)
		return;
	pthread_mutex_lock(&lock);
	state.done++;
	state.hidden = false;
	pthread_mutex_unlock(&lock);
}

void progress_pause(void)
{
	if (!running)
		return;
	pthread_mutex_lock(&lock);
	erase();
	state.hidden = true;
	pthread_mutex_unlock(&lock);
}
