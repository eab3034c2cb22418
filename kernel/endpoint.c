// SPDX-License-Identifier: GPL-2.0
/*
 * One endpoint: its memory, the pins that keep it registered, and the view of
 * it that a message shows. What readers do here takes no lock.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait_bit.h>

#include "core.h"
#include "poll.h"

static atomic64_t allocated = ATOMIC64_INIT(0);
static atomic64_t freed = ATOMIC64_INIT(0);

/* Copy @string behind what is in the buffer already. */
static const char *keep_string(char **room, const char *string)
{
	size_t size;

	if (!string)
		return NULL;
	size = strlen(string) + 1;
	*room += size;
	return memcpy(*room - size, string, size);
}

static size_t string_room(const char *string)
{
	return string ? strlen(string) + 1 : 0;
}

/**
 * vdev_endpoint_new() - allocate an endpoint
 * @provider: who registers it
 * @mark: VDEV_IS_DEVICE or VDEV_IS_TYPE
 * @handle: its name, within its bounds
 * @priv: the provider's own
 *
 * Context: Process context. May sleep.
 * Return: the endpoint, to be given to vdev_endpoint_free(); or NULL.
 */
struct vdev_endpoint *vdev_endpoint_new(struct vdev_provider *provider,
					xa_mark_t mark,
					const struct vdev_handle *handle,
					void *priv)
{
	size_t room = string_room(handle->bus) + string_room(handle->name) +
		      string_room(handle->parent_bus) +
		      string_room(handle->parent);
	struct vdev_endpoint *endpoint;
	char *next;

	endpoint = kzalloc(struct_size(endpoint, strings, room), GFP_KERNEL);
	if (!endpoint)
		return NULL;
	next = endpoint->strings;
	endpoint->handle.bus = keep_string(&next, handle->bus);
	endpoint->handle.name = keep_string(&next, handle->name);
	endpoint->handle.parent_bus = keep_string(&next, handle->parent_bus);
	endpoint->handle.parent = keep_string(&next, handle->parent);
	endpoint->provider = provider;
	endpoint->mark = mark;
	endpoint->priv = priv;
	refcount_set(&endpoint->users, 1);
	INIT_LIST_HEAD(&endpoint->pending_node);
	atomic64_inc(&allocated);
	return endpoint;
}

/**
 * vdev_endpoint_free() - free an endpoint
 * @endpoint: the endpoint, which no new reader finds and nobody has pinned
 *
 * Context: Any.
 */
void vdev_endpoint_free(struct vdev_endpoint *endpoint)
{
	vdev_blob_put(endpoint->pending);
	vdev_blob_put(rcu_dereference_protected(endpoint->blob, true));
	vdev_blob_put(endpoint->told);
	kfree_rcu(endpoint, rcu);
	atomic64_inc(&freed);
}

/**
 * vdev_endpoint_pin() - keep an endpoint registered for a while
 * @endpoint: the endpoint
 *
 * vdev_unregister() waits for the end of it: so not for long.
 *
 * Context: rcu_read_lock() held.
 * Return: true if it is pinned, to be given to vdev_endpoint_unpin(); false if
 * it is being unregistered.
 */
bool vdev_endpoint_pin(struct vdev_endpoint *endpoint)
{
	return refcount_inc_not_zero(&endpoint->users);
}

/**
 * vdev_endpoint_unpin() - need an endpoint no longer
 * @endpoint: the endpoint
 *
 * Context: Any.
 */
void vdev_endpoint_unpin(struct vdev_endpoint *endpoint)
{
	if (!refcount_dec_and_test(&endpoint->users))
		return;
	smp_mb(); /* the count before a look at who waits */
	wake_up_var(&endpoint->users);
}

/**
 * vdev_endpoint_drain() - wait until nobody has pinned an endpoint
 * @endpoint: the endpoint, which is no longer in the registry
 *
 * Context: Process context. May sleep.
 */
void vdev_endpoint_drain(struct vdev_endpoint *endpoint)
{
	vdev_endpoint_unpin(endpoint);
	wait_var_event(&endpoint->users, !refcount_read(&endpoint->users));
}

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
	view->generation = READ_ONCE(endpoint->generation);
	view->stale = READ_ONCE(endpoint->stale);
	view->polled = vdev_poll_age(endpoint->poll, &view->age);
	view->blob = rcu_dereference_check(endpoint->blob,
					   lockdep_is_held(&vdev_registry_lock));
}

/**
 * vdev_view_hold() - keep what was seen of an endpoint
 * @view: what vdev_see_rcu() or vdev_see_next_rcu() saw
 * @endpoint: the endpoint
 *
 * Context: rcu_read_lock() held, since it was seen.
 * Return: true if it is pinned, and the view is to be given to
 * vdev_view_release(); false if it has changed or gone since, and is to be looked
 * at again.
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
 * Context: Any.
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

/**
 * vdev_endpoints_exit() - say whether all endpoints were freed
 */
void vdev_endpoints_exit(void)
{
	pr_info("unloaded, %lld endpoints allocated, %lld freed\n",
		atomic64_read(&allocated), atomic64_read(&freed));
}
