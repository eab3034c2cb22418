// SPDX-License-Identifier: GPL-2.0
/*
 * What providers are asked to do. A request is under way from the moment when it was
 * accepted until the provider's callback has returned. All that time the type or device
 * is pinned and the provider's module is held: so unloading that fails, and does not
 * wait. No lock is held while the provider is called.
 *
 * The list of those that are under way is guarded by vdev_registry_lock. It is short:
 * it holds VDEV_ORDERS_MAX of one provider at most.
 */
#include <linux/module.h>
#include <linux/string.h>
#include <linux/wait_bit.h>

#include "ceiling.h"
#include "model/bounds.h"
#include "model/words.h"
#include "request.h"

static LIST_HEAD(requests); /* guarded by vdev_registry_lock */

/* A device that has the name of the new one, or is what the request is about. */
static bool request_is_about(const struct vdev_request *request,
			     const struct vdev_key *device)
{
	return !strcmp(request->device.handle.name, device->handle.name) &&
	       !strcmp(request->device.handle.bus, device->handle.bus);
}

static bool request_is_under_way_locked(const struct vdev_key *device)
{
	const struct vdev_request *request;

	lockdep_assert_held(&vdev_registry_lock);
	list_for_each_entry(request, &requests, node) {
		if (request_is_about(request, device))
			return true;
	}
	return false;
}

/* A device comes of it, or becomes another. */
static bool request_makes(const struct vdev_request *request)
{
	return request->what != VDEV_OPERATION_REMOVE && !request->order.dry_run;
}

/*
 * The endpoint is what the request was validated by, and stays so: either who sets a
 * ceiling finds the request under way, or the request finds what is pending.
 */
static int request_check_endpoint_locked(const struct vdev_request *request,
					 const struct vdev_endpoint *endpoint,
					 struct vdev_reason *reason)
{
	const struct vdev_blob *blob;

	blob = rcu_dereference_protected(endpoint->blob,
					 lockdep_is_held(&vdev_registry_lock));
	if (request->expected &&
	    (endpoint->gone || endpoint->generation != request->view.generation ||
	     endpoint->pending))
		return vdev_reject(reason, -ESTALE, "the target has changed");
	if (endpoint->gone || endpoint->under || blob != request->view.blob ||
	    (endpoint->pending && request_makes(request)))
		return -EAGAIN;
	return 0;
}

static int request_check_locked(const struct vdev_request *request,
				const struct vdev_endpoint *endpoint,
				struct vdev_reason *reason)
{
	const struct vdev_provider *provider = endpoint->provider;
	int err;

	err = request_check_endpoint_locked(request, endpoint, reason);
	if (err)
		return err;
	if (request_is_under_way_locked(&request->device))
		return vdev_reject(reason, -EBUSY,
				   "another request for that device is under way");
	if (request->what == VDEV_OPERATION_CREATE && vdev_find_rcu(&request->device))
		return vdev_reject(reason, -EEXIST, "a device of that name exists");
	if (atomic_read(&provider->requests) >= VDEV_ORDERS_MAX)
		return vdev_reject(reason, -EBUSY,
				   "the provider has %d requests under way",
				   VDEV_ORDERS_MAX);
	return 0;
}

static int request_enter_locked(struct vdev_request *request,
				struct vdev_endpoint *endpoint, struct vdev_reason *reason)
{
	struct vdev_provider *provider = endpoint->provider;
	int err;

	lockdep_assert_held(&vdev_registry_lock);
	err = request_check_locked(request, endpoint, reason);
	if (err)
		return err;
	/* It is going, and takes its endpoints along. */
	if (!try_module_get(provider->ops->owner))
		return -ENODEV;
	request->endpoint = endpoint;
	request->provider = provider;
	request->ops = provider->ops;
	request->task = NULL;
	atomic_inc(&provider->requests);
	list_add_tail(&request->node, &requests);
	return 0;
}

/**
 * vdev_request_begin() - accept a request to a provider
 * @request: the request, validated by what its view has
 * @endpoint: the type or device, pinned, which offers it. If the request is accepted, the
 *	pin is the request's
 * @reason: gets the reason if it is rejected
 *
 * Context: Process context. May sleep.
 * Return: 0, and vdev_request_run() must follow; -EAGAIN if the endpoint has changed
 * since or is about to and the request has to be validated again, -ESTALE if it must not have,
 * -EEXIST if the name of the new device is taken, -EBUSY if a request for that device
 * is under way or the provider has too many, -ENODEV if the provider is going.
 */
int vdev_request_begin(struct vdev_request *request, struct vdev_endpoint *endpoint,
		       struct vdev_reason *reason)
{
	int err;

	mutex_lock(&vdev_registry_lock);
	err = request_enter_locked(request, endpoint, reason);
	mutex_unlock(&vdev_registry_lock);
	return err;
}

static int request_call(struct vdev_request *request)
{
	struct vdev_endpoint *endpoint = request->endpoint;
	const struct vdev_provider_ops *ops = request->ops;
	int (*call)(struct vdev_endpoint *endpoint, void *priv,
		    const struct vdev_order *order, char *reason, size_t size);
	int err;

	if (request->what == VDEV_OPERATION_CREATE)
		call = ops->create;
	else if (request->what == VDEV_OPERATION_CONFIGURE)
		call = ops->configure;
	else
		call = ops->remove;
	request->reason[0] = '\0';
	err = call(endpoint, endpoint->priv, &request->order, request->reason,
		   sizeof(request->reason));
	return err > 0 ? -EIO : err;
}

