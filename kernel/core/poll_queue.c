// SPDX-License-Identifier: GPL-2.0
/*
 * The polls of all endpoints: their list, and the work queues that they wait in.
 */
#include <linux/ktime.h>
#include <linux/wait_bit.h>

#include "compat.h"
#include "poll_internal.h"

/* So many polls can hang on a processor before others have to wait there. */
#define POLLS_AT_ONCE	512

/* Guards the list, and that a work item is queued. Innermost. */
DEFINE_SPINLOCK(vdev_polls_lock);
LIST_HEAD(vdev_polls);
struct workqueue_struct *vdev_polls_wq;
struct workqueue_struct *vdev_rounds_wq;

/**
 * vdev_poll_queue_locked() - have an endpoint polled as soon as it may be
 * @poll: the poll
 * @now: the time
 *
 * Context: vdev_polls_lock held.
 */
void vdev_poll_queue_locked(struct vdev_poll *poll, u64 now)
{
	u64 next = vdev_poll_next_attempt(poll);

	lockdep_assert_held(&vdev_polls_lock);
	if (!poll->stopped)
		mod_delayed_work(vdev_polls_wq, &poll->work,
				 next > now ? nsecs_to_jiffies(next - now) + 1 : 0);
}

/**
 * vdev_poll_wake() - wake up who waits for a poll
 * @poll: the poll
 *
 * Context: Any.
 */
void vdev_poll_wake(struct vdev_poll *poll)
{
	smp_mb(); /* the times before the waiters are read */
	wake_up_var(poll);
}

/**
 * vdev_poll_hasten() - have an endpoint polled, if it may be polled soon
 * @poll: the poll
 * @since: an attempt that began after this time of ktime_get_ns() will do
 * @deadline: one that begins after this time is of no use
 *
 * Context: Process context, while the poll is not freed.
 * Return: true if such an attempt is under way or will begin.
 */
bool vdev_poll_hasten(struct vdev_poll *poll, u64 since, u64 deadline)
{
	bool soon;

	spin_lock(&vdev_polls_lock);
	soon = vdev_poll_next_attempt(poll) < deadline;
	if (soon)
		vdev_poll_queue_locked(poll, ktime_get_ns());
	soon |= poll->started && poll->started >= since;
	spin_unlock(&vdev_polls_lock);
	return soon;
}

/**
 * vdev_polls_init() - prepare to poll
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_polls_init(void)
{
	vdev_polls_wq = alloc_workqueue("vdev", VDEV_COMPAT_WQ_PERCPU,
					POLLS_AT_ONCE);
	if (!vdev_polls_wq)
		return -ENOMEM;
	vdev_rounds_wq = alloc_ordered_workqueue("vdev_rounds", 0);
	if (vdev_rounds_wq)
		return 0;
	destroy_workqueue(vdev_polls_wq);
	return -ENOMEM;
}

/**
 * vdev_polls_exit() - nothing will be polled any more
 */
void vdev_polls_exit(void)
{
	destroy_workqueue(vdev_rounds_wq);
	destroy_workqueue(vdev_polls_wq);
}
