// SPDX-License-Identifier: GPL-2.0
/*
 * See waits.h. Every wait for a lock of the kernel is between the trace's events
 * contention_begin and contention_end, with the stack of the process. It is over
 * when the process has the lock and runs; what of that the process was awake and
 * waited for a processor, sched_waking and sched_switch say. Sleeping without a
 * lock is from sched_switch to sched_waking.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "waits.h"

#define TRACE		"/sys/kernel/tracing/instances/vdev-bench/"
/* For each processor, in KiB. */
#define TRACE_ROOM	"8192"
/* Functions that are shown of a stack. */
#define SHOWN		4
/* A spinlock can be waited for inside the wait for another lock. */
#define DEPTH		4

/**
 * struct parser - where the reading of a trace stands
 * @fn: called for each wait
 * @arg: its argument
 * @waits: waits that are not over: a sleep at 0, the locks behind it
 * @depth: how many locks are waited for
 * @asleep: since when the process sleeps, or 0
 * @ready: since when it waits for a processor, or 0
 * @stack: the wait that a stack would be of, or NULL
 * @frames: how many functions are in it
 */
struct parser {
	wait_fn *fn;
	void *arg;
	struct wait waits[DEPTH];
	unsigned int depth;
	double asleep;
	double ready;
	struct wait *stack;
	unsigned int frames;
};

static void put(const char *path, const char *text)
{
	char whole[200];
	int fd;

	snprintf(whole, sizeof(whole), TRACE "%s", path);
	fd = open(whole, O_WRONLY | O_TRUNC);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(whole);
	close(fd);
}

/* Write to a file of an event; each @ is this process. */
static void put_event(const char *event, const char *name, const char *format)
{
	char path[100], text[100];
	size_t len = 0;

	for (; *format && len + 16 < sizeof(text); format++) {
		if (*format == '@')
			len += sprintf(text + len, "%d", getpid());
		else
			text[len++] = *format;
	}
	text[len] = '\0';
	snprintf(path, sizeof(path), "events/%s/%s", event, name);
	put(path, text);
}

/* Sleeping is state 1 or 2 in the trace. */
static const struct {
	const char *event;
	const char *filter;
	const char *stack;
} traced[] = {
	{ "lock/contention_begin", "common_pid == @", "stacktrace if common_pid == @" },
	{ "lock/contention_end", "common_pid == @", NULL },
	{ "sched/sched_switch", "prev_pid == @ || next_pid == @",
	  "stacktrace if prev_pid == @ && prev_state & 3" },
	{ "sched/sched_waking", "pid == @", NULL },
};

void waits_prepare(void)
{
	size_t i;

	/* That of a process before this one. */
	if ((rmdir(TRACE) && errno != ENOENT) || mkdir(TRACE, 0700))
		die(TRACE);
	put("tracing_on", "0");
	put("trace_clock", "mono");
	put("buffer_size_kb", TRACE_ROOM);
	for (i = 0; i < sizeof(traced) / sizeof(traced[0]); i++) {
		put_event(traced[i].event, "filter", traced[i].filter);
		if (traced[i].stack)
			put_event(traced[i].event, "trigger", traced[i].stack);
		put_event(traced[i].event, "enable", "1");
	}
}

void waits_begin(void)
{
	put("trace", "");
	put("tracing_on", "1");
}

/* Functions that say how it is waited, not where. */
static bool is_how(const char *function)
{
	static const char *const how[] = {
		"trace_", "__traceiter", "rwsem_", "down_", "mutex_", "__mutex",
		"__rwsem", "__down", "rt_", "_raw_", "native_", "queued_", "schedule",
		"__schedule", "preempt_", "__cond_resched", "pv_", "percpu_",
		"__percpu",
	};
	size_t i;

	for (i = 0; i < sizeof(how) / sizeof(how[0]); i++)
		if (!strncmp(function, how[i], strlen(how[i])))
			return true;
	return false;
}

