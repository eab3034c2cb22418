// SPDX-License-Identifier: GPL-2.0
/*
 * One endpoint: its memory, and the pins that keep it registered, which take no
 * lock.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait_bit.h>

#include "codec/contract.h"
#include "core.h"

static atomic64_t allocated = ATOMIC64_INIT(0);
static atomic64_t freed = ATOMIC64_INIT(0);

/* Copy @string behind what is in the buffer already. */
static const char *endpoint_keep_string(char **room, const char *string)
{
	size_t size;

	if (!string)
		return NULL;
	size = strlen(string) + 1;
	*room += size;
	return memcpy(*room - size, string, size);
}

static size_t endpoint_string_room(const char *string)
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
	size_t room = endpoint_string_room(handle->bus) + endpoint_string_room(handle->name) +
		      endpoint_string_room(handle->parent_bus) +
		      endpoint_string_room(handle->parent);
	struct vdev_endpoint *endpoint;
	char *next;

	endpoint = kzalloc(struct_size(endpoint, strings, room), GFP_KERNEL);
	if (!endpoint)
		return NULL;
	next = endpoint->strings;
	endpoint->handle.bus = endpoint_keep_string(&next, handle->bus);
	endpoint->handle.name = endpoint_keep_string(&next, handle->name);
	endpoint->handle.parent_bus = endpoint_keep_string(&next, handle->parent_bus);
	endpoint->handle.parent = endpoint_keep_string(&next, handle->parent);
	endpoint->provider = provider;
	endpoint->mark = mark;
	endpoint->priv = priv;
	endpoint->has_veto = provider->ops && provider->ops->veto;
	refcount_set(&endpoint->users, 1);
	spin_lock_init(&endpoint->counters_lock);
	INIT_LIST_HEAD(&endpoint->pending_node);
	atomic64_inc(&allocated);
	return endpoint;
}

/* A reader that still finds the endpoint finds no counters. */
static void endpoint_drop_counters(struct vdev_endpoint *endpoint)
{
	struct vdev_counters *counters;

	spin_lock(&endpoint->counters_lock);
	counters = endpoint->counters;
	endpoint->counters = NULL;
	spin_unlock(&endpoint->counters_lock);
	kfree(counters);
}

/**
 * vdev_endpoint_free() - free an endpoint
 * @endpoint: the endpoint, which no new reader finds and nobody has pinned
 *
 * Context: Process context.
 */
void vdev_endpoint_free(struct vdev_endpoint *endpoint)
{
	vdev_blob_put(endpoint->pending);
	vdev_blob_put(rcu_dereference_protected(endpoint->blob, true));
	vdev_blob_put(endpoint->reported);
	endpoint_drop_counters(endpoint);
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
	smp_mb(); /* the count before the waiters are read */
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
 * vdev_endpoints_exit() - say whether all endpoints and contracts were freed
 */
void vdev_endpoints_exit(void)
{
	const struct vdev_contract_counts contracts = vdev_contracts_exit();

	pr_info("unloaded, %lld endpoints allocated, %lld freed, %llu contracts allocated, %llu freed\n",
		atomic64_read(&allocated), atomic64_read(&freed),
		contracts.allocated, contracts.freed);
}
