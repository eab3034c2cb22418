// SPDX-License-Identifier: GPL-2.0
/*
 * The registry: a container of endpoints with their numbers, their names, and
 * the generation that every visible change moves on.
 *
 * vdev_registry_lock serialises changes, and each becomes visible at one instant:
 * readers take no lock, and see an endpoint together with the generation at which
 * it was so.
 */
#include <linux/cache.h>
#include <linux/err.h>
#include <linux/random.h>

#include "core.h"
#include "events.h"

#define ID_LIMIT	XA_LIMIT(1, INT_MAX)

/* Written under vdev_registry_lock, what readers find under @vdev_sight as well. */
static DEFINE_XARRAY_ALLOC1(endpoints);
static atomic64_t generation = ATOMIC64_INIT(1);
static u32 instance __ro_after_init;
static u32 last_id; /* guarded by vdev_registry_lock */

/**
 * vdev_instance() - which generations are of this family
 *
 * Context: Any.
 * Return: a number that is random, and never 0.
 */
u32 vdev_instance(void)
{
	return instance;
}

/**
 * vdev_generation() - the generation of the family
 *
 * What is read after this has all changes up to that generation, and may have
 * later ones.
 *
 * Context: Any.
 * Return: the generation, which is at least 1.
 */
u64 vdev_generation(void)
{
	return atomic64_read_acquire(&generation);
}

/**
 * vdev_generation_next_locked() - a change is made that is of no endpoint
 *
 * Context: vdev_registry_lock held, until the event of it is queued.
 * Return: the generation of the change.
 */
u64 vdev_generation_next_locked(void)
{
	lockdep_assert_held(&vdev_registry_lock);
	return atomic64_inc_return(&generation);
}

/* What readers find is written between the two, and nothing else. */
static void registry_change_begin_locked(void)
	__acquires(&vdev_sight.lock)
{
	lockdep_assert_held(&vdev_registry_lock);
	write_seqlock(&vdev_sight);
}

/*
 * The event is queued when readers find the change: who joins the group and
 * then dumps finds the change, or gets the event, or both.
 */
static void registry_change_end_locked(struct vdev_endpoint *endpoint,
				       enum vdev_what what)
	__releases(&vdev_sight.lock)
{
	lockdep_assert_held(&vdev_registry_lock);
	WRITE_ONCE(endpoint->generation, atomic64_inc_return(&generation));
	write_sequnlock(&vdev_sight);
	vdev_event_queue_locked(endpoint, what);
}

/*
 * A name is there before its endpoint can be found, and goes after it. Numbers
 * are what counts.
 */
static struct vdev_endpoint *registry_find_by_handle_rcu(const struct vdev_key *key)
{
	struct vdev_endpoint *endpoint = vdev_handle_find_rcu(key);

	if (!endpoint || xa_load(&endpoints, endpoint->id) != endpoint)
		return NULL;
	return endpoint;
}

/**
 * vdev_find_rcu() - find an endpoint
 * @key: its number or its name
 *
 * Context: rcu_read_lock() or vdev_registry_lock held.
 * Return: the endpoint, or NULL.
 */
struct vdev_endpoint *vdev_find_rcu(const struct vdev_key *key)
{
	struct vdev_endpoint *endpoint;

	if (!key->id)
		return registry_find_by_handle_rcu(key);
	endpoint = xa_load(&endpoints, key->id);
	if (!endpoint || key->mark == VDEV_IS_ANY)
		return endpoint;
	return endpoint->mark == key->mark ? endpoint : NULL;
}

/**
 * vdev_next_rcu() - walk the endpoints in the order of their numbers
 * @mark: VDEV_IS_DEVICE, VDEV_IS_TYPE or VDEV_IS_ANY
 * @id: the lowest number wanted
 *
 * Context: rcu_read_lock() or vdev_registry_lock held.
 * Return: the endpoint, or NULL if there is no further one.
 */
struct vdev_endpoint *vdev_next_rcu(xa_mark_t mark, unsigned long id)
{
	return xa_find(&endpoints, &id, ULONG_MAX, mark);
}

