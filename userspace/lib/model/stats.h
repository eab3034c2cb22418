/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What the library has of what the family counts. Strings point into the
 * message that it was decoded from; providers are in its arena.
 */
#ifndef VDEV_LIB_STATS_H
#define VDEV_LIB_STATS_H

#include <linux/netlink.h>

#include <vdev/stats.h>

#include "arena.h"
#include "attr.h"

struct vdev_stats {
	struct arena arena;
	uint32_t instance;
	uint64_t generation;
	uint64_t verdicts;
	uint64_t events;
	uint64_t events_lost;
	const struct vdev_provider_stats *providers;
	unsigned int num_providers;
};

/*
 * Check a reply in full: after that, decoding it can only fail for want of
 * memory. Returns 0 or -EBADMSG with the path of the bad or missing attribute.
 */
int vdev_stats_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);

/* From a checked message, with a copy of its own; NULL if there is no memory. */
struct vdev_stats *vdev_stats_copy(const struct nlmsghdr *nlh);

#endif /* VDEV_LIB_STATS_H */
