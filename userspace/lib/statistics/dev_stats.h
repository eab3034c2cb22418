/* SPDX-License-Identifier: LGPL-2.1 */
/* What the library has of what is counted for a device. All of it is in its arena. */
#ifndef VDEV_LIB_DEV_STATS_H
#define VDEV_LIB_DEV_STATS_H

#include <vdev/dev_stats.h>

#include "model/arena.h"

/* One of each part. */
#define MISSING_MAX 2

struct vdev_dev_stats {
	struct arena arena;
	uint32_t id;
	const char *handle;
	/* The same in parts. */
	const char *bus;
	const char *name;
	struct vdev_counter *counters;
	unsigned int num_counters;
	struct vdev_queue_stats *queues;
	unsigned int num_queues;
	const char *migration_state;
	struct vdev_missing_stats missing[MISSING_MAX];
	unsigned int num_missing;
};

/* NULL if there is no memory. */
struct vdev_dev_stats *vdev_dev_stats_new(void);

/* A copy of @len bytes, with a NUL behind them; NULL if there is no memory. */
const char *vdev_dev_stats_text(struct vdev_dev_stats *stats, const char *text, size_t len);

/* Note that a part could not be read, which is once. Returns 0 or -ENOMEM. */
int vdev_dev_stats_miss(struct vdev_dev_stats *stats, enum vdev_stats_part part,
			const struct vdev_error *why);

#endif /* VDEV_LIB_DEV_STATS_H */
