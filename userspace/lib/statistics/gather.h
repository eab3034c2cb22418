/* SPDX-License-Identifier: LGPL-2.1 */
/* Where what is counted for a device comes from. */
#ifndef VDEV_LIB_GATHER_H
#define VDEV_LIB_GATHER_H

#include <linux/netlink.h>

#include "dev_stats.h"
#include "model/attr.h"

/* What is in the place of /sys and of /sys/kernel/debug. */
struct stats_roots {
	const char *sysfs;
	const char *debugfs;
};

/* roots.c */
extern const struct stats_roots vdev_dev_stats_roots;

/* vdev_dev_stats_get() with other files. */
int vdev_dev_stats_gather(struct vdev_sock *sock, const struct vdev_handle *handle,
			  uint32_t queue, const struct stats_roots *roots,
			  struct vdev_dev_stats **stats);

/*
 * provider.c: check a reply in full: 0, or -EBADMSG with the path of the bad or missing
 * attribute; and what a checked one says, NULL if there is no memory.
 */
int vdev_dev_stats_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);
struct vdev_dev_stats *vdev_dev_stats_copy(const struct nlmsghdr *nlh);

/*
 * provider.c: who the device is, and what its provider counts. Returns 0, or a negative
 * errno, which the socket has more about.
 */
int vdev_dev_stats_ask(struct vdev_sock *sock, const struct vdev_handle *handle,
		       struct vdev_dev_stats **stats);

/*
 * queues.c: what is counted for a virtqueue of a vdpa device, or for all of them. Returns
 * 0, or a negative errno, which the socket has more about.
 */
int vdev_dev_stats_ask_queue(struct vdev_sock *sock, struct vdev_dev_stats *stats,
			     uint32_t queue);
int vdev_dev_stats_ask_queues(struct vdev_sock *sock, struct vdev_dev_stats *stats);

/*
 * migration.c: what VFIO has in debugfs, if it is a VFIO device. Returns 0, or a negative
 * errno, which @error has more about.
 */
int vdev_dev_stats_read_migration(struct vdev_dev_stats *stats, const struct stats_roots *roots,
				  struct vdev_error *error);

#endif /* VDEV_LIB_GATHER_H */
