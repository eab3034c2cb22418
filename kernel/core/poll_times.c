// SPDX-License-Identifier: GPL-2.0
/*
 * The times of a poll: how old is what was read, when may the next attempt begin.
 * No locks: they are written as struct vdev_poll says, and read by anybody.
 */
#include <linux/ktime.h>
#include <linux/math64.h>

#include "poll_internal.h"

/* The parameter of the module, see poll_round.c. */
unsigned int vdev_poll_ms = 1000;

/**
 * vdev_poll_interval() - how often an endpoint is polled
 *
 * Return: nanoseconds from one attempt to the next.
 */
u64 vdev_poll_interval(void)
{
	return (u64)READ_ONCE(vdev_poll_ms) * NSEC_PER_MSEC;
}

/**
 * vdev_poll_is_lapsed() - has it not been polled for a while?
 * @poll: the poll
 * @now: the time, of ktime_get_ns()
 *
 * An endpoint that nobody had polled is not one that does not answer.
 *
 * Context: Any, while the poll is not freed.
 * Return: true if it has not.
 */
bool vdev_poll_is_lapsed(const struct vdev_poll *poll, u64 now)
{
	return !READ_ONCE(poll->started) &&
	       now > READ_ONCE(poll->attempted) + VDEV_POLL_STALE * vdev_poll_interval();
}

static bool poll_is_outdated(const struct vdev_poll *poll, u64 time)
{
	return READ_ONCE(poll->outdated) > time;
}

/**
 * vdev_poll_next_attempt() - when the next attempt may begin
 * @poll: the poll
 *
 * Context: Any, while the poll is not freed.
 * Return: the time, of ktime_get_ns().
 */
u64 vdev_poll_next_attempt(const struct vdev_poll *poll)
{
	u64 attempted = READ_ONCE(poll->attempted);

	if (!attempted || poll_is_outdated(poll, attempted))
		return 0;
	return attempted + vdev_poll_interval();
}

/**
 * vdev_poll_age() - how old is what was polled?
 * @poll: the poll; may be NULL
 * @age: where to put it, in milliseconds
 *
 * Context: Any, while the poll is not freed.
 * Return: false if nothing was ever polled.
 */
bool vdev_poll_age(const struct vdev_poll *poll, u32 *age)
{
	u64 read = poll ? READ_ONCE(poll->read) : 0;

	if (!read)
		return false;
	*age = min_t(u64, div_u64(ktime_get_ns() - read, NSEC_PER_MSEC),
		     U32_MAX);
	return true;
}

/**
 * vdev_poll_is_fresh() - was it polled since?
 * @poll: the poll; may be NULL
 * @since: a time of ktime_get_ns()
 *
 * Context: Any, while the poll is not freed.
 * Return: true if there is nothing to wait for: it was, it cannot be polled at
 * present, or it is known not to answer.
 */
bool vdev_poll_is_fresh(const struct vdev_poll *poll, u64 since)
{
	u64 read = poll ? READ_ONCE(poll->read) : 0;

	if (!poll || READ_ONCE(poll->stopped) ||
	    READ_ONCE(poll->endpoint->stale))
		return true;
	return read && read >= since && !poll_is_outdated(poll, read);
}
