// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: torture [--operations N] [--seconds N] [--seed N] [--break NAME]
 *		  [--module FILE:PROVIDER]... [--list]
 *
 * Change what the simulator reports, profiles, load and unload providers, and read all of
 * it at the same time, until N operations are done; everything that is read
 * has to hold against what is known to have happened. An operation is a
 * command, a request, or the loading and unloading of a module. Fails with the
 * rule that was broken on stderr; --break makes the readers see wrong things
 * on purpose, --list prints the names and the rules.
 *
 * All are processes with a piece of memory in common. This file starts them,
 * waits for them and reports.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/sim.h"
#include "torture.h"

#define PROCESSES_MAX	32
/* How long a process may take to end when it is asked to, in seconds. */
#define LAST_PATIENCE	60

struct shared *shared;
int break_invariant = -1;
unsigned long long limit = 100000;
unsigned int seed = 1;

static unsigned int seconds = 600;
static volatile sig_atomic_t late;
static pid_t processes[PROCESSES_MAX];
static unsigned int num_processes;

/**
 * struct role - what some of the processes do
 * @run: the function; its argument counts from 0
 * @number: how many of them there are
 */
static const struct role {
	int (*run)(unsigned int number);
	unsigned int number;
} roles[] = {
	{ run_writer, WRITERS },
	{ run_loader, 1 },
	{ run_profiler, 2 },
	{ run_provisioner, 2 },
	{ run_dumper, 5 },
	{ run_getter, 3 },
	{ run_follower, 3 },
	{ run_deaf, 1 },
};

/* Count one more operation; false when it is enough. */
bool going_on(void)
{
	return !atomic_load(&shared->stop) &&
	       atomic_fetch_add(&shared->operations, 1) < limit;
}

/* The first failure counts; the others may follow from it. */
int fail(const char *format, ...)
{
	va_list args;

	if (atomic_exchange(&shared->failed, true))
		return -1;
	va_start(args, format);
	vsnprintf(shared->verdict, sizeof(shared->verdict), format, args);
	va_end(args);
	atomic_store(&shared->stop, true);
	return -1;
}

unsigned int random_below(unsigned int number)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % number;
}

static void on_alarm(int unused)
{
	(void)unused;
	late = 1;
}

static int start(const struct role *role, unsigned int number)
{
	pid_t pid = fork();

	if (pid < 0)
		return fail("fork: %s", strerror(errno));
	if (pid) {
		processes[num_processes++] = pid;
		return 0;
	}
	seed = seed * 2654435761U + num_processes * 40503U + 1;
	_exit(role->run(number) ? 1 : 0);
}

