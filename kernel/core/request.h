/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What providers are asked to do: create, configure and remove devices.
 */
#ifndef _VDEV_REQUEST_H
#define _VDEV_REQUEST_H

#include "core.h"

struct vdev_limit;
struct vdev_reason;

/**
 * struct vdev_request - something that a provider is asked to do
 * @what: the bit of enum vdev_operation
 * @view: the type, or the device, as it was when the request was validated; then the
 *	device as it is, or was last
 * @expected: it must not have changed since
 * @device: name of the device, on the bus of the type or its own
 * @order: what is passed to the provider
 * @reason: why the provider rejects it; empty if it says nothing
 *
 * The caller fills in what stands above; what follows is the core's.
 *
 * @node: in the list of those that are under way; guarded by vdev_registry_lock
 * @endpoint: the type or device, which is pinned; NULL once the callback has
 *	unregistered it. Guarded by vdev_registry_lock while it is under way
 * @provider: the provider, which waits for the end of it before it goes
 * @ops: its callbacks, whose module is held
 * @task: who calls it; NULL before
 */
struct vdev_request {
	u32 what;
	struct vdev_view view;
	bool expected;
	struct vdev_key device;
	struct vdev_order order;
	char reason[VDEV_STRING_LEN + 1];

	struct list_head node;
	struct vdev_endpoint *endpoint;
	struct vdev_provider *provider;
	const struct vdev_provider_ops *ops;
	struct task_struct *task;
};

int vdev_request_begin(struct vdev_request *request, struct vdev_endpoint *endpoint,
		       struct vdev_reason *reason);
int vdev_request_run(struct vdev_request *request);
void vdev_request_release_locked(struct vdev_endpoint *endpoint);
bool vdev_requests_make(const struct vdev_limit *limit);
void vdev_requests_wait(struct vdev_provider *provider);

bool vdev_operations_have_callbacks(struct vdev_reason *reason,
				    const struct vdev_provider_ops *ops, u32 operations);

#endif /* _VDEV_REQUEST_H */
