// SPDX-License-Identifier: LGPL-2.1
/* What is counted for a device: its life and the functions that read it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dev_stats.h"
#include "internal.h"
#include "model/getter.h"

struct vdev_dev_stats *vdev_dev_stats_new(void)
{
	return calloc(1, sizeof(struct vdev_dev_stats));
}

VDEV_API void vdev_dev_stats_free(struct vdev_dev_stats *stats)
{
	if (!stats)
		return;
	vdev_arena_free(&stats->arena);
	free(stats);
}

const char *vdev_dev_stats_text(struct vdev_dev_stats *stats, const char *text, size_t len)
{
	char *copy = vdev_arena_alloc(&stats->arena, len + 1, 1);

	if (!copy)
		return NULL;
	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

int vdev_dev_stats_miss(struct vdev_dev_stats *stats, enum vdev_stats_part part,
			const struct vdev_error *why)
{
	struct vdev_missing_stats *missing = &stats->missing[stats->num_missing];

	missing->part = part;
	missing->code = why->code;
	missing->reason = vdev_dev_stats_text(stats, why->message, strlen(why->message));
	if (!missing->reason)
		return -ENOMEM;
	stats->num_missing++;
	return 0;
}

VDEV_API const struct vdev_queue_stats *vdev_dev_stats_queue(const struct vdev_dev_stats *stats,
							     unsigned int index)
{
	return index < stats->num_queues ? &stats->queues[index] : NULL;
}

VDEV_API const struct vdev_missing_stats *
vdev_dev_stats_missing(const struct vdev_dev_stats *stats, unsigned int index)
{
	return index < stats->num_missing ? &stats->missing[index] : NULL;
}

GETTER(const char *, dev_stats, handle)
GETTER(uint32_t, dev_stats, id)
GETTER(unsigned int, dev_stats, num_counters)
LIST_GETTER(counter, dev_stats, counters, num_counters)
GETTER(unsigned int, dev_stats, num_queues)
GETTER(const char *, dev_stats, migration_state)
GETTER(unsigned int, dev_stats, num_missing)