/**
 * vdev_walk_begin() - begin to walk the endpoints in the order of their numbers
 * @walk: the walk, which goes on after rcu_read_unlock() only if something has changed
 * @mark: VDEV_IS_DEVICE, VDEV_IS_TYPE or VDEV_IS_ANY
 * @id: the lowest number wanted
 *
 * Context: Any.
 */
void vdev_walk_begin(struct vdev_walk *walk, xa_mark_t mark, unsigned long id)
{
	*walk = (struct vdev_walk) {
		.xas = __XA_STATE(&endpoints, id, 0, 0),
		.mark = mark,
		.next = id,
	};
}

static void *walk_step_rcu(struct vdev_walk *walk)
{
	if (walk->mark == VDEV_IS_ANY)
		return xas_next_entry(&walk->xas, ULONG_MAX);
	return xas_next_marked(&walk->xas, ULONG_MAX, walk->mark);
}

/**
 * vdev_walk_find_rcu() - the next endpoint of a walk
 * @walk: the walk
 * @snapshot: a generation that the family had before
 *
 * From one to the next it is a step in the tree of numbers, unless something has changed.
 *
 * Context: rcu_read_lock() held, since the walk was begun.
 * Return: the endpoint, or NULL if there is no further one.
 */
struct vdev_endpoint *vdev_walk_find_rcu(struct vdev_walk *walk, u64 snapshot)
{
	void *entry;

	if (walk->snapshot != snapshot) {
		xas_set(&walk->xas, walk->next);
		walk->snapshot = snapshot;
	}
	do {
		entry = walk_step_rcu(walk);
	} while (xas_retry(&walk->xas, entry));
	return entry;
}

static struct vdev_blob *registry_blob_of(const struct vdev_endpoint *endpoint)
{
	return rcu_dereference_protected(endpoint->blob,
					 lockdep_is_held(&vdev_registry_lock));
}

/* A number and the name are taken first: what follows them cannot fail. */
static int registry_enter_new_locked(struct vdev_endpoint *endpoint)
{
	int err;

	err = xa_alloc_cyclic(&endpoints, &endpoint->id, NULL, ID_LIMIT,
			      &last_id, GFP_KERNEL);
	if (err < 0)
		return err == -EBUSY ? -ENOSPC : err;
	err = vdev_handle_insert_locked(endpoint);
	if (err) {
		xa_release(&endpoints, endpoint->id);
		return err;
	}
	registry_change_begin_locked();
	xa_store(&endpoints, endpoint->id, endpoint, GFP_NOWAIT);
	xa_set_mark(&endpoints, endpoint->id, endpoint->mark);
	registry_change_end_locked(endpoint, VDEV_NEW);
	return 0;
}

/* One endpoint in the place of another of the same name: a change, no more. */
static void registry_replace_locked(struct vdev_endpoint *old, struct vdev_endpoint *new)
{
	registry_change_begin_locked();
	vdev_handle_replace_locked(old, new);
	xa_store(&endpoints, new->id, new, GFP_NOWAIT);
	registry_change_end_locked(new, VDEV_CHANGE);
}

static bool is_bridged(const struct vdev_endpoint *endpoint)
{
	const struct vdev_provider_ops *ops = endpoint->provider->ops;

	return ops && ops->bridge;
}

/*
 * The endpoint of a driver takes precedence over that of a bridge, whichever
 * came first.
 */
static int registry_enter_again_locked(struct vdev_endpoint *endpoint,
				       struct vdev_endpoint *there)
{
	if (is_bridged(endpoint) == is_bridged(there) || there->over)
		return -EEXIST;
	endpoint->id = there->id;
	if (is_bridged(endpoint)) {
		there->over = endpoint;
		endpoint->under = there;
		return 0;
	}
	endpoint->over = there;
	there->under = endpoint;
	registry_replace_locked(there, endpoint);
	return 0;
}

