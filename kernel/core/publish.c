// SPDX-License-Identifier: GPL-2.0
/*
 * What providers do with endpoints: register, update, unregister. What can be
 * prepared (checking, serialising, allocating) is done before the registry's lock
 * is taken, and events are sent after it was dropped.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/sched.h>

#include "codec/facts.h"
#include "core.h"
#include "model/bounds.h"
#include "poll.h"
#include "profile.h"
#include "request.h"

static int endpoint_give_poll(struct vdev_endpoint *endpoint,
			      const struct vdev_facts *facts)
{
	struct vdev_poll *poll = vdev_poll_new(endpoint, facts);

	if (IS_ERR(poll))
		return PTR_ERR(poll);
	endpoint->poll = poll;
	return 0;
}

static struct vdev_blob *endpoint_serialise(struct vdev_reason *reason,
					    const struct vdev_endpoint *endpoint,
					    const struct vdev_facts *facts)
{
	const struct vdev_provider *provider = endpoint->provider;

	if (!vdev_operations_have_callbacks(reason, provider->ops, facts->operations))
		return ERR_PTR(-EINVAL);
	return vdev_blob_build(reason, provider->name, &endpoint->handle, facts);
}

static struct vdev_endpoint *
endpoint_build(struct vdev_reason *reason, struct vdev_endpoint *endpoint,
	       const struct vdev_facts *facts)
{
	struct vdev_blob *blob;
	int err;

	blob = endpoint_serialise(reason, endpoint, facts);
	if (IS_ERR(blob))
		return ERR_CAST(blob);
	endpoint->reported = blob;
	err = endpoint_give_poll(endpoint, facts);
	return err ? ERR_PTR(err) : endpoint;
}

/* From reading the profiles to the end, no profile changes. */
static int endpoint_enter(struct vdev_endpoint *endpoint)
{
	struct vdev_blob *blob;
	int err;

	down_read(&vdev_profiles_sem);
	blob = vdev_profile_effect_locked(endpoint->reported, vdev_endpoint_kind(endpoint));
	err = PTR_ERR_OR_ZERO(blob);
	if (!err) {
		RCU_INIT_POINTER(endpoint->blob, blob);
		mutex_lock(&vdev_registry_lock);
		err = vdev_enter_locked(endpoint);
		mutex_unlock(&vdev_registry_lock);
	}
	up_read(&vdev_profiles_sem);
	if (err)
		return err;
	atomic_inc(&endpoint->provider->stats.endpoints);
	vdev_poll_start(endpoint->poll);
	vdev_poll_report_changes();
	return 0;
}

static void endpoint_discard(struct vdev_endpoint *endpoint)
{
	vdev_poll_free(endpoint->poll);
	vdev_endpoint_free(endpoint);
}

static struct vdev_endpoint *
endpoint_register_checked(struct vdev_reason *reason, struct vdev_provider *provider,
			  xa_mark_t mark, const struct vdev_handle *handle,
			  const struct vdev_facts *facts, void *priv)
{
	struct vdev_endpoint *endpoint, *built;
	int err;

	endpoint = vdev_endpoint_new(provider, mark, handle, priv);
	if (!endpoint)
		return ERR_PTR(-ENOMEM);
	built = endpoint_build(reason, endpoint, facts);
	err = IS_ERR(built) ? PTR_ERR(built) : endpoint_enter(endpoint);
	if (!err)
		return endpoint;
	endpoint_discard(endpoint);
	return ERR_PTR(err);
}

static struct vdev_endpoint *
endpoint_register(struct vdev_provider *provider, xa_mark_t mark,
		  const struct vdev_handle *handle,
		  const struct vdev_facts *facts, void *priv)
{
	struct vdev_reason reason = { "out of memory" };
	struct vdev_endpoint *endpoint;
	int err;

	if (IS_ERR_OR_NULL(provider))
		return ERR_CAST(provider);
	err = vdev_handle_check(&reason, vdev_mark_kind(mark), handle);
	endpoint = err ? ERR_PTR(err) :
			 endpoint_register_checked(&reason, provider, mark, handle,
						   facts, priv);
	if (!IS_ERR(endpoint))
		return endpoint;
	err = PTR_ERR(endpoint);
	if (err == -EEXIST)
		vdev_reject(&reason, 0, "exists already");
	else if (err == -ENOSPC)
		vdev_reject(&reason, 0, "no number is free");
	vdev_report_rejection(provider, handle->name ?: "", "", err, reason.why);
	return endpoint;
}

