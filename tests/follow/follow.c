// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: follow [--changes N] [--seed N] [--follower WORD,...]... [--stop]
 *		 [--reload FILE,FILE...] [--fail] [--break miss|twice|invent|discard]
 *		 [--no-overrun] [--overruns N]
 *
 * Change what the simulator reports at random, N times, while others follow; at
 * every quiet point each of them has to have in its table what a dump reports. A
 * follower is described by words: buffer=BYTES, lazy=USEC, migratable. --stop stops one
 * of them (SIGSTOP) now and then, --reload unloads and loads these modules, the
 * last one first, --fail lets allocations fail for the process that makes the changes, as
 * failslab is set to. --break makes followers wrong on purpose. --no-overrun and
 * --overruns say how many losses there have to be: none, or so many at least.
 * Prints figures; fails with what was wrong on stderr.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vdev/vdev.h>

#include "netlink/sock.h"
#include "follow.h"

#define MODULES_MAX	2
#define UNLOAD_TRIES	60000
/* Changes between two quiet points are at most so many commands. */
#define BATCH		300

struct shared *shared;
enum sabotage sabotage;

static unsigned int num_followers;
static unsigned long long changes = 10000;
static unsigned long long seed = 1;
static bool stops, failing, no_overrun;
static unsigned long long overruns;
static char *modules[MODULES_MAX];
static unsigned int num_modules, reloads;
/* Changes before the last reload, and the generation that counts as none after it. */
static unsigned long long made_before, first_generation;

int fail(const char *format, ...)
{
	va_list args;

	if (atomic_exchange(&shared->failed, true))
		return -1;
	va_start(args, format);
	vsnprintf(shared->verdict, sizeof(shared->verdict), format, args);
	va_end(args);
	return -1;
}

static int parse_follower(char *words)
{
	struct follower *follower = &shared->followers[num_followers];
	char *word;

	if (num_followers++ == FOLLOWERS_MAX)
		return -1;
	for (word = strtok(words, ","); word; word = strtok(NULL, ",")) {
		if (strncmp(word, "buffer=", 7) == 0)
			follower->buffer = strtoul(word + 7, NULL, 10);
		else if (strncmp(word, "lazy=", 5) == 0)
			follower->lazy = strtoul(word + 5, NULL, 10);
		else if (strcmp(word, "migratable") == 0)
			follower->migratable = true;
		else if (strcmp(word, "plain") != 0)
			return -1;
	}
	return 0;
}

static int parse_modules(char *files)
{
	char *file;

	for (file = strtok(files, ","); file; file = strtok(NULL, ",")) {
		if (num_modules == MODULES_MAX)
			return -1;
		modules[num_modules++] = file;
	}
	return 0;
}

static int parse_sabotage(const char *word)
{
	static const char *const words[] = { "", "miss", "twice", "invent", "discard" };
	unsigned int i;

	for (i = SABOTAGE_MISS; i <= SABOTAGE_FORGET; i++)
		if (strcmp(words[i], word) == 0)
			sabotage = i;
	return sabotage ? 0 : -1;
}

static int parse_option(int letter)
{
	switch (letter) {
	case 'c':
		changes = strtoull(optarg, NULL, 10);
		return 0;
	case 's':
		seed = strtoull(optarg, NULL, 10);
		return 0;
	case 'f':
		return parse_follower(optarg);
	case 'r':
		return parse_modules(optarg);
	case 'b':
		return parse_sabotage(optarg);
	case 'o':
		overruns = strtoull(optarg, NULL, 10);
		return 0;
	case 'S':
		stops = true;
		return 0;
	case 'F':
		failing = true;
		return 0;
	case 'n':
		no_overrun = true;
		return 0;
	}
	return -1;
}

