/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events as they leave the core: through one table of functions, which the
 * netlink family registers.
 */
#ifndef _VDEV_EVENTS_H
#define _VDEV_EVENTS_H

#include <linux/types.h>

struct vdev_endpoint;
struct vdev_profile;

/**
 * enum vdev_what - what has happened to an endpoint or a profile
 * @VDEV_NEW: it is there
 * @VDEV_DEL: it is no more
 * @VDEV_CHANGE: something that is reported of it has changed
 */
enum vdev_what {
	VDEV_NEW,
	VDEV_DEL,
	VDEV_CHANGE,
};

/**
 * struct vdev_event_ops - who brings events to subscribers
 * @is_subscribed: does anybody want them? May sleep.
 * @endpoint_changed: an endpoint has changed; it has the generation of the
 *	change. Called with vdev_registry_lock held, may sleep.
 * @profile_changed: a profile has changed. Called with vdev_registry_lock held,
 *	may sleep.
 * @send: send what has changed; true if there was anything to send. Called with
 *	vdev_registry_lock not held, may sleep.
 */
struct vdev_event_ops {
	bool (*is_subscribed)(void);
	void (*endpoint_changed)(struct vdev_endpoint *endpoint, enum vdev_what what);
	void (*profile_changed)(const struct vdev_profile *profile, u64 generation,
				enum vdev_what what);
	bool (*send)(void);
};

void vdev_events_register(const struct vdev_event_ops *ops);
bool vdev_is_subscribed(void);
void vdev_event_queue_locked(struct vdev_endpoint *endpoint,
			     enum vdev_what what);
void vdev_profile_event_queue_locked(const struct vdev_profile *profile,
				     u64 generation, enum vdev_what what);
bool vdev_events_send(void);

#endif /* _VDEV_EVENTS_H */
