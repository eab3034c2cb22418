// SPDX-License-Identifier: GPL-2.0
/*
 * What a message shows of an endpoint: seen at one moment, together with the
 * generation of the family, and kept while it is needed. No lock is taken here.
 */
#include "core.h"
#include "poll.h"

/**
 * vdev_view_of() - what a message shows of an endpoint
 * @view: where to put it; its snapshot is not set
 * @endpoint: the endpoint
 *
 * Context: vdev_registry_lock held, or rcu_read_lock() by a caller that tries
 * again if a change became visible meanwhile, as vdev_see_rcu() does.
 */
void vdev_view_of(struct vdev_view *view, struct vdev_endpoint *endpoint)
{
	view->id = endpoint->id;
	view->kind = vdev_endpoint_kind(endpoint);
	view->instance = vdev_instance();
	view->generation = READ_ONCE(endpoint->generation);
	view->stale = READ_ONCE(endpoint->stale);
	view->polled = vdev_poll_age(endpoint->poll, &view->age);
	view->blob = rcu_dereference_check(endpoint->blob,
					   lockdep_is_held(&vdev_registry_lock));
}

static void view_see_rcu(struct vdev_view *view, struct vdev_endpoint *endpoint)
{
	view->snapshot = vdev_generation();
	if (endpoint)
		vdev_view_of(view, endpoint);
}

/**
 * vdev_see_rcu() - find an endpoint, and see it as it is
 * @view: where to put it; its snapshot also if there is no such endpoint
 * @key: its number or its name
 *
 * Context: rcu_read_lock() held, until the view was used.
 * Return: the endpoint, or NULL.
 */
struct vdev_endpoint *vdev_see_rcu(struct vdev_view *view,
				   const struct vdev_key *key)
{
	struct vdev_endpoint *endpoint;
	unsigned int seq;

	do {
		seq = read_seqbegin(&vdev_sight);
		endpoint = vdev_find_rcu(key);
		view_see_rcu(view, endpoint);
	} while (read_seqretry(&vdev_sight, seq));
	return endpoint;
}

/**
 * vdev_walk_next_rcu() - the next endpoint of a walk, as it is
 * @walk: the walk
 * @view: where to put what is seen; its snapshot also if there is no further endpoint
 *
 * Context: rcu_read_lock() held, since the walk was begun and until the view was used.
 * Return: the endpoint, or NULL if there is no further one.
 */
struct vdev_endpoint *vdev_walk_next_rcu(struct vdev_walk *walk, struct vdev_view *view)
{
	struct vdev_endpoint *endpoint;
	unsigned int seq;

	for (;;) {
		seq = read_seqbegin(&vdev_sight);
		view->snapshot = vdev_generation();
		endpoint = vdev_walk_find_rcu(walk, view->snapshot);
		if (endpoint)
			vdev_view_of(view, endpoint);
		if (!read_seqretry(&vdev_sight, seq))
			break;
		walk->snapshot = 0;
	}
	if (endpoint)
		walk->next = endpoint->id + 1UL;
	return endpoint;
}

/**
 * vdev_view_hold() - keep what was seen of an endpoint
 * @view: what vdev_see_rcu() or vdev_walk_next_rcu() saw
 * @endpoint: the endpoint
 *
 * Context: rcu_read_lock() held, since it was seen.
 * Return: true if it is pinned, and the view is to be given to
 * vdev_view_release(); false if it has changed or gone since, and has to be
 * read again.
 */
bool vdev_view_hold(const struct vdev_view *view,
		    struct vdev_endpoint *endpoint)
{
	if (!vdev_endpoint_pin(endpoint))
		return false;
	if (refcount_inc_not_zero(&view->blob->refs))
		return true;
	vdev_endpoint_unpin(endpoint);
	return false;
}

/**
 * vdev_view_release() - need a view and its endpoint no longer
 * @view: the view
 * @endpoint: the endpoint
 *
 * Context: Process context.
 */
void vdev_view_release(struct vdev_view *view, struct vdev_endpoint *endpoint)
{
	vdev_blob_put(view->blob);
	vdev_endpoint_unpin(endpoint);
}

/**
 * vdev_view_find() - find an endpoint, and keep what is to be shown of it
 * @view: where to put it
 * @key: its number or its name
 *
 * Context: Process context.
 * Return: the endpoint, which is pinned, to be given to vdev_view_release()
 * with the view; or NULL.
 */
struct vdev_endpoint *vdev_view_find(struct vdev_view *view,
				     const struct vdev_key *key)
{
	struct vdev_endpoint *endpoint;
	bool held;

	do {
		rcu_read_lock();
		endpoint = vdev_see_rcu(view, key);
		held = !endpoint || vdev_view_hold(view, endpoint);
		rcu_read_unlock();
	} while (!held);
	return endpoint;
}
