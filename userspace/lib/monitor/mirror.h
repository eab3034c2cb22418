/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The newest message about each endpoint, by kind and name. Knows nothing of
 * events, nor of what is in a message beside its names.
 */
#ifndef VDEV_MIRROR_H
#define VDEV_MIRROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

struct mirror_entry {
	struct mirror_entry *next;
	uint32_t hash;
	/* In which round it was last seen; what an older one has is gone. */
	unsigned int round;
	struct nlmsghdr msg[];
};

struct mirror {
	struct mirror_entry **buckets;
	size_t num_buckets;
	size_t num;
	/* Of all entries, and the most there may be. */
	size_t bytes;
	size_t limit;
	unsigned int round;
};

void vdev_mirror_free(struct mirror *mirror);

/* All messages are checked replies about an endpoint, see vdev_object_check(). */
struct mirror_entry *vdev_mirror_find(const struct mirror *mirror, const struct nlmsghdr *nlh);

/*
 * Enter a copy of the message, of this round. What was there before of the same
 * name is handed over in @old, to be freed with free(), or NULL. Returns 0,
 * -ENOMEM, or -ENOSPC beyond the limit; nothing is changed then.
 */
int vdev_mirror_put(struct mirror *mirror, const struct nlmsghdr *nlh, struct mirror_entry **old);

/* Take an entry out; the caller frees it. */
void vdev_mirror_take(struct mirror *mirror, struct mirror_entry *entry);

/*
 * Walk the entries: start with a *bucket of 0 and a NULL @entry. The entry that
 * was returned last may be taken out if it is not what the walk goes on from.
 */
struct mirror_entry *vdev_mirror_next(const struct mirror *mirror, size_t *bucket,
				      const struct mirror_entry *entry);

/* Whether two messages say the same, but for when they were asked for and how old it is. */
bool vdev_mirror_same(const struct nlmsghdr *a, const struct nlmsghdr *b);

#endif /* VDEV_MIRROR_H */
