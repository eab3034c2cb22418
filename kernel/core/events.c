// SPDX-License-Identifier: GPL-2.0
/*
 * Events as they leave the core: every change of an endpoint or a profile is one
 * event, which is queued in the critical section of the change and sent when the
 * locks are dropped. Who brings it to subscribers is registered here.
 */
#include <linux/cache.h>
#include <linux/lockdep.h>

#include "core.h"
#include "events.h"
#include "profile.h"
#include "trace.h"

static const struct vdev_event_ops *events __ro_after_init;

/**
 * vdev_events_register() - say who brings events to subscribers
 * @ops: its functions
 *
 * To be called once, before there is anything that can change.
 */
void __init vdev_events_register(const struct vdev_event_ops *ops)
{
	events = ops;
}

/**
 * vdev_is_subscribed() - does anybody want events?
 *
 * Context: Process context. May sleep.
 * Return: true if somebody does.
 */
bool vdev_is_subscribed(void)
{
	return events->is_subscribed();
}

/**
 * vdev_event_queue_locked() - an endpoint has changed
 * @endpoint: the endpoint, with the generation of the change
 * @what: what happened to it
 *
 * Whether anybody subscribes is asked when the change is made, and not before:
 * who joins the group and then dumps either finds the change in the dump, or
 * gets the event.
 *
 * Context: Process context, vdev_registry_lock held. May sleep.
 */
void vdev_event_queue_locked(struct vdev_endpoint *endpoint,
			     enum vdev_what what)
{
	lockdep_assert_held(&vdev_registry_lock);
	trace_vdev_change(endpoint, what);
	events->endpoint_changed(endpoint, what);
}

/**
 * vdev_profile_event_queue_locked() - a profile has changed
 * @profile: the profile, as it is or as it was last
 * @generation: generation of the change
 * @what: what happened to it
 *
 * See vdev_event_queue_locked().
 *
 * Context: Process context, vdev_registry_lock held. May sleep.
 */
void vdev_profile_event_queue_locked(const struct vdev_profile *profile,
				     u64 generation, enum vdev_what what)
{
	lockdep_assert_held(&vdev_registry_lock);
	trace_vdev_profile(profile->name, generation, what);
	events->profile_changed(profile, generation, what);
}

/**
 * vdev_events_send() - let subscribers know of changes
 *
 * What the caller queued has been sent when the call returns, and so has all that
 * was queued before; or it is going to be, where sending takes long.
 *
 * Who has subscribed is to have what is polled, too: see vdev_poll_report_changes().
 *
 * Context: Process context, vdev_registry_lock not held. May sleep.
 * Return: true if there was anything to send.
 */
bool vdev_events_send(void)
{
	return events->send();
}
