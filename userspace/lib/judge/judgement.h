/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What a judgement is inside the library. Strings point into the message that
 * it was decoded from, which for one of the library's own is written like the
 * kernel's reply; lists are in its arena.
 */
#ifndef VDEV_LIB_JUDGEMENT_H
#define VDEV_LIB_JUDGEMENT_H

#include <linux/netlink.h>

#include <vdev/check.h>

#include "model/arena.h"
#include "model/attr.h"

struct vdev_judgement {
	struct arena arena;
	const struct nlmsghdr *msg;
	enum vdev_object_kind kind;
	uint32_t id;
	uint32_t instance;
	uint64_t generation;
	uint64_t snapshot;
	const char *target;
	uint32_t verdict;
	struct vdev_rank rank;
	const struct vdev_finding *findings;
	unsigned int num_findings;
	const struct vdev_capacity *capacity;
	uint32_t age;
	bool stale;
	bool truncated;
};

/*
 * Check a reply in full: after that, decoding it can only fail for want of
 * memory. Returns 0 or -EBADMSG with the path of the bad or missing attribute.
 */
int vdev_judgement_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);

/* Decode a checked message, which must outlive the judgement's use of it. */
int vdev_judgement_decode(struct vdev_judgement *judgement, const struct nlmsghdr *nlh);

/* A new one, with a copy of the message of its own; NULL if there is no memory. */
struct vdev_judgement *vdev_judgement_copy(const struct nlmsghdr *nlh);

/* As qsort() wants it: the better verdict, then the better rank is first. */
int vdev_rank_compare(uint32_t verdict_a, const struct vdev_rank *a, uint32_t verdict_b,
		      const struct vdev_rank *b);

#endif /* VDEV_LIB_JUDGEMENT_H */
