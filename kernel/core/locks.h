/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The locks of those who make changes, outermost first:
 *	a provider's own locks
 *	vdev_profiles_sem		the profiles; held for reading while an
 *					endpoint is registered or updated
 *	vdev_registry_lock		the endpoints and the generation
 *	vdev_sight			written while a change becomes visible
 *	what struct vdev_event_ops takes, see netlink/notify.c
 * counters_lock of an endpoint is taken within any of these, and nothing within it.
 * Events are sent with vdev_registry_lock dropped. No callback of a provider is
 * called under any of these.
 */
#ifndef _VDEV_LOCKS_H
#define _VDEV_LOCKS_H

#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>

extern struct rw_semaphore vdev_profiles_sem;
extern struct mutex vdev_registry_lock;
extern seqlock_t vdev_sight;

#endif /* _VDEV_LOCKS_H */
