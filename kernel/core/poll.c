// SPDX-License-Identifier: GPL-2.0
/*
 * The poll of one endpoint: when its provider is asked to read what changes
 * without an event. The provider is asked by a work item of
 * the endpoint's own and under no lock, so a device that does not answer holds up
 * this work item, its own unregistration, and nothing else.
 *
 * However many readers ask, an endpoint is polled at most once in an interval;
 * only the provider itself, which knows of a change, can have it polled sooner.
 */
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait_bit.h>

#include "poll_internal.h"
#include "trace.h"

static void poll_count(const struct vdev_endpoint *endpoint, u64 duration,
		       int err)
{
	struct vdev_provider_stats *stats = &endpoint->provider->stats;
	u64 micros = div_u64(duration, NSEC_PER_USEC);

	atomic64_inc(&stats->polls);
	if (err)
		atomic64_inc(&stats->busy);
	trace_vdev_poll(endpoint, micros, err);
	spin_lock(&stats->lock);
	if (micros >= stats->slowest) {
		stats->slowest = micros;
		strscpy(stats->slowest_name, endpoint->handle.name,
			sizeof(stats->slowest_name));
	}
	spin_unlock(&stats->lock);
}

/* Once, when it is read for the first time, or will not be any more. */
static void poll_note_read(struct vdev_poll *poll)
{
	atomic_t *unread = &poll->endpoint->provider->unread;

	if (atomic_dec_and_test(unread))
		wake_up_var(unread);
}

static void poll_set_begun_locked(struct vdev_poll *poll, u64 now)
{
	lockdep_assert_held(&vdev_polls_lock);
	if (!poll->asked || vdev_poll_is_lapsed(poll, now))
		WRITE_ONCE(poll->asked, now);
	WRITE_ONCE(poll->attempted, now);
	WRITE_ONCE(poll->started, now);
}

/*
 * False if it is not due. Ticks that come late are counted together and have the work
 * run too early, so it is queued once more. All of it under the lock: who hastens finds
 * an attempt due or under way.
 */
static bool poll_attempt_begin(struct vdev_poll *poll, u64 now)
{
	bool due;

	spin_lock(&vdev_polls_lock);
	due = !poll->stopped && vdev_poll_next_attempt(poll) <= now;
	if (due)
		poll_set_begun_locked(poll, now);
	else
		vdev_poll_queue_locked(poll, now);
	spin_unlock(&vdev_polls_lock);
	return due;
}

static void poll_attempt_end(struct vdev_poll *poll, int err)
{
	struct vdev_endpoint *endpoint = poll->endpoint;
	u64 began = poll->started;
	bool first = !err && !poll->read;
	bool pinned;

	if (!err) {
		WRITE_ONCE(poll->read, began);
		WRITE_ONCE(poll->asked, 0);
		smp_mb(); /* written before the read; pairs with round_report_late() */
	}
	if (first)
		poll_note_read(poll);
	if (!err && READ_ONCE(endpoint->stale)) {
		vdev_endpoint_set_stale(endpoint, false);
		vdev_poll_report_changes();
	}
	spin_lock(&vdev_polls_lock);
	WRITE_ONCE(poll->started, 0);
	pinned = poll->pinned;
	poll->pinned = false;
	spin_unlock(&vdev_polls_lock);
	if (pinned)
		module_put(endpoint->provider->ops->owner);
	vdev_poll_wake(poll);
}

static void poll_work(struct work_struct *work)
{
	struct vdev_poll *poll = container_of(to_delayed_work(work),
					      struct vdev_poll, work);
	struct vdev_endpoint *endpoint = poll->endpoint;
	u64 now = ktime_get_ns();
	int err;

	if (!poll_attempt_begin(poll, now))
		return;
	vdev_poll_watch();
	err = endpoint->provider->ops->poll(endpoint, endpoint->priv);
	poll_count(endpoint, ktime_get_ns() - now, err);
	poll_attempt_end(poll, err);
}

/**
 * vdev_poll_new() - prepare to poll an endpoint
 * @endpoint: the endpoint
 * @facts: what it is registered with
 *
 * Context: Process context. May sleep.
 * Return: the poll, to be given to vdev_poll_free(); NULL if the provider is
 * not to be asked; or an ERR_PTR: -ENOMEM.
 */
