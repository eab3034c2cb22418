// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: latency READERS NUMBER SECONDS WRITER...
 *
 * How long a privileged writer takes beside NUMBER readers of one kind, which have
 * no privilege: each writer for so many seconds at ordinary priority, then for half
 * of it with SCHED_FIFO. READERS is one of those of reads.c, or spin. A writer rests for some
 * milliseconds after each step, as one does that waits for its next task. A line
 * "NAME=VALUE ..." for each step; times in microseconds. Of waits the longest is
 * reported: lock is one for a lock, from its begin until the writer has it and runs;
 * held is one without the time for which the writer could run but had no processor;
 * sleep is one for anything but a lock.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "reads.h"
#include "waits.h"
#include "writers.h"

/* More are not taken, however fast it is. */
#define SAMPLES_MAX	250
/* A rest is between the two; in microseconds. */
#define REST_MIN	1000
#define REST_MAX	5000
/* When the readers are at it. */
#define SETTLE		300000

/**
 * struct step - the samples of one step of a writer
 * @num: how many
 * @begin: when each began
 * @took: how long each took
 * @lock: the longest wait for a lock in one of them
 * @held: the longest one without waiting for a processor
 * @sleep: the longest other sleep
 */
struct step {
	int num;
	double begin[SAMPLES_MAX];
	double took[SAMPLES_MAX];
	struct wait lock;
	struct wait held;
	struct wait sleep;
};

static struct step steps[STEPS_MAX];

static void set_priority(bool fifo)
{
	const struct sched_param param = { .sched_priority = fifo ? 50 : 0 };

	if (sched_setscheduler(0, fifo ? SCHED_FIFO : SCHED_OTHER, &param))
		die("priority");
}

static void rest(void)
{
	usleep(REST_MIN + rand() % (REST_MAX - REST_MIN));
}

static void measure_step(const struct writer *writer, int which)
{
	struct step *step = &steps[which];
	double begin = now();

	writer->run(which);
	step->begin[step->num] = begin;
	step->took[step->num++] = now() - begin;
	rest();
}

static int number_of_steps(const struct writer *writer)
{
	return writer->steps[1] ? 2 : 1;
}

static struct step *step_at(double time)
{
	int i, j;

	for (i = 0; i < STEPS_MAX; i++)
		for (j = 0; j < steps[i].num; j++)
			if (time >= steps[i].begin[j] &&
			    time <= steps[i].begin[j] + steps[i].took[j])
				return &steps[i];
	return NULL;
}

static double held(const struct wait *wait)
{
	return wait->whole - wait->queued;
}

/* Only waits inside a step count. */
static void take_wait(const struct wait *wait, void *arg)
{
	struct step *step = step_at(wait->begin);

	(void)arg;
	if (!step)
		return;
	if (!wait->is_lock && wait->whole > step->sleep.whole)
		step->sleep = *wait;
	if (wait->is_lock && wait->whole > step->lock.whole)
		step->lock = *wait;
	if (wait->is_lock && held(wait) > held(&step->held))
		step->held = *wait;
}

static int compare(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static void print_wait(const char *name, double time, const struct wait *wait)
{
	printf(" %s=%.0f %s-where=%s:%s", name, time / 1000, name,
	       wait->what[0] ? wait->what : "-", wait->where[0] ? wait->where : "-");
}

static void print_step(const char *name, bool fifo, struct step *step)
{
	double *took = step->took;
	int num = step->num;

	qsort(took, num, sizeof(took[0]), compare);
	printf("step=%s priority=%s samples=%d median=%.0f p95=%.0f worst=%.0f",
	       name, fifo ? "fifo" : "ordinary", num, took[num / 2] / 1000,
	       took[(num * 95 + 99) / 100 - 1] / 1000, took[num - 1] / 1000);
	print_wait("lock", step->lock.whole, &step->lock);
	print_wait("held", held(&step->held), &step->held);
	print_wait("sleep", step->sleep.whole, &step->sleep);
	printf("\n");
}

static void measure(const struct writer *writer, bool fifo, double seconds)
{
	double end;
	int i;

	memset(steps, 0, sizeof(steps));
	waits_begin();
	set_priority(fifo);
	end = now() + seconds * 1e9;
	do {
		for (i = 0; i < number_of_steps(writer); i++)
			measure_step(writer, i);
	} while (now() < end && steps[0].num < SAMPLES_MAX);
	set_priority(true);
	waits_end(take_wait, NULL);
	for (i = 0; i < number_of_steps(writer); i++)
		print_step(writer->steps[i], fifo, &steps[i]);
}

int main(int argc, char **argv)
{
	struct readers readers = { 0 };
	double begin, seconds;
	int i;

	if (argc < 5) {
		fprintf(stderr, "latency: wrong words\n");
		return 2;
	}
	seconds = atof(argv[3]);
	waits_prepare();
	set_priority(true);
	readers_start(&readers, argv[1], atoi(argv[2]));
	usleep(SETTLE);
	begin = now();
	for (i = 4; i < argc; i++) {
		const struct writer *writer = writer_find(argv[i]);

		if (writer->prepare)
			writer->prepare();
		measure(writer, false, seconds);
		measure(writer, true, seconds / 2);
	}
	printf("readers=%s answers=%.1f\n", argv[1],
	       readers_answered(&readers) / ((now() - begin) / 1e9));
	readers_stop(&readers);
	return 0;
}
