/* SPDX-License-Identifier: LGPL-2.1 */
/* How the library's functions dump. */
#ifndef VDEV_LIB_DUMP_H
#define VDEV_LIB_DUMP_H

#include "request.h"
#include "spool.h"

/*
 * What is asked of each message, and done with it once the dump is good. If
 * @set is not NULL they are of that set, and not endpoints in the order of
 * their ids.
 */
struct dump_ops {
	const struct attr_set *set;
	/* Of others than endpoints: what is said if they never were of one moment. */
	const char *torn;
	/* If they never were, the last attempt will do: what changed is known from events. */
	bool takes_torn;
	reply_check *check;
	/* Anything but 0 ends the dump, which returns it. */
	int (*each)(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg);
};

/* A dump that is under way. */
struct dump {
	const struct dump_ops *ops;
	struct exchange exchange;
	struct ask ask;
	struct spool spool;
	/* Attempts that were begun; when the next one begins, by vdev_now(), if it is to wait. */
	unsigned int attempt;
	unsigned int pause;
	int64_t resume;
	uint64_t snapshot;
	uint32_t last_id;
	unsigned int num_others;
	/* Objects of two moments came without a word from the kernel. */
	bool mixed;
	/* It is whole, and of several moments. */
	bool torn;
};

/*
 * Dump what was written, which is freed. Returns 0 or a negative errno; in any case the caller
 * ends it, who must not move it.
 */
int vdev_dump_begin(struct vdev_sock *sock, struct dump *dump, uint8_t cmd,
		    struct writer *writer, const struct dump_ops *ops);
void vdev_dump_end(struct dump *dump);

/*
 * Read what has arrived. Returns 0 when the dump is whole and of one moment, or of those that
 * are taken as well, -EINPROGRESS if there is more to come or it pauses, which cannot be with
 * @wait, or another negative errno.
 */
int vdev_dump_step(struct vdev_sock *sock, struct dump *dump, bool wait);

/* When the next step is due, by vdev_now(), whatever arrives. */
int64_t vdev_dump_due(const struct dump *dump);

/*
 * Of a whole dump: call @each for up to @limit messages. Returns 0 at the end, -EINPROGRESS if
 * there are more, another negative errno, or what @each returned.
 */
int vdev_dump_replay(struct vdev_sock *sock, struct dump *dump, size_t limit, void *arg);

/*
 * All of that in one: returns 0, a negative errno, or what @each returned.
 */
int vdev_request_dump(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		      const struct dump_ops *ops, void *arg);

#endif /* VDEV_LIB_DUMP_H */
