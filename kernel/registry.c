// SPDX-License-Identifier: GPL-2.0
/*
 * The registry of endpoints: numbers, lifetime, and the generation that every
 * visible change moves on. One lock guards it all; what can be prepared
 * (checking, serialising, allocating) is done before it is taken.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "bounds.h"
#include "core.h"
#include "notify.h"
#include "profile.h"

#define ID_LIMIT	XA_LIMIT(1, INT_MAX)

DECLARE_RWSEM(vdev_registry_sem);

/* All of these are guarded by vdev_registry_sem. */
static DEFINE_XARRAY_ALLOC1(endpoints);
static u32 last_id;
static u64 generation = 1;
static u64 last_alike;
static u64 registered;
static u64 freed;

/**
 * vdev_generation_locked() - the generation of the family
 *
 * Context: vdev_registry_sem held.
 * Return: the generation.
 */
u64 vdev_generation_locked(void)
{
	lockdep_assert_held(&vdev_registry_sem);
	return generation;
}

/* A dump compares the low 32 bits, and takes 0 for "none". */
static void touch_locked(struct vdev_endpoint *endpoint,
			 enum vdev_what what, struct vdev_event *event)
{
	lockdep_assert_held_write(&vdev_registry_sem);
	generation++;
	if (!lower_32_bits(generation))
		generation++;
	endpoint->generation = generation;
	vdev_event_queue_locked(event, endpoint, what);
}

/**
 * vdev_find_locked() - find an endpoint
 * @key: its number or its name
 *
 * Context: vdev_registry_sem held.
 * Return: the endpoint, or NULL.
 */
struct vdev_endpoint *vdev_find_locked(const struct vdev_key *key)
{
	struct vdev_endpoint *endpoint;

	lockdep_assert_held(&vdev_registry_sem);
	if (!key->id)
		return vdev_handle_find_locked(key);
	endpoint = xa_load(&endpoints, key->id);
	if (!endpoint || key->mark == VDEV_IS_ANY)
		return endpoint;
	return endpoint->mark == key->mark ? endpoint : NULL;
}

/**
 * vdev_next_locked() - walk the endpoints in the order of their numbers
 * @mark: VDEV_IS_DEVICE, VDEV_IS_TYPE or VDEV_IS_ANY
 * @id: the lowest number wanted
 *
 * Context: vdev_registry_sem held.
 * Return: the endpoint, or NULL if there is no further one.
 */
struct vdev_endpoint *vdev_next_locked(xa_mark_t mark, unsigned long id)
{
	lockdep_assert_held(&vdev_registry_sem);
	return xa_find(&endpoints, &id, ULONG_MAX, mark);
}

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

static struct vdev_endpoint *endpoint_alloc(struct vdev_provider *provider,
					    xa_mark_t mark,
					    const struct vdev_handle *handle)
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
	INIT_LIST_HEAD(&endpoint->pending_node);
	return endpoint;
}

static void endpoint_free(struct vdev_endpoint *endpoint)
{
	if (endpoint->pending != endpoint->told)
		kfree(endpoint->pending);
	if (endpoint->blob != endpoint->told)
		kfree(endpoint->blob);
	kfree(endpoint->told);
	kfree_rcu(endpoint, rcu);
}

static bool are_alike_locked(const struct vdev_endpoint *a,
			     const struct vdev_endpoint *b)
{
	lockdep_assert_held(&vdev_registry_sem);
	return a->mark == b->mark && vdev_blob_alike(a->blob, b->blob);
}

/*
 * Equal devices are told of one after the other, and change so, too: it does
 * to compare an endpoint with the one that its provider told of before it.
 */
static void number_alike_locked(struct vdev_endpoint *endpoint)
{
	struct vdev_endpoint *before;

	lockdep_assert_held_write(&vdev_registry_sem);
	before = list_prev_entry(endpoint, node);
	if (!list_is_first(&endpoint->node, &endpoint->provider->endpoints) &&
	    are_alike_locked(before, endpoint))
		endpoint->blob->alike = before->blob->alike;
	else
		endpoint->blob->alike = ++last_alike;
}

static int publish_locked(struct vdev_endpoint *endpoint,
			  struct vdev_event *event)
{
	int err;

	lockdep_assert_held_write(&vdev_registry_sem);
	err = vdev_handle_insert_locked(endpoint);
	if (err)
		return err;
	err = xa_alloc_cyclic(&endpoints, &endpoint->id, endpoint, ID_LIMIT,
			      &last_id, GFP_KERNEL);
	if (err < 0) {
		vdev_handle_remove_locked(endpoint);
		return err == -EBUSY ? -ENOSPC : err;
	}
	xa_set_mark(&endpoints, endpoint->id, endpoint->mark);
	list_add_tail(&endpoint->node, &endpoint->provider->endpoints);
	number_alike_locked(endpoint);
	touch_locked(endpoint, VDEV_NEW, event);
	registered++;
	return 0;
}

