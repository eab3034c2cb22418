// SPDX-License-Identifier: GPL-2.0
/*
 * The table of handles: who has which name. It is changed under
 * vdev_registry_lock, and read under RCU.
 */
#include <linux/jhash.h>
#include <linux/rhashtable.h>
#include <linux/string.h>

#include "core.h"

/* Changed under vdev_registry_lock. */
static struct rhashtable handles;

static u32 handle_hash_string(const char *string, u32 seed)
{
	return jhash(string, strlen(string), seed);
}

/* Devices and types have names of different shapes, and never collide. */
static u32 handle_hash(xa_mark_t mark, const struct vdev_handle *handle,
		       u32 seed)
{
	if (mark == VDEV_IS_DEVICE)
		return handle_hash_string(handle->name,
					  handle_hash_string(handle->bus, seed));
	seed = handle_hash_string(handle->parent_bus, ~seed);
	return handle_hash_string(handle->name, handle_hash_string(handle->parent, seed));
}

static u32 handle_hash_key(const void *data, u32 len, u32 seed)
{
	const struct vdev_key *key = data;

	return handle_hash(key->mark, &key->handle, seed);
}

static u32 handle_hash_endpoint(const void *data, u32 len, u32 seed)
{
	const struct vdev_endpoint *endpoint = data;

	return handle_hash(endpoint->mark, &endpoint->handle, seed);
}

static int handle_compare(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct vdev_endpoint *endpoint = obj;
	const struct vdev_handle *have = &endpoint->handle;
	const struct vdev_key *key = arg->key;
	const struct vdev_handle *want = &key->handle;

	if (key->mark != endpoint->mark || strcmp(want->name, have->name))
		return 1;
	if (key->mark == VDEV_IS_DEVICE)
		return strcmp(want->bus, have->bus);
	return strcmp(want->parent_bus, have->parent_bus) ||
	       strcmp(want->parent, have->parent);
}

static const struct rhashtable_params handle_params = {
	.head_offset = offsetof(struct vdev_endpoint, hash),
	.hashfn = handle_hash_key,
	.obj_hashfn = handle_hash_endpoint,
	.obj_cmpfn = handle_compare,
	.automatic_shrinking = true,
};

/**
 * vdev_handle_find_rcu() - who has a name?
 * @key: the name
 *
 * Context: rcu_read_lock() or vdev_registry_lock held.
 * Return: the endpoint, or NULL.
 */
struct vdev_endpoint *vdev_handle_find_rcu(const struct vdev_key *key)
{
	return rhashtable_lookup_fast(&handles, key, handle_params);
}

/**
 * vdev_handle_insert_locked() - take a name
 * @endpoint: who takes its own, which nobody has
 *
 * Context: Process context, vdev_registry_lock held. May sleep.
 * Return: 0 or -ENOMEM.
 */
int vdev_handle_insert_locked(struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_lock);
	return rhashtable_insert_fast(&handles, &endpoint->hash, handle_params);
}

/**
 * vdev_handle_replace_locked() - hand a name over
 * @old: who has it
 * @new: who takes it, both devices or both types
 *
 * Context: vdev_registry_lock held.
 */
void vdev_handle_replace_locked(struct vdev_endpoint *old,
				struct vdev_endpoint *new)
{
	int err;

	lockdep_assert_held(&vdev_registry_lock);
	err = rhashtable_replace_fast(&handles, &old->hash, &new->hash,
				      handle_params);
	WARN_ON_ONCE(err);
}

/**
 * vdev_handle_remove_locked() - give a name back
 * @endpoint: who has it
 *
 * Context: vdev_registry_lock held.
 */
void vdev_handle_remove_locked(struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_lock);
	rhashtable_remove_fast(&handles, &endpoint->hash, handle_params);
}

/**
 * vdev_handles_init() - prepare the table
 *
 * Return: 0 or an errno.
 */
int vdev_handles_init(void)
{
	return rhashtable_init(&handles, &handle_params);
}

/**
 * vdev_handles_exit() - take the table down, which is empty by now
 */
void vdev_handles_exit(void)
{
	rhashtable_destroy(&handles);
}