struct vdev_poll *vdev_poll_new(struct vdev_endpoint *endpoint,
				const struct vdev_facts *facts)
{
	const struct vdev_provider_ops *ops = endpoint->provider->ops;
	struct vdev_poll *poll;

	if (!ops || !ops->poll || facts->poll == VDEV_POLL_NONE)
		return NULL;
	poll = kzalloc(sizeof(*poll), GFP_KERNEL);
	if (!poll)
		return ERR_PTR(-ENOMEM);
	poll->endpoint = endpoint;
	poll->stopped = true;
	INIT_LIST_HEAD(&poll->node);
	INIT_DELAYED_WORK(&poll->work, poll_work);
	if (facts->poll == VDEV_POLL_READ) {
		poll->attempted = ktime_get_ns();
		poll->read = poll->attempted;
	}
	return poll;
}

/**
 * vdev_poll_start() - poll an endpoint from now on
 * @poll: the poll; may be NULL
 *
 * What was not read yet is read at once.
 *
 * Context: Process context.
 */
void vdev_poll_start(struct vdev_poll *poll)
{
	if (!poll)
		return;
	if (!poll->read)
		atomic_inc(&poll->endpoint->provider->unread);
	spin_lock(&vdev_polls_lock);
	poll->stopped = false;
	list_add_tail(&poll->node, &vdev_polls);
	if (!poll->read)
		vdev_poll_queue_locked(poll, ktime_get_ns());
	spin_unlock(&vdev_polls_lock);
	vdev_poll_arm();
}

static void poll_halt(struct vdev_poll *poll)
{
	spin_lock(&vdev_polls_lock);
	poll->stopped = true;
	spin_unlock(&vdev_polls_lock);
	cancel_delayed_work_sync(&poll->work);
}

/**
 * vdev_poll_stop() - poll an endpoint no longer
 * @poll: the poll; may be NULL
 *
 * Context: Process context. May sleep, until an attempt that is under way has
 * ended.
 */
void vdev_poll_stop(struct vdev_poll *poll)
{
	if (!poll)
		return;
	poll_halt(poll);
	spin_lock(&vdev_polls_lock);
	list_del_init(&poll->node);
	spin_unlock(&vdev_polls_lock);
	if (!poll->read)
		poll_note_read(poll);
	vdev_poll_wake(poll);
}

/**
 * vdev_poll_free() - free a poll
 * @poll: the poll, which is stopped or was never started; may be NULL
 */
void vdev_poll_free(struct vdev_poll *poll)
{
	if (poll)
		kfree_rcu(poll, rcu);
}

static struct vdev_poll *poll_of(const struct vdev_endpoint *endpoint)
{
	return IS_ERR_OR_NULL(endpoint) ? NULL : endpoint->poll;
}

/**
 * vdev_poll_now() - what a poll read is out of date
 * @endpoint: the endpoint; NULL and ERR_PTR are ignored
 *
 * For a provider that has learned of a change without its outcome. Its poll
 * callback is called soon, whenever that was the last time.
 *
 * Context: Process context. Does not wait for the poll.
 */
void vdev_poll_now(struct vdev_endpoint *endpoint)
{
	struct vdev_poll *poll = poll_of(endpoint);
	u64 now = ktime_get_ns();

	if (!poll)
		return;
	WRITE_ONCE(poll->outdated, now);
	spin_lock(&vdev_polls_lock);
	vdev_poll_queue_locked(poll, now);
	spin_unlock(&vdev_polls_lock);
}
EXPORT_SYMBOL_GPL(vdev_poll_now);

/**
 * vdev_poll_pause() - do not poll an endpoint for a while
 * @endpoint: the endpoint; NULL and ERR_PTR are ignored
 *
 * For what the callback needs and is about to go. The provider serialises this
 * against vdev_poll_resume() and vdev_unregister() of the same endpoint.
 *
 * Context: Process context. May sleep, until an attempt that is under way has
 * ended.
 */
void vdev_poll_pause(struct vdev_endpoint *endpoint)
{
	struct vdev_poll *poll = poll_of(endpoint);

	if (poll)
		poll_halt(poll);
}
EXPORT_SYMBOL_GPL(vdev_poll_pause);

/**
 * vdev_poll_resume() - poll an endpoint again, and soon
 * @endpoint: the endpoint, whether or not it is paused; NULL and ERR_PTR are ignored
 *
 * Context: Process context. Does not wait for the poll.
 */
void vdev_poll_resume(struct vdev_endpoint *endpoint)
{
	struct vdev_poll *poll = poll_of(endpoint);

	if (!poll)
		return;
	/* That it was paused is no reason to call it stale. */
	spin_lock(&vdev_polls_lock);
	poll->stopped = false;
	WRITE_ONCE(poll->asked, 0);
	spin_unlock(&vdev_polls_lock);
	vdev_poll_now(endpoint);
}
EXPORT_SYMBOL_GPL(vdev_poll_resume);