static void withdraw_locked(struct vdev_endpoint *endpoint,
			    struct vdev_event *event)
{
	lockdep_assert_held_write(&vdev_registry_sem);
	list_del(&endpoint->node);
	list_del(&endpoint->pending_node);
	xa_erase(&endpoints, endpoint->id);
	vdev_handle_remove_locked(endpoint);
	touch_locked(endpoint, VDEV_DEL, event);
	freed++;
}

static struct vdev_endpoint *
endpoint_build(struct vdev_refusal *refusal, struct vdev_provider *provider,
	       xa_mark_t mark, const struct vdev_handle *handle,
	       const struct vdev_facts *facts)
{
	struct vdev_endpoint *endpoint;
	struct vdev_blob *blob;
	int err;

	err = vdev_handle_check(refusal, mark, handle);
	if (err)
		return ERR_PTR(err);
	blob = vdev_blob_build(refusal, provider->name, handle, facts);
	if (IS_ERR(blob))
		return ERR_CAST(blob);
	endpoint = endpoint_alloc(provider, mark, handle);
	if (!endpoint) {
		kfree(blob);
		return ERR_PTR(-ENOMEM);
	}
	endpoint->told = blob;
	return endpoint;
}

/* Between the look at the profiles and the end, no profile changes. */
static int endpoint_enter(struct vdev_endpoint *endpoint)
{
	struct vdev_event event = { };
	struct vdev_blob *blob;
	int err;

	down_read(&vdev_profiles_sem);
	blob = vdev_profile_effect_locked(endpoint->told);
	err = PTR_ERR_OR_ZERO(blob);
	if (!err) {
		endpoint->blob = blob;
		down_write(&vdev_registry_sem);
		err = publish_locked(endpoint, &event);
		up_write(&vdev_registry_sem);
	}
	up_read(&vdev_profiles_sem);
	vdev_event_deliver(&event);
	return err;
}

/* The name may be what was refused, and hold anything. */
static void log_refusal(const struct vdev_provider *provider, const char *name,
			int err, const struct vdev_refusal *refusal)
{
	pr_warn("%s: %*pE: refused (%d): %s\n", provider->name,
		(int)strnlen(name, VDEV_NAME_LEN), name, err, refusal->why);
}

static struct vdev_endpoint *
endpoint_register(struct vdev_provider *provider, xa_mark_t mark,
		  const struct vdev_handle *handle,
		  const struct vdev_facts *facts)
{
	struct vdev_refusal refusal = { "out of memory" };
	struct vdev_endpoint *endpoint;
	int err;

	endpoint = endpoint_build(&refusal, provider, mark, handle, facts);
	if (IS_ERR(endpoint)) {
		err = PTR_ERR(endpoint);
		goto refused;
	}

	err = endpoint_enter(endpoint);
	if (!err)
		return endpoint;

	endpoint_free(endpoint);
	if (err == -EEXIST)
		vdev_refuse(&refusal, 0, "exists already");
	else if (err == -ENOSPC)
		vdev_refuse(&refusal, 0, "no number is free");
refused:
	log_refusal(provider, handle->name ?: "", err, &refusal);
	return ERR_PTR(err);
}

/**
 * vdev_device_register() - tell of a device that exists
 * @provider: the caller
 * @handle: name of the device
 * @facts: what is told about it
 *
 * The device is visible when the call returns. A refusal is logged with its
 * reason, and leaves nothing behind.
 *
 * Context: Process context. May sleep.
 * Return: the endpoint, valid until vdev_unregister() or
 * vdev_provider_unregister(); or an ERR_PTR: -EINVAL, -ERANGE or -EMSGSIZE
 * if something is out of its bounds, -EEXIST if the name is taken, -ENOSPC,
 * -ENOMEM.
 */
struct vdev_endpoint *vdev_device_register(struct vdev_provider *provider,
					   const struct vdev_handle *handle,
					   const struct vdev_facts *facts)
{
	return endpoint_register(provider, VDEV_IS_DEVICE, handle, facts);
}
EXPORT_SYMBOL_GPL(vdev_device_register);

/**
 * vdev_type_register() - tell of a type that can be created
 * @provider: the caller
 * @handle: name of the type; it must name the parent
 * @facts: what is told about it
 *
 * See vdev_device_register().
 *
 * Context: Process context. May sleep.
 * Return: the endpoint, or an ERR_PTR.
 */
struct vdev_endpoint *vdev_type_register(struct vdev_provider *provider,
					 const struct vdev_handle *handle,
					 const struct vdev_facts *facts)
{
	return endpoint_register(provider, VDEV_IS_TYPE, handle, facts);
}
EXPORT_SYMBOL_GPL(vdev_type_register);

