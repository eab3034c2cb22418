// SPDX-License-Identifier: GPL-2.0
/*
 * A change of a ceiling, from the request to the last endpoint that changes with it.
 * The locks are those of a change of the profiles.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/printk.h>
#include <linux/uidgid.h>

#include "ceiling.h"
#include "change.h"
#include "model/bounds.h"
#include "profile.h"
#include "request.h"

static void limit_log(const struct vdev_handle *type, const char *what)
{
	pr_info("ceiling of %s/%s/%s: %s by uid %u\n", type->parent_bus, type->parent,
		type->name, what, from_kuid(&init_user_ns, current_uid()));
}

/* The type is there, and pinned: it stays until it was looked at. */
static int limit_present_check(const struct vdev_limit_change *change,
			       const struct vdev_view *type, struct vdev_reason *reason)
{
	if (change->expected && type->generation > change->expected)
		return vdev_reject(reason, -ESTALE, "the type has changed");
	if (!change->limit)
		return 0;
	return vdev_limit_offer_check(change->limit, type->blob, reason);
}

static int limit_absent_check(const struct vdev_limit_change *change,
			      const struct vdev_limit *old, struct vdev_reason *reason)
{
	if (change->expected || (!change->limit && !old))
		return vdev_reject(reason, -ENODEV, "no such type");
	return 0;
}

static int limit_check_locked(const struct vdev_limit_change *change,
			      const struct vdev_limit *old, struct vdev_reason *reason)
{
	struct vdev_endpoint *type;
	struct vdev_view view;
	int err;

	lockdep_assert_held_write(&vdev_profiles_sem);
	type = vdev_view_find(&view, change->type);
	if (!type)
		return limit_absent_check(change, old, reason);
	err = limit_present_check(change, &view, reason);
	vdev_view_release(&view, type);
	return err;
}

/*
 * A request that is under way was validated without the ceiling, and could end above
 * it. It is not waited for, as the provider may hang.
 */
static int limit_requests_check(const struct vdev_limit_change *change,
				struct vdev_reason *reason)
{
	if (!change->limit || !vdev_requests_make(change->limit))
		return 0;
	return vdev_reject(reason, -EBUSY,
			   "a device of the type is being created or configured");
}

static int limit_set_locked(const struct vdev_limit_change *change,
			    struct vdev_reason *reason)
{
	struct vdev_limit *old = vdev_limit_find_locked(change->type);
	const struct vdev_change affected = {
		.old_limit = old,
		.new_limit = change->limit,
	};
	int err;

	err = limit_check_locked(change, old, reason);
	if (err || (!old && !change->limit))
		return err;
	if (!old && vdev_limits_are_full_locked())
		return vdev_reject(reason, -ENOSPC,
				   "there are as many ceilings as there can be");
	if (change->dry_run)
		return limit_requests_check(change, reason);
	err = vdev_rebuild_prepare_locked(&affected) ?:
	      limit_requests_check(change, reason);
	if (err)
		return err;
	vdev_limits_exchange_locked(old, change->limit);
	limit_log(&change->type->handle, change->limit ? "set" : "reset");
	return 0;
}

/**
 * vdev_limit_set() - give a type a ceiling, or take it away
 * @change: what is to change; the list then holds the ceiling for itself, unless it is
 *	a dry run
 * @reason: gets the reason if it is rejected
 *
 * All endpoints that change have when the call returns.
 *
 * Context: Process context, no lock held. May sleep, and can be killed.
 * Return: 0; -ERANGE if the type does not offer that much, -ESTALE if it has changed,
 * -ENODEV if it is not there and would have to be, -ENOSPC if there are
 * VDEV_CEILINGS_MAX, -EBUSY if a device of the type is being created or configured,
 * -EINTR, -ENOMEM. After a failure nothing has changed.
 */
int vdev_limit_set(const struct vdev_limit_change *change, struct vdev_reason *reason)
{
	int err;

	if (down_write_killable(&vdev_profiles_sem))
		return -EINTR;
	err = limit_set_locked(change, reason);
	downgrade_write(&vdev_profiles_sem);
	vdev_rebuild_finish_locked(err);
	up_read(&vdev_profiles_sem);
	return err;
}
