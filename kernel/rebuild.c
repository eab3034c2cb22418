// SPDX-License-Identifier: GPL-2.0
/*
 * The endpoints follow a change of the profiles: first all that can fail is
 * prepared for each, then each changes by itself, in a moment of its own.
 * vdev_profiles_sem is held for writing while they are prepared, so that no
 * endpoint is told anew or comes meanwhile; it may go. It is held for reading
 * while they change and who listens is told: then others may read, come, and
 * be told anew, and only the next change of the profiles has to wait.
 * vdev_registry_sem is held for reading while one endpoint is prepared, for
 * writing while one changes.
 */
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "core.h"
#include "notify.h"
#include "profile.h"

/* Endpoints with something pending; guarded by vdev_registry_sem. */
static LIST_HEAD(pending);

static int prepare_locked(struct vdev_endpoint *endpoint)
{
	struct vdev_blob *blob;

	blob = vdev_profile_effect_locked(endpoint->told);
	if (IS_ERR(blob))
		return PTR_ERR(blob);
	if (vdev_blob_same(blob, endpoint->blob)) {
		if (blob != endpoint->told)
			kfree(blob);
		return 0;
	}
	endpoint->pending = blob;
	list_add_tail(&endpoint->pending_node, &pending);
	return 0;
}

/* The next that one of the two is for; either may be NULL. */
static int prepare_next(const struct vdev_profile *old,
			const struct vdev_profile *new, unsigned long *next)
{
	struct vdev_endpoint *endpoint;
	int err = 0;

	down_read(&vdev_registry_sem);
	endpoint = vdev_next_locked(VDEV_IS_ANY, *next);
	*next = endpoint ? endpoint->id + 1UL : 0;
	if (endpoint && ((old && vdev_profile_fits(old, endpoint->told)) ||
			 (new && vdev_profile_fits(new, endpoint->told))))
		err = prepare_locked(endpoint);
	up_read(&vdev_registry_sem);
	return err;
}

/**
 * vdev_rebuild_forget_locked() - what is pending for an endpoint is out of date
 * @endpoint: the endpoint
 *
 * Context: vdev_registry_sem held for writing.
 */
void vdev_rebuild_forget_locked(struct vdev_endpoint *endpoint)
{
	lockdep_assert_held_write(&vdev_registry_sem);
	list_del_init(&endpoint->pending_node);
	if (endpoint->pending != endpoint->told)
		kfree(endpoint->pending);
	endpoint->pending = NULL;
}

/* With or without a change, nothing is pending at the end. */
static bool finish_one(bool change)
{
	struct vdev_endpoint *endpoint;
	struct vdev_event event = { };

	down_write(&vdev_registry_sem);
	endpoint = list_first_entry_or_null(&pending, struct vdev_endpoint,
					    pending_node);
	if (endpoint) {
		if (change)
			vdev_publish_locked(endpoint, &endpoint->pending,
					    &event);
		vdev_rebuild_forget_locked(endpoint);
	}
	up_write(&vdev_registry_sem);
	vdev_event_deliver(&event);
	return endpoint;
}

/**
 * vdev_rebuild_prepare_locked() - what a change of the profiles will change
 * @old: the profile that is no longer in the list; may be NULL
 * @new: the profile that is new in the list; may be NULL
 *
 * Context: Process context, vdev_profiles_sem held for writing, and for reading
 * at least until vdev_rebuild_finish_locked() returns. May sleep.
 * Return: 0 or -ENOMEM, for vdev_rebuild_finish_locked(). No endpoint has
 * changed.
 */
int vdev_rebuild_prepare_locked(const struct vdev_profile *old,
				const struct vdev_profile *new)
{
	unsigned long next = 1;
	int err;

	lockdep_assert_held_write(&vdev_profiles_sem);
	do {
		err = prepare_next(old, new, &next);
		cond_resched();
	} while (!err && next);
	return err;
}

/**
 * vdev_rebuild_finish_locked() - let the endpoints change
 * @err: what vdev_rebuild_prepare_locked() returned; if not 0, none changes
 *
 * Context: Process context, vdev_profiles_sem held. May sleep.
 */
void vdev_rebuild_finish_locked(int err)
{
	lockdep_assert_held(&vdev_profiles_sem);
	while (finish_one(!err))
		cond_resched();
}