/* A line " => FUNCTION" of a stack. */
static void add_frame(struct parser *parser, char *function)
{
	char *where = parser->stack->where;
	size_t len = strlen(where);

	function[strcspn(function, " \n")] = '\0';
	if (is_how(function) || parser->frames >= SHOWN)
		return;
	parser->frames++;
	snprintf(where + len, sizeof(parser->stack->where) - len, "%s%s",
		 len ? "<" : "", function);
}

static struct wait *open_wait(struct parser *parser, unsigned int which,
			      double time)
{
	struct wait *wait = &parser->waits[which];

	memset(wait, 0, sizeof(*wait));
	wait->begin = time;
	wait->is_lock = which > 0;
	parser->stack = wait;
	parser->frames = 0;
	return wait;
}

static void close_wait(struct parser *parser, unsigned int which, double time)
{
	struct wait *wait = &parser->waits[which];

	wait->whole = time - wait->begin;
	parser->fn(wait, parser->arg);
}

static void contention_begin(struct parser *parser, const char *line, double time)
{
	const char *flags = strstr(line, "flags=");
	struct wait *wait;

	if (parser->depth + 1 >= DEPTH)
		return;
	wait = open_wait(parser, ++parser->depth, time);
	if (flags)
		snprintf(wait->what, sizeof(wait->what), "%.*s",
			 (int)strcspn(flags + 6, ")\n"), flags + 6);
}

static void contention_end(struct parser *parser, const char *line, double time)
{
	(void)line;
	if (parser->depth)
		close_wait(parser, parser->depth--, time);
}

static void add_queued(struct parser *parser, double time)
{
	unsigned int i;

	for (i = 1; parser->ready && i <= parser->depth; i++)
		parser->waits[i].queued += time - parser->ready;
	parser->ready = 0;
}

static void sched_switch(struct parser *parser, const char *line, double time)
{
	const char *state = strstr(line, "prev_state=");
	int next = 0;

	if (strstr(line, "next_pid="))
		next = atoi(strstr(line, "next_pid=") + 9);
	if (next == getpid()) {
		add_queued(parser, time);
	} else if (state && state[11] != 'R') {
		parser->asleep = time;
		if (!parser->depth)
			open_wait(parser, 0, time);
	} else {
		parser->ready = time;
	}
}

static void sched_waking(struct parser *parser, const char *line, double time)
{
	(void)line;
	if (!parser->asleep)
		return;
	parser->asleep = 0;
	parser->ready = time;
	if (!parser->depth)
		close_wait(parser, 0, time);
}

static const struct {
	const char *name;
	void (*parse)(struct parser *parser, const char *line, double time);
} events[] = {
	{ ": contention_begin: ", contention_begin },
	{ ": contention_end: ", contention_end },
	{ ": sched_switch: ", sched_switch },
	{ ": sched_waking: ", sched_waking },
};

static void parse_line(struct parser *parser, char *line)
{
	const char *event, *time;
	size_t i;

	if (!strncmp(line, " => ", 4) && parser->stack) {
		add_frame(parser, line + 4);
		return;
	}
	for (i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		event = strstr(line, events[i].name);
		if (!event)
			continue;
		for (time = event; time > line && time[-1] != ' '; time--)
			;
		parser->stack = NULL;
		events[i].parse(parser, event, strtod(time, NULL) * 1e9);
		return;
	}
}

/* Call @fn for each wait since waits_begin(). */
void waits_end(wait_fn *fn, void *arg)
{
	struct parser parser = { .fn = fn, .arg = arg };
	unsigned long kept = 0, written = 0;
	char line[1024];
	FILE *file;

	put("tracing_on", "0");
	file = fopen(TRACE "trace", "re");
	if (!file)
		die(TRACE "trace");
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "# entries-in-buffer/entries-written: %lu/%lu",
			   &kept, &written) == 2 && kept != written)
			fprintf(stderr, "waits: the trace has lost events\n");
		parse_line(&parser, line);
	}
	fclose(file);
}