/**
 * vdev_publish_locked() - show an endpoint as it is now
 * @endpoint: the endpoint
 * @blob: its facts, and then those that were published before
 * @event: for vdev_event_deliver(), when the lock is dropped
 *
 * Context: Process context, vdev_registry_sem held for writing. May sleep.
 */
void vdev_publish_locked(struct vdev_endpoint *endpoint,
			 struct vdev_blob **blob, struct vdev_event *event)
{
	bool visible = !vdev_blob_same(endpoint->blob, *blob);

	lockdep_assert_held_write(&vdev_registry_sem);
	swap(endpoint->blob, *blob);
	number_alike_locked(endpoint);
	if (visible)
		touch_locked(endpoint, VDEV_CHANGE, event);
}

/* @told is used up, also after a failure. */
static int retell_locked(struct vdev_endpoint *endpoint,
			 struct vdev_blob *told, struct vdev_event *event)
{
	struct vdev_blob *blob;

	lockdep_assert_held_read(&vdev_profiles_sem);
	blob = vdev_profile_effect_locked(told);
	if (IS_ERR(blob)) {
		kfree(told);
		return PTR_ERR(blob);
	}
	down_write(&vdev_registry_sem);
	vdev_publish_locked(endpoint, &blob, event);
	vdev_rebuild_forget_locked(endpoint);
	swap(endpoint->told, told);
	up_write(&vdev_registry_sem);
	if (blob != told)
		kfree(blob);
	kfree(told);
	return 0;
}

/**
 * vdev_update() - tell anew what is known about an endpoint
 * @endpoint: the endpoint
 * @facts: all that is told about it now
 *
 * Nothing happens if nothing visible changed. The caller serialises this
 * against vdev_unregister() of the same endpoint.
 *
 * Context: Process context. May sleep.
 * Return: 0; or -EINVAL, -ERANGE or -EMSGSIZE if something is out of its
 * bounds, -ENOMEM. The endpoint then stays as it was, and the reason is
 * logged.
 */
int vdev_update(struct vdev_endpoint *endpoint, const struct vdev_facts *facts)
{
	struct vdev_provider *provider = endpoint->provider;
	struct vdev_refusal refusal = { "out of memory" };
	struct vdev_event event = { };
	struct vdev_blob *told;
	int err;

	told = vdev_blob_build(&refusal, provider->name, &endpoint->handle,
			       facts);
	err = PTR_ERR_OR_ZERO(told);
	if (!err) {
		down_read(&vdev_profiles_sem);
		err = retell_locked(endpoint, told, &event);
		up_read(&vdev_profiles_sem);
	}
	vdev_event_deliver(&event);
	/* A refresh repeats this whenever anybody reads. */
	if (err)
		pr_warn_ratelimited("%s: %s: change refused (%d): %s\n",
				    provider->name, endpoint->handle.name, err,
				    refusal.why);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_update);

/**
 * vdev_unregister() - the endpoint is no more
 * @endpoint: the endpoint; NULL and ERR_PTR are ignored
 *
 * No reader sees it after the call has returned.
 *
 * Context: Process context. May sleep.
 */
void vdev_unregister(struct vdev_endpoint *endpoint)
{
	struct vdev_event event = { };

	if (IS_ERR_OR_NULL(endpoint))
		return;
	down_write(&vdev_registry_sem);
	withdraw_locked(endpoint, &event);
	up_write(&vdev_registry_sem);
	vdev_event_deliver(&event);
	endpoint_free(endpoint);
}
EXPORT_SYMBOL_GPL(vdev_unregister);

/**
 * vdev_registry_drop() - unregister all endpoints of a provider
 * @provider: the provider
 *
 * Context: Process context. May sleep.
 */
void vdev_registry_drop(struct vdev_provider *provider)
{
	struct vdev_endpoint *endpoint;

	do {
		struct vdev_event event = { };

		down_write(&vdev_registry_sem);
		endpoint = list_first_entry_or_null(&provider->endpoints,
						    struct vdev_endpoint, node);
		if (endpoint)
			withdraw_locked(endpoint, &event);
		up_write(&vdev_registry_sem);
		vdev_event_deliver(&event);
		if (endpoint)
			endpoint_free(endpoint);
		cond_resched();
	} while (endpoint);
}

/**
 * vdev_endpoint_id() - the number of an endpoint
 * @endpoint: the endpoint
 *
 * Return: the number.
 */
u32 vdev_endpoint_id(const struct vdev_endpoint *endpoint)
{
	return endpoint->id;
}
EXPORT_SYMBOL_GPL(vdev_endpoint_id);

/**
 * vdev_registry_init() - prepare the registry
 *
 * Return: 0 or an errno.
 */
int vdev_registry_init(void)
{
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
	pr_info("unloaded, %llu registered, %llu freed\n", registered, freed);
}
