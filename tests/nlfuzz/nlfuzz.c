// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: nlfuzz [OPTION...]
 *
 * A fuzzer of the family: requests as the specification allows them, then
 * changed. It needs root, for KCOV and the kernel's log.
 *
 *   --seed N         where the random numbers start (the time)
 *   --count N        how many messages (50000)
 *   --seconds N      stop after that time
 *   --no-kcov        do without coverage of the kernel
 *   --journal DIR    where the last messages are written (nowhere)
 *   --pcs FILE       write the addresses that were reached
 *   --replay FILE    do what a journal says, and nothing else
 *
 * Exit status: 0 if the kernel stood it, 1 if it did not.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nlfuzz.h"

#define REFRESH	(64 * BATCH)

static struct {
	uint64_t seed;
	unsigned long count;
	time_t seconds;
	bool no_kcov;
	const char *journal;
	const char *pcs;
	const char *replay;
} options = { .count = 50000 };

static struct input batch[BATCH];

static int parse(int argc, char **argv)
{
	static const struct option known[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "count", required_argument, NULL, 'c' },
		{ "seconds", required_argument, NULL, 't' },
		{ "no-kcov", no_argument, NULL, 'n' },
		{ "journal", required_argument, NULL, 'j' },
		{ "pcs", required_argument, NULL, 'p' },
		{ "replay", required_argument, NULL, 'r' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	options.seed = time(NULL);
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's': options.seed = strtoull(optarg, NULL, 0); break;
		case 'c': options.count = strtoul(optarg, NULL, 0); break;
		case 't': options.seconds = atol(optarg); break;
		case 'n': options.no_kcov = true; break;
		case 'j': options.journal = optarg; break;
		case 'p': options.pcs = optarg; break;
		case 'r': options.replay = optarg; break;
		default: return -1;
		}
	}
	return optind == argc ? 0 : -1;
}

/* Half of the inputs are new, the others come from what got far. */
static void make_input(unsigned long number, uint16_t family,
		       struct input *input)
{
	struct nl_request *datagram = &input->datagram;
	unsigned int changes;
	struct random random;

	random_start(&random, options.seed, number);
	if (random_one_in(&random, 2) || !corpus_pick(&random, datagram)) {
		build_request(&random, family, datagram);
		changes = random_one_in(&random, 4) ? 0 :
			  1 + random_below(&random, 3);
	} else {
		changes = 1 + random_below(&random, 5);
	}
	while (changes--)
		mutate(&random, family, datagram);
	input->socket = random_below(&random, SOCKETS);
	input->action = random_one_in(&random, 2) ? READ_ALL :
			random_below(&random, NUM_ACTIONS);
	input->reads = random_below(&random, 4);
}

static void do_batch(unsigned long first, uint16_t family)
{
	unsigned int i;

	for (i = 0; i < BATCH; i++)
		make_input(first + i, family, &batch[i]);
	journal_batch(batch, BATCH, first);
	for (i = 0; i < BATCH; i++) {
		cover_begin();
		run_input(&batch[i]);
		if (cover_end())
			corpus_add(&batch[i]);
	}
}

static int report_trouble(void)
{
	const char *trouble = kernel_trouble();

	if (!trouble && !totals.broken)
		return 0;
	if (trouble)
		printf("# the kernel says: %s\n", trouble);
	if (totals.broken)
		printf("# an answer has %s\n", totals.broken);
	printf("# found within %lu messages\n", totals.messages);
	journal_keep("found");
	return 1;
}

static void report(double seconds)
{
	unsigned int i;

	printf("# %lu messages in %lu datagrams, %.0f s, %.0f messages/s\n",
	       totals.messages, totals.inputs, seconds,
	       totals.messages / seconds);
	printf("# %lu answers, %lu dumps read to their end, %lu sockets closed\n",
	       totals.replies, totals.done, totals.closed);
	for (i = 0; i < sizeof(totals.errors) / sizeof(totals.errors[0]); i++) {
		if (totals.errors[i])
			printf("# %8lu %s\n", totals.errors[i],
			       i ? strerror(i) : "acknowledged");
	}
	printf("# corpus: %u inputs\n", corpus_size());
	cover_report(options.pcs);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static int fuzz(int fd, uint16_t family)
{
	double start = now();
	unsigned long number;
	int rc = 0;

	printf("# seed %llu\n", (unsigned long long)options.seed);
	for (number = 0; !rc && totals.messages < options.count &&
	     (!options.seconds || now() - start < options.seconds);
	     number += BATCH) {
		if (number % REFRESH == 0)
			live_refresh(fd, family);
		do_batch(number, family);
		rc = report_trouble();
	}
	report(now() - start);
	return rc;
}

int main(int argc, char **argv)
{
	int fd, family;

	if (parse(argc, argv)) {
		fprintf(stderr, "see the head of nlfuzz.c\n");
		return 1;
	}
	fd = nl_open(0);
	family = fd < 0 ? -errno : nl_resolve(fd, table_family);
	if (family < 0 || run_start(family)) {
		fprintf(stderr, "%s: %s\n", table_family,
			strerror(family < 0 ? -family : errno));
		return 1;
	}
	journal_start(options.journal, family);
	if (options.replay)
		return journal_replay(options.replay, family);
	cover_start(!options.no_kcov);
	return fuzz(fd, family);
}
