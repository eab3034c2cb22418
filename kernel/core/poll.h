/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Polling: facts that change without an event are read from the driver by a
 * work item of each endpoint, and never for a reader.
 */
#ifndef _VDEV_POLL_H
#define _VDEV_POLL_H

#include <linux/types.h>
#include <linux/xarray.h>

struct vdev_endpoint;
struct vdev_facts;
struct vdev_key;
struct vdev_poll;

/* poll_queue.c */
int vdev_polls_init(void);
void vdev_polls_exit(void);
bool vdev_poll_hasten(struct vdev_poll *poll, u64 since, u64 deadline);

/* poll_times.c */
bool vdev_poll_age(const struct vdev_poll *poll, u32 *age);
bool vdev_poll_is_fresh(const struct vdev_poll *poll, u64 since);

/* poll.c */
struct vdev_poll *vdev_poll_new(struct vdev_endpoint *endpoint,
				const struct vdev_facts *facts);
void vdev_poll_start(struct vdev_poll *poll);
void vdev_poll_stop(struct vdev_poll *poll);
void vdev_poll_free(struct vdev_poll *poll);

/* poll_round.c */
void vdev_poll_arm(void);
void vdev_poll_report_changes(void);
void vdev_poll_want(void);
void vdev_rounds_stop(void);

/* poll_wait.c */
void vdev_poll_wait(const struct vdev_key *const *keys, unsigned int num,
		    u32 max_age);
void vdev_poll_wait_all(xa_mark_t mark, u32 max_age);

#endif /* _VDEV_POLL_H */