/**
 * vdev_device_register() - report a device that exists
 * @provider: the caller; of NULL and ERR_PTR nothing is reported, and they are
 *	returned
 * @handle: name of the device
 * @facts: what is reported of it
 * @priv: given to the callbacks of the provider that are about this device
 *
 * The device is visible when the call returns. A rejection is logged with its
 * reason, and leaves nothing behind. If the endpoint of a bridge has that name,
 * this one takes its place until it is unregistered.
 *
 * Context: Process context. May sleep.
 * Return: the endpoint, valid until vdev_unregister() or
 * vdev_provider_unregister(); or an ERR_PTR: -EINVAL, -ERANGE or -EMSGSIZE
 * if something is out of its bounds, -EEXIST if the name is taken, -ENOSPC,
 * -ENOMEM.
 */
struct vdev_endpoint *vdev_device_register(struct vdev_provider *provider,
					   const struct vdev_handle *handle,
					   const struct vdev_facts *facts,
					   void *priv)
{
	return endpoint_register(provider, VDEV_IS_DEVICE, handle, facts, priv);
}
EXPORT_SYMBOL_GPL(vdev_device_register);

/**
 * vdev_type_register() - report a type that can be created
 * @provider: the caller
 * @handle: name of the type; it must name the parent
 * @facts: what is reported of it
 * @priv: given to the callbacks of the provider that are about this type
 *
 * See vdev_device_register().
 *
 * Context: Process context. May sleep.
 * Return: the endpoint, or an ERR_PTR.
 */
struct vdev_endpoint *vdev_type_register(struct vdev_provider *provider,
					 const struct vdev_handle *handle,
					 const struct vdev_facts *facts,
					 void *priv)
{
	return endpoint_register(provider, VDEV_IS_TYPE, handle, facts, priv);
}
EXPORT_SYMBOL_GPL(vdev_type_register);

/*
 * @reported is used up, also after a failure. A poll may come late, and is no
 * use.
 */
static int endpoint_republish_locked(struct vdev_endpoint *endpoint,
				     struct vdev_blob *reported)
{
	struct vdev_blob *blob;

	lockdep_assert_held_read(&vdev_profiles_sem);
	blob = vdev_profile_effect_locked(reported, vdev_endpoint_kind(endpoint));
	if (IS_ERR(blob)) {
		vdev_blob_put(reported);
		return PTR_ERR(blob);
	}
	mutex_lock(&vdev_registry_lock);
	if (!endpoint->gone) {
		vdev_publish_locked(endpoint, &blob);
		vdev_rebuild_discard_locked(endpoint);
		swap(endpoint->reported, reported);
	}
	mutex_unlock(&vdev_registry_lock);
	vdev_blob_put(blob);
	vdev_blob_put(reported);
	return 0;
}

static const struct vdev_blob *endpoint_reported(const struct vdev_endpoint *endpoint)
{
	/* Only a change by the provider replaces it, and the caller serialises those. */
	return data_race(endpoint->reported);
}

/* @reported is used up, or is an ERR_PTR. */
static int endpoint_change(struct vdev_endpoint *endpoint,
			   struct vdev_blob *reported)
{
	int err;

	if (IS_ERR(reported))
		return PTR_ERR(reported);
	if (vdev_blob_same(endpoint_reported(endpoint), reported)) {
		vdev_blob_put(reported);
		return 0;
	}
	down_read(&vdev_profiles_sem);
	err = endpoint_republish_locked(endpoint, reported);
	up_read(&vdev_profiles_sem);
	vdev_poll_report_changes();
	return err;
}

static int endpoint_finish_change(struct vdev_endpoint *endpoint,
				  struct vdev_blob *reported,
				  const struct vdev_reason *reason)
{
	int err = endpoint_change(endpoint, reported);

	if (err)
		vdev_report_rejection(endpoint->provider, endpoint->handle.name,
				      "change ", err, reason->why);
	return err;
}

/**
 * vdev_update() - update what is reported of an endpoint
 * @endpoint: the endpoint; NULL and ERR_PTR are ignored
 * @facts: all that is reported of it now
 *
 * If nothing visible changed, nothing happens and no lock is taken. The caller
 * serialises this, vdev_blocker_add(), vdev_blocker_del() and vdev_unregister() of
 * the same endpoint.
 *
 * Context: Process context. May sleep.
 * Return: 0; or -EINVAL, -ERANGE or -EMSGSIZE if something is out of its
 * bounds, -ENOMEM. The endpoint then stays as it was, and the reason is
 * logged.
 */
