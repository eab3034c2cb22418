// SPDX-License-Identifier: GPL-2.0
/*
 * Readers who want fresher facts than there are: they wait for a
 * poll, all of them for the same one, and for a bounded time. No lock that a change needs
 * is held while they wait. Generic netlink holds its own for reading, so who registers
 * or unregisters a family waits as long.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/wait_bit.h>

#include "poll_internal.h"

/* No reader waits longer. */
#define WAIT_NS		(100 * NSEC_PER_MSEC)

/**
 * struct wish - what a reader wants
 * @since: facts that were read after this time
 * @deadline: when it will be answered with what there is
 */
struct wish {
	u64 since;
	u64 deadline;
};

static struct wish wish_of(u32 max_age)
{
	u64 now = ktime_get_ns(), age = (u64)max_age * NSEC_PER_MSEC;

	return (struct wish) {
		.since = now > age ? now - age : 0,
		.deadline = now + WAIT_NS,
	};
}

/* It may be gone, which is as good an answer as any. */
static bool wait_is_fresh(const struct vdev_key *key, u64 since)
{
	const struct vdev_endpoint *endpoint;
	struct vdev_view view;
	bool fresh;

	rcu_read_lock();
	endpoint = vdev_see_rcu(&view, key);
	fresh = !endpoint || vdev_poll_is_fresh(endpoint->poll, since);
	rcu_read_unlock();
	return fresh;
}

/*
 * Have it polled. What is returned names the poll to wake_up_var(), and is not
 * dereferenced; NULL if there is nothing to wait for.
 */
static void *wait_hasten(const struct vdev_key *key, const struct wish *wish)
{
	struct vdev_endpoint *endpoint;
	struct vdev_poll *poll = NULL;
	struct vdev_view view;

	rcu_read_lock();
	endpoint = vdev_see_rcu(&view, key);
	if (endpoint && !vdev_poll_is_fresh(endpoint->poll, wish->since) &&
	    vdev_poll_hasten(endpoint->poll, wish->since, wish->deadline))
		poll = endpoint->poll;
	rcu_read_unlock();
	return poll;
}

/*
 * False if the time is up: by the clock, because ticks that come late are counted
 * together and end a wait too soon.
 */
static bool wait_for_poll(const struct vdev_key *key, const struct wish *wish)
{
	void *poll = wait_hasten(key, wish);
	u64 now;

	if (!poll)
		return true;
	while ((now = ktime_get_ns()) < wish->deadline) {
		if (wait_var_event_timeout(poll,
					   wait_is_fresh(key, wish->since),
					   nsecs_to_jiffies(wish->deadline - now) + 1))
			return true;
	}
	return false;
}

/**
 * vdev_poll_wait() - wait for fresh facts of certain endpoints
 * @keys: the endpoints, which need not exist
 * @num: how many they are
 * @max_age: how old their facts may be, in milliseconds
 *
 * All are polled at the same time.
 *
 * Context: Process context, no lock held. May sleep, at most 100 ms.
 */
void vdev_poll_wait(const struct vdev_key *const *keys, unsigned int num,
		    u32 max_age)
{
	const struct wish wish = wish_of(max_age);
	unsigned int i;

	for (i = 0; i < num; i++)
		wait_hasten(keys[i], &wish);
	for (i = 0; i < num; i++) {
		if (!wait_for_poll(keys[i], &wish))
			return;
	}
}

/* The number of the next endpoint that is not fresh, from @id on; or 0. */
static u32 wait_next_old(xa_mark_t mark, unsigned long id, u64 since)
{
	struct vdev_endpoint *endpoint;

	rcu_read_lock();
	do {
		endpoint = vdev_next_rcu(mark, id);
		id = endpoint ? endpoint->id + 1UL : 0;
	} while (endpoint && vdev_poll_is_fresh(endpoint->poll, since) &&
		 !need_resched());
	rcu_read_unlock();
	return id ? id - 1 : 0;
}

/**
 * vdev_poll_wait_all() - wait for fresh facts of all endpoints
 * @mark: VDEV_IS_DEVICE, VDEV_IS_TYPE or VDEV_IS_ANY
 * @max_age: how old they may be, in milliseconds
 *
 * All are polled at the same time.
 *
 * Context: Process context, no lock held. May sleep, at most 100 ms.
 */
void vdev_poll_wait_all(xa_mark_t mark, u32 max_age)
{
	const struct wish wish = wish_of(max_age);
	struct vdev_key key = { .mark = VDEV_IS_ANY };

	if (list_empty(&vdev_polls))
		return;
	while ((key.id = wait_next_old(mark, key.id + 1UL, wish.since))) {
		wait_hasten(&key, &wish);
		cond_resched();
	}
	while ((key.id = wait_next_old(mark, key.id + 1UL, wish.since))) {
		if (!wait_for_poll(&key, &wish) || fatal_signal_pending(current))
			return;
		cond_resched();
	}
}