/* The text is the provider's, and people read it. */
static void request_check_reason(struct vdev_request *request)
{
	struct vdev_reason unused = { };

	request->reason[VDEV_STRING_LEN] = '\0';
	if (vdev_text_check(&unused, "reason", request->reason))
		request->reason[0] = '\0';
}

static void request_see_locked(struct vdev_request *request,
			       struct vdev_endpoint *endpoint)
{
	vdev_blob_put(request->view.blob);
	vdev_view_of(&request->view, endpoint);
	vdev_blob_get(request->view.blob);
}

/* What the provider says it has done can be seen, unless somebody has undone it. */
static int request_result_locked(struct vdev_request *request)
{
	struct vdev_endpoint *device = request->endpoint;

	if (request->order.dry_run)
		return 0;
	request->view.snapshot = vdev_generation();
	if (request->what == VDEV_OPERATION_REMOVE)
		return device ? -EIO : 0;
	if (request->what == VDEV_OPERATION_CREATE)
		device = vdev_find_rcu(&request->device);
	else if (device->gone)
		device = NULL;
	if (!device)
		return -ENODEV;
	request_see_locked(request, device);
	return 0;
}

static void request_explain(struct vdev_request *request, int err)
{
	if (err == -EIO)
		strscpy(request->reason, "the provider has not removed the device",
			sizeof(request->reason));
	else if (err)
		strscpy(request->reason, "the device is there no longer",
			sizeof(request->reason));
}

/* Once it is not under way, the provider may be gone, and its callbacks. */
static int request_leave(struct vdev_request *request, int err)
{
	struct vdev_provider *provider = request->provider;
	struct module *owner = request->ops->owner;

	mutex_lock(&vdev_registry_lock);
	if (!err) {
		err = request_result_locked(request);
		request_explain(request, err);
	}
	list_del(&request->node);
	if (request->endpoint)
		vdev_endpoint_unpin(request->endpoint);
	mutex_unlock(&vdev_registry_lock);
	if (atomic_dec_and_test(&provider->requests))
		wake_up_var(&provider->requests);
	module_put(owner);
	return err;
}

/**
 * vdev_request_run() - have a provider do what was accepted
 * @request: the request, of which @view and @reason say what has come of it
 *
 * Context: Process context, no lock held. May sleep as long as the provider does.
 * Return: 0, or an errno: the provider's; -ENODEV if the device that was created or
 * configured is there no longer; -EIO if the provider has not done what it says.
 */
int vdev_request_run(struct vdev_request *request)
{
	int err;

	WRITE_ONCE(request->task, current);
	err = request_call(request);
	request_check_reason(request);
	return request_leave(request, err);
}

/**
 * vdev_request_release_locked() - an endpoint is unregistered
 * @endpoint: the endpoint, which is withdrawn
 *
 * If that is done by the callback that removes it, nobody waits for the callback.
 *
 * Context: Process context, vdev_registry_lock held.
 */
void vdev_request_release_locked(struct vdev_endpoint *endpoint)
{
	struct vdev_request *request;

	lockdep_assert_held(&vdev_registry_lock);
	list_for_each_entry(request, &requests, node) {
		if (request->endpoint != endpoint ||
		    request->what != VDEV_OPERATION_REMOVE ||
		    READ_ONCE(request->task) != current)
			continue;
		request->view.generation = vdev_generation();
		request->endpoint = NULL;
		vdev_endpoint_unpin(endpoint);
	}
}

/* What makes a device has its endpoint until it is over. */
static bool requests_make_locked(const struct vdev_limit *limit)
{
	const struct vdev_endpoint *endpoint;
	const struct vdev_request *request;

	lockdep_assert_held(&vdev_registry_lock);
	list_for_each_entry(request, &requests, node) {
		endpoint = request->endpoint;
		if (request_makes(request) &&
		    vdev_limit_is_for(limit, vdev_endpoint_kind(endpoint), endpoint->reported))
			return true;
	}
	return false;
}

/**
 * vdev_requests_make() - is a device being created or configured that a ceiling limits?
 * @limit: the ceiling
 *
 * What it changes of endpoints must be pending already: so no request that was validated
 * without it comes to be under way afterwards.
 *
 * Context: Process context. May sleep.
 * Return: true if one is.
 */
bool vdev_requests_make(const struct vdev_limit *limit)
{
	bool makes;

	mutex_lock(&vdev_registry_lock);
	makes = requests_make_locked(limit);
	mutex_unlock(&vdev_registry_lock);
	return makes;
}

/**
 * vdev_requests_wait() - wait until no callback of a provider is under way
 * @provider: the provider, all of whose endpoints are unregistered
 *
 * Context: Process context. May sleep.
 */
void vdev_requests_wait(struct vdev_provider *provider)
{
	wait_var_event(&provider->requests, !atomic_read(&provider->requests));
}

/**
 * vdev_operations_have_callbacks() - can a provider do what it offers?
 * @reason: gets the reason if it cannot
 * @ops: its callbacks; may be NULL
 * @operations: what it offers, enum vdev_operation, or-ed
 *
 * Return: true if it can.
 */
bool vdev_operations_have_callbacks(struct vdev_reason *reason,
				    const struct vdev_provider_ops *ops, u32 operations)
{
	u32 has = 0;

	if (ops)
		has = (ops->create ? VDEV_OPERATION_CREATE : 0) |
		      (ops->configure ? VDEV_OPERATION_CONFIGURE : 0) |
		      (ops->remove ? VDEV_OPERATION_REMOVE : 0);
	if (!(operations & VDEV_OPERATION_MASK & ~has))
		return true;
	vdev_reject(reason, 0, "operations: %#x without a callback", operations & ~has);
	return false;
}
