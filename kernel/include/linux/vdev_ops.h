/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the core may ask of a provider.
 */
#ifndef _LINUX_VDEV_OPS_H
#define _LINUX_VDEV_OPS_H

#include <linux/types.h>

struct module;
struct vdev_endpoint;
struct vdev_record;

/**
 * struct vdev_order - what a provider is asked to do
 * @name: name of the device
 * @record: the compared part that the device is to have, validated by what was
 *	published of the type or device: in @versions the one that is chosen has
 *	VDEV_VERSION_FLAG_CURRENT, in @features what is to be provisioned is, in @params
 *	is each value, in @aggregation the count. All of it is below the ceiling of the
 *	type, and no ceiling is in it. The provider takes those that it
 *	offers a choice of, and reports the rest as it does anyway. NULL if the
 *	device is to be removed.
 * @dry_run: say whether it could be done, and change nothing
 *
 * It is valid during the call.
 */
struct vdev_order {
	const char *name;
	const struct vdev_record *record;
	bool dry_run;
};

/**
 * struct vdev_provider_ops - what the core may ask of a provider
 * @owner: THIS_MODULE; held while a poll takes long, so that unloading the
 *	module fails and does not wait
 * @bridge: The provider follows devices of drivers that may know more: where a
 *	provider without this registers an endpoint of the same name, that is
 *	shown, and this provider's is again when that has gone.
 * @poll: Read again the facts that change without an event, and pass them to
 *	vdev_update() if they have changed. Optional; without it nothing is
 *	polled. Called by a work item of the endpoint's own, under no lock of the
 *	core, never more than once at a time for one endpoint, and not after
 *	vdev_unregister() has returned. It can be called before
 *	vdev_device_register() or vdev_type_register() has returned. Returns 0, or
 *	an errno if nothing could be read now: it is called again an interval
 *	later then, if somebody still reads, and the endpoint is reported as stale
 *	if that goes on.
 * @veto: Reject the source's state, although every rule
 *	that the target publishes allows it. Optional. Returns true to reject,
 *	with the reason as a sentence for people in the buffer of @size bytes
 *	(VDEV_STRING_LEN and the NUL); false to have no objection. It cannot
 *	allow what the rules reject, because it is not asked then.
 *
 *	Called in process context, any number at a time, under no lock that a
 *	change or another reader needs. It may sleep, but unregistering the target
 *	waits for it, and so does unloading the core.
 *
 *	@target is an endpoint that the provider has registered. But a target can
 *	be asked for before vdev_device_register() or vdev_type_register() has
 *	returned it. @source is valid during the call, within its bounds, and of
 *	a host that may be any; nobody vouches for it.
 *
 * @create: Create a device of a type, by request of an administrator: it is there
 *	as ordered, and vdev_device_register() has returned for that name on the bus of
 *	the type, when the callback returns 0.
 * @configure: Give a device other values: it has them, and vdev_update() has
 *	returned, when the callback returns 0.
 * @remove: Remove a device: it is no more, and the callback itself has called
 *	vdev_unregister(), when it returns 0.
 *
 *	Each of the three is optional, and is asked where the facts of the endpoint have
 *	the operation. It returns 0; or an errno, and nothing has changed: -EBUSY if the
 *	device is in use, -ENOSPC if there is no room for it, -EOPNOTSUPP, or any other,
 *	with the reason as a sentence for people in the buffer of @size bytes
 *	(VDEV_STRING_LEN and the NUL), or nothing there.
 *
 *	Called by a work item, under no lock of the core, with @owner held, any number
 *	at a time, but for one device never more than one. It may sleep for as long as
 *	it takes; if it never returns, that is of no harm but to the device, and the
 *	module cannot be unloaded. There are VDEV_ORDERS_MAX under way for one provider
 *	at most. Who else unregisters @type or @device waits for the callback, and must
 *	not do so with a lock held that it takes.
 *
 * The priv argument is what the endpoint was registered with. No callback about
 * an endpoint is under way when vdev_unregister() has returned.
 */
struct vdev_provider_ops {
	struct module *owner;
	bool bridge;
	int (*poll)(struct vdev_endpoint *endpoint, void *priv);
	bool (*veto)(const struct vdev_endpoint *target, void *priv,
		     const struct vdev_record *source, char *reason,
		     size_t size);
	int (*create)(struct vdev_endpoint *type, void *priv,
		      const struct vdev_order *order, char *reason, size_t size);
	int (*configure)(struct vdev_endpoint *device, void *priv,
			 const struct vdev_order *order, char *reason, size_t size);
	int (*remove)(struct vdev_endpoint *device, void *priv,
		      const struct vdev_order *order, char *reason, size_t size);
};

#endif /* _LINUX_VDEV_OPS_H */
