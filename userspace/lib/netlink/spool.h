/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Keeps the messages of a dump until it is known to be good: in memory at
 * first, in an unnamed file when there are many.
 */
#ifndef VDEV_SPOOL_H
#define VDEV_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

#include <linux/netlink.h>
#include <sys/types.h>

/* What is kept in memory before a file is made. */
#define SPOOL_MEMORY (1024 * 1024)

struct spool {
	char *data;
	size_t size;
	size_t start;
	size_t end;
	off_t file_end;
	off_t file_next;
	int fd;
	bool no_file;
};

void vdev_spool_init(struct spool *spool);
void vdev_spool_free(struct spool *spool);

/* Discard all messages; keep memory and file for the next ones. */
void vdev_spool_reset(struct spool *spool);

/* Returns 0 or a negative errno. */
int vdev_spool_add(struct spool *spool, const struct nlmsghdr *nlh);

/*
 * Next message from the oldest on, valid until the next call. Nothing may be
 * added once reading has begun. Returns 1, 0 at the end, or a negative errno.
 */
int vdev_spool_next(struct spool *spool, const struct nlmsghdr **nlh);

#endif /* VDEV_SPOOL_H */
