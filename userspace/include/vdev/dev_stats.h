/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What is counted for one device: by its provider, by the driver of a vdpa device for each
 * of its virtqueues, and what VFIO reports of its migration. What the family counts for
 * itself is in <vdev/stats.h>.
 */
#ifndef VDEV_DEV_STATS_H
#define VDEV_DEV_STATS_H

#include <vdev/request.h>
#include <vdev/sock.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All virtqueues of a device. */
#define VDEV_QUEUES_ALL UINT32_MAX

/**
 * struct vdev_counter - something that is counted
 * @name: its name, as the driver has it
 * @value: its value
 */
struct vdev_counter {
	const char *name;
	uint64_t value;
};

/**
 * struct vdev_queue_stats - what the driver of a vdpa device counts for a virtqueue
 * @index: index of the virtqueue, from 0
 * @counters: the counters, in the order of the driver
 * @num_counters: length of @counters
 *
 * The struct may grow at its end.
 */
struct vdev_queue_stats {
	uint32_t index;
	const struct vdev_counter *counters;
	unsigned int num_counters;
};

/* What could not be read. */
enum vdev_stats_part {
	VDEV_STATS_QUEUES = 1,
	VDEV_STATS_MIGRATION,
};

/**
 * struct vdev_missing_stats - what there may be and could not be read
 * @part: what it is
 * @code: why, as positive errno: EPERM or EACCES without the permission for it
 * @reason: the same in words: those of the kernel where it has some
 *
 * The struct may grow at its end.
 */
struct vdev_missing_stats {
	enum vdev_stats_part part;
	int code;
	const char *reason;
};

/* What was counted at one moment. It never changes. */
struct vdev_dev_stats;

/**
 * vdev_dev_stats_get() - read what is counted for a device
 * @sock: the socket
 * @handle: which device
 * @queue: index of the virtqueue of a vdpa device that alone is read; VDEV_QUEUES_ALL for
 *	all that is counted
 * @stats: where to put it, to be freed with vdev_dev_stats_free(); NULL after a failure
 *
 * What a provider counts, everybody can read. For virtqueues the vdpa family of the kernel
 * is asked, which wants CAP_NET_ADMIN; the state of a migration is in debugfs. Of all that
 * is counted, what cannot be read is missing, with a reason; that is no failure.
 *
 * Return: 0 or a negative errno, which vdev_sock_error() has more about: -ENODEV if there
 * is no such device; for one virtqueue also -EINVAL if it is no vdpa device, and what the
 * kernel has said of it, -ERANGE or -EINVAL if there is no such virtqueue.
 */
int vdev_dev_stats_get(struct vdev_sock *sock, const struct vdev_handle *handle, uint32_t queue,
		       struct vdev_dev_stats **stats);

/**
 * vdev_dev_stats_free() - free what was read, and all that was got from it
 * @stats: what was read; may be NULL
 */
void vdev_dev_stats_free(struct vdev_dev_stats *stats);

/**
 * vdev_dev_stats_handle() - for which device it is counted
 * @stats: what was read
 *
 * Return: BUS/NAME, valid as long as @stats.
 */
const char *vdev_dev_stats_handle(const struct vdev_dev_stats *stats);

/**
 * vdev_dev_stats_id() - the number of the device
 * @stats: what was read
 *
 * Return: the number.
 */
uint32_t vdev_dev_stats_id(const struct vdev_dev_stats *stats);

/**
 * vdev_dev_stats_num_counters() - how many counters of the provider there are
 * @stats: what was read
 *
 * Return: the number.
 */
unsigned int vdev_dev_stats_num_counters(const struct vdev_dev_stats *stats);

/**
 * vdev_dev_stats_counter() - something that the provider counts
 * @stats: what was read
 * @index: from 0 to vdev_dev_stats_num_counters() - 1
 *
 * Return: the counter, valid as long as @stats; NULL if there is none with this index.
 */
const struct vdev_counter *vdev_dev_stats_counter(const struct vdev_dev_stats *stats,
						  unsigned int index);

/**
 * vdev_dev_stats_num_queues() - for how many virtqueues something was read
 * @stats: what was read
 *
 * Return: the number.
 */
unsigned int vdev_dev_stats_num_queues(const struct vdev_dev_stats *stats);

/**
 * vdev_dev_stats_queue() - what is counted for a virtqueue
 * @stats: what was read
 * @index: from 0 to vdev_dev_stats_num_queues() - 1: its place here, and not its index at
 *	the device
 *
 * Return: the counters, valid as long as @stats; NULL if there are none with this index.
 */
const struct vdev_queue_stats *vdev_dev_stats_queue(const struct vdev_dev_stats *stats,
						    unsigned int index);

/**
 * vdev_dev_stats_migration_state() - in which state of a migration a VFIO device is
 * @stats: what was read
 *
 * Return: the state as VFIO names it, in small letters, such as running, stop-copy or
 * pre-copy-p2p; valid as long as @stats. NULL if it is not reported.
 */
const char *vdev_dev_stats_migration_state(const struct vdev_dev_stats *stats);

/**
 * vdev_dev_stats_num_missing() - how much could not be read
 * @stats: what was read
 *
 * Return: the number of parts.
 */
unsigned int vdev_dev_stats_num_missing(const struct vdev_dev_stats *stats);

/**
 * vdev_dev_stats_missing() - something that could not be read
 * @stats: what was read
 * @index: from 0 to vdev_dev_stats_num_missing() - 1
 *
 * Return: what it is, valid as long as @stats; NULL if there is none with this index.
 */
const struct vdev_missing_stats *vdev_dev_stats_missing(const struct vdev_dev_stats *stats,
							unsigned int index);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_DEV_STATS_H */