static int parse(int argc, char **argv)
{
	static const struct option options[] = {
		{ "changes", required_argument, NULL, 'c' },
		{ "seed", required_argument, NULL, 's' },
		{ "follower", required_argument, NULL, 'f' },
		{ "reload", required_argument, NULL, 'r' },
		{ "break", required_argument, NULL, 'b' },
		{ "overruns", required_argument, NULL, 'o' },
		{ "stop", no_argument, NULL, 'S' },
		{ "fail", no_argument, NULL, 'F' },
		{ "no-overrun", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int letter;

	while ((letter = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (parse_option(letter))
			return -1;
	return optind == argc && num_followers ? 0 : -1;
}

static int start_follower(struct follower *follower)
{
	pid_t pid = fork();

	if (pid < 0)
		return fail("fork: %s", strerror(errno));
	if (!pid)
		_exit(follower_run(follower) ? 1 : 0);
	follower->pid = pid;
	return 0;
}

/* From now on allocations of this process fail, as failslab is set to. */
static int set_failing(bool on)
{
	int fd, err;

	if (!failing)
		return 0;
	fd = open("/proc/self/make-it-fail", O_WRONLY | O_CLOEXEC);
	err = fd < 0 || write(fd, on ? "1" : "0", 1) != 1;
	if (fd >= 0)
		close(fd);
	return err ? fail("make-it-fail: %s", strerror(errno)) : 0;
}

static int unload(const char *file)
{
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	unsigned int tries;
	char name[64];
	int err = -1;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(base, "."), base);
	for (tries = 0; err && tries < UNLOAD_TRIES; tries++) {
		err = syscall(SYS_delete_module, name, O_NONBLOCK);
		if (err)
			usleep(1000);
	}
	return err ? fail("unload %s: %s", name, strerror(errno)) : 0;
}

static int load(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	int err = fd < 0 || syscall(SYS_finit_module, fd, "", 0);

	if (fd >= 0)
		close(fd);
	return err ? fail("load %s: %s", file, strerror(errno)) : 0;
}

/* Everything is gone then, and generations start again. */
static int reload(struct random *random)
{
	unsigned int i;
	int err = 0;

	for (i = num_modules; i && !err; i--)
		err = unload(modules[i - 1]);
	if (!err && random_one_in(random, 2))
		usleep(random_below(random, 30000));
	for (i = 0; i < num_modules && !err; i++)
		err = load(modules[i]);
	reloads++;
	return err ? err : writer_begin();
}

static int note_snapshot(const struct vdev_object *object, void *arg)
{
	*(uint64_t *)arg = vdev_object_snapshot(object);
	return 0;
}

/* The generation of the family, from types: there is always one. */
static uint64_t generation_now(void)
{
	struct vdev_sock *sock = vdev_sock_new();
	uint64_t generation = 0;

	if (vdev_type_dump(sock, NULL, note_snapshot, &generation))
		fail("generation: %s", vdev_sock_error(sock)->message);
	atomic_store(&shared->family, sock->family);
	vdev_sock_free(sock);
	return generation;
}

/* The first follower that has not compared at that quiet point. */
static const struct follower *last_to_check(unsigned int quiet)
{
	unsigned int i;

	for (i = 0; i < num_followers; i++)
		if (atomic_load(&shared->followers[i].checked) != quiet)
			return &shared->followers[i];
	return NULL;
}

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

static int fail_late(const struct follower *follower)
{
	return fail("follower %d did not catch up with generation %llu: it is at %llu, %s",
		    (int)(follower - shared->followers), atomic_load(&shared->generation),
		    atomic_load(&follower->reached),
		    atomic_load(&follower->catching_up) ? "after a loss" : "with no loss");
}

/* Nothing changes until all followers have compared. */
static int quiet_point(void)
{
	time_t end = now() + PATIENCE;
	const struct follower *late;
	unsigned int quiet;

	atomic_store(&shared->generation, generation_now());
	quiet = atomic_fetch_add(&shared->quiet, 1) + 1;
	while ((late = last_to_check(quiet)) && !atomic_load(&shared->failed)) {
		if (now() > end)
			return fail_late(late);
		usleep(500);
	}
	return atomic_load(&shared->failed) ? -1 : 0;
}

/* A batch of changes, during which one may sleep. */
static int make_changes(struct random *random)
{
	struct follower *sleeper = &shared->followers[random_below(random, num_followers)];
	unsigned int i, num = 1 + random_below(random, BATCH);
	bool sleeps = stops && random_one_in(random, 2);
	int err;

	if (sleeps)
		kill(sleeper->pid, SIGSTOP);
	err = set_failing(true);
	for (i = 0; i < num && !err; i++)
		err = writer_change(random);
	set_failing(false);
	if (sleeps)
		kill(sleeper->pid, SIGCONT);
	return err;
}

static unsigned long long made(void)
{
	return made_before + atomic_load(&shared->generation) - first_generation;
}

static int run(struct random *random)
{
	int err = quiet_point();

	first_generation = atomic_load(&shared->generation);
	while (!err && made() < changes) {
		err = make_changes(random);
		if (!err)
			err = quiet_point();
		/* At least once, however few batches there are. */
		if (!err && num_modules && (!reloads || random_one_in(random, 2))) {
			made_before = made();
			first_generation = 0;
			atomic_store(&shared->generation, 0);
			err = reload(random);
			if (!err && random_one_in(random, 2))
				err = quiet_point();
		}
	}
	return err;
}

static void end_followers(void)
{
	unsigned int i;
	int status;

	atomic_store(&shared->stop, true);
	for (i = 0; i < num_followers; i++) {
		if (!shared->followers[i].pid)
			continue;
		kill(shared->followers[i].pid, SIGCONT);
		waitpid(shared->followers[i].pid, &status, 0);
		if (!WIFEXITED(status))
			fail("follower %u died of signal %d", i, WTERMSIG(status));
	}
}

static void check_losses(void)
{
	unsigned long long sum = 0;
	unsigned int i;

	for (i = 0; i < num_followers; i++)
		sum += atomic_load(&shared->followers[i].overruns);
	if (no_overrun && sum)
		fail("%llu overruns, where there was room for all events", sum);
	if (sum < overruns)
		fail("%llu overruns, too few to show anything", sum);
}

static void report(void)
{
	unsigned int i;

	printf("%llu changes, %u quiet points, %u reloads\n", made(), atomic_load(&shared->quiet),
	       reloads);
	for (i = 0; i < num_followers; i++) {
		struct follower *follower = &shared->followers[i];

		printf("follower %u: %llu events, %llu overruns, %llu differences, %llu reloads\n",
		       i, atomic_load(&follower->events), atomic_load(&follower->overruns),
		       atomic_load(&follower->resyncs), atomic_load(&follower->reloads));
	}
}

int main(int argc, char **argv)
{
	struct random random;
	unsigned int i;
	int err;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED || parse(argc, argv)) {
		fprintf(stderr, "follow: wrong options\n");
		return 2;
	}
	random_start(&random, seed, 0);
	err = writer_begin();
	for (i = 0; i < num_followers && !err; i++)
		err = start_follower(&shared->followers[i]);
	if (!err)
		run(&random);
	end_followers();
	check_losses();
	report();
	if (atomic_load(&shared->failed))
		fprintf(stderr, "%s (seed %llu)\n", shared->verdict, seed);
	return atomic_load(&shared->failed) ? 1 : 0;
}
