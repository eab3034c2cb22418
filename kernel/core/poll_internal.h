/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the poller share, and no other file uses.
 */
#ifndef _VDEV_POLL_INTERNAL_H
#define _VDEV_POLL_INTERNAL_H

#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "core.h"
#include "poll.h"

/**
 * struct vdev_poll - the poll of one endpoint
 * @node: in the list of polls; guarded by vdev_polls_lock
 * @endpoint: whose facts it reads
 * @work: reads them
 * @round: the last round that came by; guarded by vdev_polls_lock
 * @started: when the attempt began that is under way; 0 if none is
 * @attempted: when the last attempt began; 0 before the first
 * @read: when the last attempt began that read anything; 0 before the first
 * @outdated: what was read before that time is known to be out of date
 * @asked: when the first attempt began since which nothing was read, of those that
 *	followed each other; 0 if the last attempt read something
 * @stopped: it is to begin no more, because it ends or is paused; or not yet;
 *	guarded by vdev_polls_lock
 * @pinned: the provider's module is held, because the attempt takes long;
 *	guarded by vdev_polls_lock
 * @rcu: readers may still read the times
 *
 * Times are of ktime_get_ns(). They are written by the work, @outdated by the
 * provider, and read by anybody.
 */
struct vdev_poll {
	struct list_head node;
	struct vdev_endpoint *endpoint;
	struct delayed_work work;
	u64 round;
	u64 started;
	u64 attempted;
	u64 read;
	u64 outdated;
	u64 asked;
	bool stopped;
	bool pinned;
	struct rcu_head rcu;
};

/* Who has not answered for so many intervals is stale. */
#define VDEV_POLL_STALE	5

/* poll_times.c */
extern unsigned int vdev_poll_ms;

u64 vdev_poll_interval(void);
u64 vdev_poll_next_attempt(const struct vdev_poll *poll);
bool vdev_poll_is_lapsed(const struct vdev_poll *poll, u64 now);

/* poll_queue.c */
extern spinlock_t vdev_polls_lock;
extern struct list_head vdev_polls;	/* guarded by vdev_polls_lock */
extern struct workqueue_struct *vdev_polls_wq;
extern struct workqueue_struct *vdev_rounds_wq;

void vdev_poll_queue_locked(struct vdev_poll *poll, u64 now);
void vdev_poll_wake(struct vdev_poll *poll);

/* poll_round.c */
void vdev_poll_watch(void);

#endif /* _VDEV_POLL_INTERNAL_H */