/**
 * vdev_enter_locked() - let readers find an endpoint
 * @endpoint: the endpoint, with its facts
 *
 * If the endpoint of a bridge has its name, that is hidden until this one
 * goes; the endpoint of a bridge is hidden itself, if another has its name.
 *
 * Context: Process context, vdev_registry_lock held. May sleep.
 * Return: 0; -EEXIST if the name is taken, -ENOSPC if there is no number,
 * -ENOMEM.
 */
int vdev_enter_locked(struct vdev_endpoint *endpoint)
{
	const struct vdev_key key = {
		.mark = endpoint->mark,
		.handle = endpoint->handle,
	};
	struct vdev_endpoint *there = vdev_handle_find_rcu(&key);
	int err;

	lockdep_assert_held(&vdev_registry_lock);
	list_add_tail(&endpoint->node, &endpoint->provider->endpoints);
	err = there ? registry_enter_again_locked(endpoint, there) :
		      registry_enter_new_locked(endpoint);
	if (err) {
		list_del(&endpoint->node);
		return err;
	}
	return 0;
}

static void registry_remove_locked(struct vdev_endpoint *endpoint)
{
	registry_change_begin_locked();
	xa_erase(&endpoints, endpoint->id);
	registry_change_end_locked(endpoint, VDEV_DEL);
	vdev_handle_remove_locked(endpoint);
}

/**
 * vdev_withdraw_locked() - let readers find an endpoint no longer
 * @endpoint: the endpoint
 *
 * One that it hid is found again.
 *
 * Context: Process context, vdev_registry_lock held. May sleep.
 */
void vdev_withdraw_locked(struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_lock);
	WRITE_ONCE(endpoint->gone, true);
	list_del(&endpoint->node);
	list_del_init(&endpoint->pending_node);
	if (endpoint->over) {
		endpoint->over->under = NULL;
		registry_replace_locked(endpoint, endpoint->over);
		endpoint->over = NULL;
	} else if (endpoint->under) {
		endpoint->under->over = NULL;
	} else {
		registry_remove_locked(endpoint);
	}
}

/**
 * vdev_publish_locked() - show other facts of an endpoint
 * @endpoint: the endpoint
 * @blob: its facts, and then those that were published before
 *
 * It is an event if somebody can see a difference.
 *
 * Context: Process context, vdev_registry_lock held. May sleep.
 * Return: true if somebody can.
 */
bool vdev_publish_locked(struct vdev_endpoint *endpoint,
			 struct vdev_blob **blob)
{
	struct vdev_blob *old = registry_blob_of(endpoint);
	bool visible = !endpoint->under && !vdev_blob_same(old, *blob);

	lockdep_assert_held(&vdev_registry_lock);
	if (!visible) {
		rcu_assign_pointer(endpoint->blob, *blob);
	} else {
		registry_change_begin_locked();
		rcu_assign_pointer(endpoint->blob, *blob);
		registry_change_end_locked(endpoint, VDEV_CHANGE);
	}
	*blob = old;
	return visible;
}

/**
 * vdev_stale_locked() - an endpoint does not answer its poller, or does again
 * @endpoint: the endpoint, which is registered
 * @stale: it does not
 *
 * Context: Process context, vdev_registry_lock held. May sleep.
 */
void vdev_stale_locked(struct vdev_endpoint *endpoint, bool stale)
{
	lockdep_assert_held(&vdev_registry_lock);
	if (endpoint->under) {
		WRITE_ONCE(endpoint->stale, stale);
		return;
	}
	registry_change_begin_locked();
	WRITE_ONCE(endpoint->stale, stale);
	registry_change_end_locked(endpoint, VDEV_CHANGE);
}

/**
 * vdev_registry_init() - prepare the registry
 *
 * Return: 0 or an errno.
 */
int vdev_registry_init(void)
{
	instance = get_random_u32() ?: 1;
	return vdev_handles_init();
}

/**
 * vdev_registry_exit() - take the registry down
 *
 * All providers are gone by now, and their endpoints with them.
 */
void vdev_registry_exit(void)
{
	WARN_ON(!xa_empty(&endpoints));
	vdev_handles_exit();
}
