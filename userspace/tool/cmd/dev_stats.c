// SPDX-License-Identifier: GPL-2.0
/* "stats show" of one device: all that is counted for it, or for one of its virtqueues. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/handle.h"
#include "cli/session.h"
#include "cmd.h"
#include "dev_stats.h"
#include "fetch.h"
#include "print/out_dev_stats.h"

const struct keyword stats_keywords[] = {
	{ "queue", "N", "the virtqueue of this index alone" },
};

_Static_assert(ARRAY_SIZE(stats_keywords) == NUM_STATS_KEYWORDS, "keywords are counted");

/* What the words mean. */
struct dev_stats_args {
	const char *word;
	struct vdev_handle handle;
	uint32_t queue;
};

static int read_number(const struct command *command, const char *word, uint32_t *queue)
{
	unsigned long long number;
	char *end;

	errno = 0;
	number = strtoull(word, &end, 10);
	if (*word < '0' || *word > '9' || *end || errno || number >= VDEV_QUEUES_ALL)
		return complain_usage(command, "queue: '%s' is not the index of a virtqueue", word);
	*queue = (uint32_t)number;
	return EXIT_DONE;
}

static int read_queue(const struct command *command, int argc, char **argv, uint32_t *queue)
{
	*queue = VDEV_QUEUES_ALL;
	if (!argc)
		return EXIT_DONE;
	if (strcmp(argv[0], stats_keywords[0].word) != 0)
		return complain_usage(command, "'%s' after the device", argv[0]);
	if (argc < 2)
		return complain_usage(command, "queue: N is missing");
	if (argc > 2)
		return complain_usage(command, "'%s' after the virtqueue", argv[2]);
	return read_number(command, argv[1], queue);
}

static int read_args(const struct command *command, int argc, char **argv,
		     struct dev_stats_args *args)
{
	enum vdev_object_kind kind = VDEV_OBJECT_DEV;
	int status;

	args->word = argv[0];
	status = handle_read(command, argv[0], "BUS/NAME nor a number from 1", &kind,
			     &args->handle);
	return status ? status : read_queue(command, argc - 1, argv + 1, &args->queue);
}

static bool is_empty(const struct vdev_dev_stats *stats)
{
	return !vdev_dev_stats_num_counters(stats) && !vdev_dev_stats_num_queues(stats) &&
	       !vdev_dev_stats_migration_state(stats);
}

/* Nothing at all was read: the first reason for that is the answer. */
static int complain_empty(const struct command *command, const struct dev_stats_args *args,
			  const struct vdev_dev_stats *stats)
{
	const struct vdev_missing_stats *missing = vdev_dev_stats_missing(stats, 0);

	if (!missing)
		return complain(command, "%s: nothing is counted for this device", args->word);
	if (fetch_is_absent(missing->code))
		return complain_absent(command, "%s: %s", args->word, missing->reason);
	return complain(command, "%s: %s", args->word, missing->reason);
}

static int show(const struct command *command, const struct options *options,
		const struct dev_stats_args *args, struct vdev_sock *sock)
{
	struct vdev_dev_stats *stats = NULL;
	int status, err;

	err = vdev_dev_stats_get(sock, &args->handle, args->queue, &stats);
	if (!err && args->queue == VDEV_QUEUES_ALL && is_empty(stats))
		status = complain_empty(command, args, stats);
	else
		status = fetch_status(command, sock, args->word,
				      err ? err : out_dev_stats(stats, options));
	vdev_dev_stats_free(stats);
	return status;
}

int dev_stats_show(const struct command *command, const struct options *options, int argc,
		   char **argv)
{
	struct dev_stats_args args = { 0 };
	struct vdev_sock *sock;
	int status = read_args(command, argc, argv, &args);

	if (status)
		return status;
	sock = session_sock(options->session);
	if (!sock)
		return complain_memory(command);
	status = show(command, options, &args, sock);
	return status;
}