int vdev_update(struct vdev_endpoint *endpoint, const struct vdev_facts *facts)
{
	struct vdev_reason reason = { "out of memory" };

	if (IS_ERR_OR_NULL(endpoint))
		return 0;
	return endpoint_finish_change(endpoint,
				      endpoint_serialise(&reason, endpoint, facts),
				      &reason);
}
EXPORT_SYMBOL_GPL(vdev_update);

/**
 * vdev_blocker_add() - something blocks a migration from now on
 * @endpoint: the endpoint; NULL and ERR_PTR are ignored
 * @blocker: what it is; it takes the place of the endpoint's blocker of that name
 *
 * All else that is reported stays. The next vdev_update() replaces the blockers,
 * as it does everything. To be serialised as vdev_update().
 *
 * Context: Process context. May sleep.
 * Return: 0; or -EINVAL or -EMSGSIZE if something is out of its bounds, -ENOMEM.
 * The endpoint then stays as it was, and the reason is logged.
 */
int vdev_blocker_add(struct vdev_endpoint *endpoint,
		     const struct vdev_blocker *blocker)
{
	struct vdev_reason reason = { "out of memory" };

	if (IS_ERR_OR_NULL(endpoint))
		return 0;
	return endpoint_finish_change(endpoint,
				      vdev_blob_block(&reason,
						      endpoint_reported(endpoint),
						      blocker),
				      &reason);
}
EXPORT_SYMBOL_GPL(vdev_blocker_add);

/**
 * vdev_blocker_del() - something blocks a migration no longer
 * @endpoint: the endpoint; NULL and ERR_PTR are ignored
 * @name: name of the blocker; if there is none of that name, nothing happens
 *
 * All else that is reported stays. To be serialised as vdev_update().
 *
 * Context: Process context. May sleep.
 * Return: 0 or -ENOMEM; the endpoint then stays as it was.
 */
int vdev_blocker_del(struct vdev_endpoint *endpoint, const char *name)
{
	const struct vdev_reason reason = { "out of memory" };

	if (IS_ERR_OR_NULL(endpoint))
		return 0;
	return endpoint_finish_change(endpoint,
				      vdev_blob_unblock(endpoint_reported(endpoint),
							name),
				      &reason);
}
EXPORT_SYMBOL_GPL(vdev_blocker_del);

/* The endpoint is no longer in the registry: who still uses it drops it. */
static void endpoint_end(struct vdev_endpoint *endpoint)
{
	vdev_poll_report_changes();
	vdev_poll_stop(endpoint->poll);
	vdev_endpoint_drain(endpoint);
	atomic_dec(&endpoint->provider->stats.endpoints);
	if (endpoint->stale)
		atomic_dec(&endpoint->provider->stats.stale);
	endpoint_discard(endpoint);
}

/**
 * vdev_unregister() - the endpoint is no more
 * @endpoint: the endpoint; NULL and ERR_PTR are ignored
 *
 * No reader sees it after the call has returned, and no callback about it is
 * under way; so the caller must hold no lock that one of them takes.
 *
 * Context: Process context. May sleep.
 */
void vdev_unregister(struct vdev_endpoint *endpoint)
{
	if (IS_ERR_OR_NULL(endpoint))
		return;
	mutex_lock(&vdev_registry_lock);
	vdev_withdraw_locked(endpoint);
	vdev_request_release_locked(endpoint);
	mutex_unlock(&vdev_registry_lock);
	endpoint_end(endpoint);
}
EXPORT_SYMBOL_GPL(vdev_unregister);

/**
 * vdev_provider_drop() - unregister all endpoints of a provider
 * @provider: the provider
 *
 * Context: Process context. May sleep.
 */
void vdev_provider_drop(struct vdev_provider *provider)
{
	struct vdev_endpoint *endpoint;

	do {
		mutex_lock(&vdev_registry_lock);
		endpoint = list_first_entry_or_null(&provider->endpoints,
						    struct vdev_endpoint, node);
		if (endpoint)
			vdev_withdraw_locked(endpoint);
		mutex_unlock(&vdev_registry_lock);
		if (endpoint)
			endpoint_end(endpoint);
		cond_resched();
	} while (endpoint);
}

/**
 * vdev_endpoint_id() - the number of an endpoint
 * @endpoint: the endpoint
 *
 * Return: the number. The endpoint of a bridge and one that hides it have the
 * same.
 */
u32 vdev_endpoint_id(const struct vdev_endpoint *endpoint)
{
	return endpoint->id;
}
EXPORT_SYMBOL_GPL(vdev_endpoint_id);
