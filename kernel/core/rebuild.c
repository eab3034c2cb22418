// SPDX-License-Identifier: GPL-2.0
/*
 * The endpoints follow a change of the profiles or ceilings: first all that can fail is
 * prepared for each, then each changes by itself, in a moment of its own.
 * vdev_profiles_sem is held for writing while they are prepared, so that no
 * endpoint is updated or comes meanwhile; it may go. It is held for reading
 * while they change and subscribers are notified: then others may come and be
 * updated, and the next change of the profiles has to wait; while one does, those who
 * come and are updated wait behind it. No reader waits for any of them.
 */
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "ceiling.h"
#include "change.h"
#include "core.h"
#include "poll.h"
#include "profile.h"

/* Endpoints with something pending; guarded by vdev_registry_lock. */
static LIST_HEAD(pending);

static bool rebuild_is_different(const struct vdev_endpoint *endpoint,
				 const struct vdev_blob *blob)
{
	const struct vdev_blob *shown;

	lockdep_assert_held(&vdev_registry_lock);
	shown = rcu_dereference_protected(endpoint->blob, true);
	return !endpoint->gone && !vdev_blob_same(blob, shown);
}

/*
 * The endpoint may go while its blob is made, and not afterwards. One that was
 * hidden is prepared a second time, if the one that hid it goes meanwhile.
 */
static void rebuild_keep_pending(struct vdev_endpoint *endpoint, struct vdev_blob *blob)
{
	mutex_lock(&vdev_registry_lock);
	vdev_rebuild_discard_locked(endpoint);
	if (rebuild_is_different(endpoint, blob)) {
		endpoint->pending = blob;
		list_add_tail(&endpoint->pending_node, &pending);
		blob = NULL;
	}
	mutex_unlock(&vdev_registry_lock);
	vdev_blob_put(blob);
}

static bool rebuild_matches(const struct vdev_profile *profile,
			    const struct vdev_endpoint *endpoint)
{
	return profile && vdev_profile_matches(profile, endpoint->reported);
}

/* Both ceilings of a change are those of one type. */
static bool rebuild_limits(const struct vdev_change *change,
			   const struct vdev_endpoint *endpoint)
{
	const struct vdev_limit *limit = change->new_limit ?: change->old_limit;

	return limit && vdev_limit_is_for(limit, vdev_endpoint_kind(endpoint),
					  endpoint->reported);
}

static int rebuild_prepare_pinned(struct vdev_endpoint *endpoint,
				  const struct vdev_change *change)
{
	struct vdev_blob *blob;

	if (!rebuild_matches(change->old, endpoint) &&
	    !rebuild_matches(change->new, endpoint) &&
	    !rebuild_limits(change, endpoint))
		return 0;
	blob = vdev_profile_effect_after_locked(endpoint->reported,
						vdev_endpoint_kind(endpoint), change);
	if (IS_ERR(blob))
		return PTR_ERR(blob);
	rebuild_keep_pending(endpoint, blob);
	return 0;
}

static struct vdev_endpoint *rebuild_pin_hidden(const struct vdev_endpoint *endpoint)
{
	struct vdev_endpoint *hidden;

	mutex_lock(&vdev_registry_lock);
	hidden = endpoint->over;
	if (hidden && !vdev_endpoint_pin(hidden))
		hidden = NULL;
	mutex_unlock(&vdev_registry_lock);
	return hidden;
}

/* Readers find one of the two, and both follow. */
static int rebuild_prepare_both(struct vdev_endpoint *endpoint,
				const struct vdev_change *change)
{
	struct vdev_endpoint *hidden = rebuild_pin_hidden(endpoint);
	int err;

	err = rebuild_prepare_pinned(endpoint, change);
	if (!hidden)
		return err;
	err = err ?: rebuild_prepare_pinned(hidden, change);
	vdev_endpoint_unpin(hidden);
	return err;
}

/* The next from *@next on, pinned; NULL and 0 if there is no further one. */
static struct vdev_endpoint *rebuild_pin_next(unsigned long *next)
{
	struct vdev_endpoint *endpoint;

	rcu_read_lock();
	/* Where one goes, that which it has hidden may be by now. */
	do {
		endpoint = vdev_next_rcu(VDEV_IS_ANY, *next);
	} while (endpoint && !vdev_endpoint_pin(endpoint));
	rcu_read_unlock();
	*next = endpoint ? endpoint->id + 1UL : 0;
	return endpoint;
}

/**
 * vdev_rebuild_discard_locked() - what is pending for an endpoint is out of date
 * @endpoint: the endpoint
 *
 * Context: vdev_registry_lock held.
 */
void vdev_rebuild_discard_locked(struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_lock);
	list_del_init(&endpoint->pending_node);
	vdev_blob_put(endpoint->pending);
	endpoint->pending = NULL;
}

/* With or without a change, nothing is pending at the end. */
static bool rebuild_finish_one(bool change, unsigned int *changed)
{
	struct vdev_endpoint *endpoint;

	mutex_lock(&vdev_registry_lock);
	endpoint = list_first_entry_or_null(&pending, struct vdev_endpoint,
					    pending_node);
	if (endpoint) {
		if (change)
			*changed += vdev_publish_locked(endpoint,
							&endpoint->pending);
		vdev_rebuild_discard_locked(endpoint);
	}
	mutex_unlock(&vdev_registry_lock);
	vdev_poll_report_changes();
	return endpoint;
}

/**
 * vdev_rebuild_prepare_locked() - what a change of the profiles or ceilings will change
 * @change: the change
 *
 * Context: Process context, vdev_profiles_sem held for writing, and for reading
 * at least until vdev_rebuild_finish_locked() returns. May sleep, and can be
 * killed.
 * Return: 0, -EINTR or -ENOMEM, for vdev_rebuild_finish_locked(). No endpoint
 * has changed.
 */
int vdev_rebuild_prepare_locked(const struct vdev_change *change)
{
	struct vdev_endpoint *endpoint;
	unsigned long next = 1;
	int err = 0;

	lockdep_assert_held_write(&vdev_profiles_sem);
	while (!err && (endpoint = rebuild_pin_next(&next))) {
		err = rebuild_prepare_both(endpoint, change);
		/* One that it hid has its number now. */
		if (READ_ONCE(endpoint->gone))
			next = endpoint->id;
		vdev_endpoint_unpin(endpoint);
		if (!err && fatal_signal_pending(current))
			err = -EINTR;
		cond_resched();
	}
	return err;
}

/**
 * vdev_rebuild_finish_locked() - let the endpoints change
 * @err: what vdev_rebuild_prepare_locked() returned; if not 0, none changes
 *
 * Context: Process context, vdev_profiles_sem held. May sleep.
 * Return: how many have changed.
 */
unsigned int vdev_rebuild_finish_locked(int err)
{
	unsigned int changed = 0;

	lockdep_assert_held(&vdev_profiles_sem);
	while (rebuild_finish_one(!err, &changed))
		cond_resched();
	return changed;
}
