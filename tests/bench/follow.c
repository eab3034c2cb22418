// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: follow drain EVENTS
 *        follow keep EVENTS
 *        follow sustain SECONDS
 *        follow line ROUNDS
 *        follow resync ROUNDS
 *
 * What it costs to follow, with the library, the devices bench* of the simulator.
 * drain: read events that wait already; keep: read them as they are made, as fast
 * as that goes; sustain: the highest rate at which none is lost for so long; line:
 * from a change until vdevctl -j monitor has printed it; resync: from a loss, with a
 * hundred changes, until all differences are reported. One measurement, as "NAME=VALUE
 * ..." on one line; times in nanoseconds.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/sim.h"
#include "monitor/monitor.h"
#include "times.h"

#define LOST_CHANGES	100
/* Events for a second: no more than this is tried, and no closer. */
#define RATE_MAX	16384
#define RATE_STEP	512

struct counted {
	unsigned long events;
	unsigned long overruns;
	bool synced;
};

static void die(const char *what)
{
	fprintf(stderr, "follow: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int count_event(const struct vdev_event *event, void *arg)
{
	struct counted *counted = arg;

	counted->events += event->type == VDEV_EVENT_CHANGE && !event->resync;
	counted->overruns += event->type == VDEV_EVENT_OVERRUN;
	counted->synced |= event->type == VDEV_EVENT_SYNCED;
	return 0;
}

/* Read what there is, or comes within a second; false if nothing does. */
static bool read_some(struct vdev_monitor *monitor, struct counted *counted)
{
	struct pollfd poll_fd = { .fd = vdev_monitor_fd(monitor), .events = POLLIN };

	if (poll(&poll_fd, 1, 1000) <= 0)
		return false;
	if (vdev_monitor_read(monitor, count_event, counted))
		die(vdev_monitor_error(monitor)->message);
	return true;
}

static void catch_up(struct vdev_monitor *monitor, struct counted *counted)
{
	counted->synced = false;
	while (!counted->synced)
		if (!read_some(monitor, counted))
			die("never synced");
}

static struct vdev_monitor *follow(struct counted *counted)
{
	struct vdev_monitor *monitor = vdev_monitor_new();

	if (!monitor || vdev_monitor_start(monitor))
		die("start");
	catch_up(monitor, counted);
	return monitor;
}

/* So many changes, one after the other, of devices of which there are @devices. */
static void change(unsigned long number, unsigned long devices)
{
	static unsigned long value;
	unsigned long done;

	for (done = 0; done < number; done += devices)
		if (sim_do("dev set bench* info=i,value=u64:%lu", ++value))
			die("control");
}

static int count_object(const struct vdev_object *object, void *arg)
{
	(void)object;
	++*(unsigned long *)arg;
	return 0;
}

static unsigned long count_devices(struct vdev_monitor *monitor)
{
	unsigned long devices = 0;

	vdev_monitor_each(monitor, count_object, &devices);
	return devices;
}

static void print_rate(const struct counted *counted, double begin, double end)
{
	printf("events=%lu overruns=%lu rate=%.0f\n", counted->events, counted->overruns,
	       counted->events / ((end - begin) / 1e9));
}

static int drain(unsigned long events)
{
	struct counted counted = { 0 };
	struct vdev_monitor *monitor = follow(&counted);
	double begin;

	change(events, count_devices(monitor));
	begin = now();
	while (counted.events < events && read_some(monitor, &counted))
		;
	print_rate(&counted, begin, now());
	vdev_monitor_free(monitor);
	return 0;
}

static int keep(unsigned long events)
{
	struct counted counted = { 0 };
	struct vdev_monitor *monitor = follow(&counted);
	unsigned long devices = count_devices(monitor);
	double begin = now();
	double end = begin;
	pid_t pid = fork();

	if (!pid) {
		change(events, devices);
		_exit(0);
	}
	while (read_some(monitor, &counted))
		end = now();
	waitpid(pid, NULL, 0);
	print_rate(&counted, begin, end);
	vdev_monitor_free(monitor);
	return 0;
}

/* Of one device after the other, at a steady rate. */
static void change_at(unsigned long rate, unsigned long seconds)
{
	unsigned long done = 0, due;
	double begin = now();

	while (done < rate * seconds) {
		due = (unsigned long)((double)rate * (now() - begin) / 1e9);
		if (done >= due)
			usleep(500);
		for (; done < due && done < rate * seconds; done++)
			if (sim_do("dev set bench%lu info=i,value=u64:%lu", done % 100,
				   done + 3000000))
				die("control");
	}
}

/* The rate at which changes were read without a loss, or 0. */
static double rate_kept(unsigned long rate, unsigned long seconds)
{
	struct counted counted = { 0 };
	struct vdev_monitor *monitor = follow(&counted);
	double begin = now(), end = begin;
	pid_t pid = fork();

	if (!pid) {
		change_at(rate, seconds);
		_exit(0);
	}
	while (read_some(monitor, &counted))
		end = now();
	waitpid(pid, NULL, 0);
	vdev_monitor_free(monitor);
	return counted.overruns ? 0 : counted.events / ((end - begin) / 1e9);
}

/* The highest rate that is kept for so long, by halves. */
static int sustain(unsigned long seconds)
{
	unsigned long low = 0, high = RATE_MAX, rate;
	double kept, best = 0;

	while (high - low > RATE_STEP) {
		rate = (low + high) / 2;
		kept = rate_kept(rate, seconds);
		if (kept > 0)
			low = rate;
		else
			high = rate;
		if (kept > best)
			best = kept;
	}
	printf("seconds=%lu overruns=0 rate=%.0f\n", seconds, best);
	return 0;
}

/* Read lines until one has @what in it. */
static void wait_for(FILE *file, const char *what)
{
	static char line[65536];

	do {
		if (!fgets(line, sizeof(line), file))
			die("vdevctl");
	} while (!strstr(line, what));
}

static int line(int rounds)
{
	FILE *file = popen("exec vdevctl -j monitor", "re");
	double begin;
	int i;

	if (!file)
		die("vdevctl");
	wait_for(file, "\"synced\"");
	for (i = 0; i < rounds; i++) {
		begin = now();
		if (sim_do("dev set bench0 info=i,value=u64:%d", i + 1000000))
			die("control");
		wait_for(file, "\"change\"");
		times[i] = now() - begin;
	}
	print_times(rounds, 1);
	printf("\n");
	/* Nobody reads it any more, which ends it. */
	pclose(file);
	return 0;
}

static int resync(int rounds)
{
	struct counted counted = { 0 };
	struct vdev_monitor *monitor = follow(&counted);
	double begin;
	int i, j;

	for (i = 0; i < rounds; i++) {
		for (j = 0; j < LOST_CHANGES; j++)
			if (sim_do("dev set bench%d info=i,value=u64:%d", j, i + 2000000))
				die("control");
		monitor->pause = 0;
		vdev_monitor_drop(monitor);
		begin = now();
		catch_up(monitor, &counted);
		times[i] = now() - begin;
	}
	printf("devices=%lu ", count_devices(monitor));
	print_times(rounds, 1);
	printf("\n");
	vdev_monitor_free(monitor);
	return 0;
}

int main(int argc, char **argv)
{
	int number = argc == 3 ? atoi(argv[2]) : 0;

	if (number > 0 && strcmp(argv[1], "drain") == 0)
		return drain(number);
	if (number > 0 && strcmp(argv[1], "keep") == 0)
		return keep(number);
	if (number > 0 && strcmp(argv[1], "sustain") == 0)
		return sustain(number);
	if (number > 0 && number <= ROUNDS_MAX && strcmp(argv[1], "line") == 0)
		return line(number);
	if (number > 0 && number <= ROUNDS_MAX && strcmp(argv[1], "resync") == 0)
		return resync(number);
	fprintf(stderr, "follow: wrong words\n");
	return 2;
}