static int start_all(void)
{
	unsigned int i, number;
	int err = 0;

	for (i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		for (number = 0; number < roles[i].number && !err; number++)
			err = start(&roles[i], number);
	return err;
}

static void kill_all(void)
{
	unsigned int i;

	for (i = 0; i < num_processes; i++)
		if (processes[i])
			kill(processes[i], SIGKILL);
}

static void note_end(pid_t pid, int status)
{
	unsigned int i;

	for (i = 0; i < num_processes; i++)
		if (processes[i] == pid)
			processes[i] = 0;
	if (status && !atomic_load(&shared->failed))
		fail("process %u ends with status %#x", pid, status);
}

/* Stop them when time is up, and kill those that do not end. */
static void wait_all(void)
{
	bool reported = false;
	int status;
	pid_t pid;

	alarm(seconds);
	while ((pid = wait(&status)) > 0 || errno == EINTR) {
		if (pid > 0) {
			note_end(pid, status);
			continue;
		}
		if (!late)
			continue;
		late = 0;
		if (reported)
			kill_all();
		reported = true;
		fail("not done in %u seconds", seconds);
		alarm(LAST_PATIENCE);
	}
	alarm(0);
}

static int load(const atomic_ullong *counter)
{
	return atomic_load(counter) > INT32_MAX ? INT32_MAX :
	       (int)atomic_load(counter);
}

/* Each of these must have happened, or nothing was tested. */
static int check_counts(void)
{
	const struct counts *counts = &shared->counts;

	if (!load(&counts->whole) || !load(&counts->interrupted))
		return fail("%d dumps are whole, %d interrupted",
			    load(&counts->whole), load(&counts->interrupted));
	if (!load(&counts->states) || !load(&counts->histories) ||
	    !load(&counts->paused) || !load(&counts->filtered))
		return fail("no states, no histories, no pauses or no filters");
	if (!load(&counts->judged) || !load(&counts->profiles) ||
	    !load(&counts->provisioned))
		return fail("nothing was judged, no profile changed or no device was asked for");
	if (!load(&counts->events) || !load(&counts->losses) ||
	    !load(&counts->followed))
		return fail("%d events, %d losses, compared %d times",
			    load(&counts->events), load(&counts->losses),
			    load(&counts->followed));
	if (!load(&counts->gets_exact) || !load(&counts->gone) ||
	    !load(&counts->commands))
		return fail("nothing was read, nothing was gone or nothing changed");
	if (shared->modules[0].path && !load(&counts->loads))
		return fail("no module was loaded");
	return 0;
}

static void report(time_t began)
{
	const struct counts *counts = &shared->counts;
	unsigned int took = time(NULL) - began;
	unsigned long long done = atomic_load(&shared->operations);

	if (done > limit)
		done = limit;
	printf("%llu operations in %u seconds, %llu a second\n", done, took,
	       done / (took ? took : 1));
	printf("%d commands, %d modules loaded and unloaded\n",
	       load(&counts->commands), load(&counts->loads));
	printf("%d gets, %d of an object that rested, %d of one that was gone\n",
	       load(&counts->gets), load(&counts->gets_exact),
	       load(&counts->gone));
	printf("%d dumps of %d objects, %d whole, %d interrupted, %d in more than one buffer, %d filtered\n",
	       load(&counts->dumps), load(&counts->objects),
	       load(&counts->whole), load(&counts->interrupted),
	       load(&counts->paused), load(&counts->filtered));
	printf("%d judgements, %d requests about profiles, %d to change devices\n",
	       load(&counts->judged), load(&counts->profiles),
	       load(&counts->provisioned));
	printf("%d events, %d losses, compared with a dump %d times\n",
	       load(&counts->events), load(&counts->losses),
	       load(&counts->followed));
	printf("%d states looked for and found, %d too old to look for, %d pairs of dumps compared\n",
	       load(&counts->states), load(&counts->unknown),
	       load(&counts->histories));
}

static int torture(void)
{
	time_t began = time(NULL);

	if (prepare_writers() || prepare_provision())
		return -1;
	start_all();
	wait_all();
	if (!atomic_load(&shared->failed) && break_invariant < 0)
		check_counts();
	if (!atomic_load(&shared->failed))
		final_dumps();
	if (sim_do("reset"))
		fail("reset: %s", strerror(errno));
	discard_writers();
	if (!atomic_load(&shared->failed))
		final_dumps();
	report(began);
	if (atomic_load(&shared->failed))
		fprintf(stderr, "torture: %s\n", shared->verdict);
	return atomic_load(&shared->failed) ? -1 : 0;
}

static int add_module(char *arg)
{
	char *colon = strchr(arg, ':'), *base = strrchr(arg, '/');
	struct module *module = shared->modules;

	while (module < shared->modules + MODULES_MAX && module->path)
		module++;
	if (!colon || !base || module == shared->modules + MODULES_MAX)
		return -1;
	*colon = '\0';
	module->path = arg;
	module->provider = colon + 1;
	snprintf(module->name, sizeof(module->name), "%.*s",
		 (int)strcspn(base + 1, "."), base + 1);
	return 0;
}

static int list(void)
{
	unsigned int i;

	for (i = 0; i < INVARIANTS; i++)
		printf("%s\t%s\n", invariant_name(i), invariant_rule(i));
	return 0;
}

static int set_break(const char *name)
{
	unsigned int i;

	for (i = 0; i < INVARIANTS; i++)
		if (!strcmp(name, invariant_name(i)))
			break_invariant = i;
	return break_invariant < 0 ? -1 : 0;
}

static int parse(int argc, char **argv)
{
	static const struct option options[] = {
		{ "operations", required_argument, NULL, 'o' },
		{ "seconds", required_argument, NULL, 't' },
		{ "seed", required_argument, NULL, 's' },
		{ "break", required_argument, NULL, 'b' },
		{ "module", required_argument, NULL, 'm' },
		{ "list", no_argument, NULL, 'l' },
		{ }
	};
	int option, err = 0;

	while (!err && (option = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (option) {
		case 'o': limit = strtoull(optarg, NULL, 0); break;
		case 't': seconds = strtoul(optarg, NULL, 0); break;
		case 's': seed = strtoul(optarg, NULL, 0) | 1; break;
		case 'b': err = set_break(optarg); break;
		case 'm': err = add_module(optarg); break;
		case 'l': exit(list());
		default: err = -1;
		}
	return err || optind != argc ? -1 : 0;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_alarm };

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		perror("torture: mmap");
		return 1;
	}
	if (parse(argc, argv)) {
		fprintf(stderr, "torture: wrong arguments; see torture.c\n");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	sigaction(SIGALRM, &action, NULL);
	return torture() ? 1 : 0;
}
