// SPDX-License-Identifier: GPL-2.0
/*
 * A change of the profiles, from the request to the last endpoint that changes
 * with it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/uidgid.h>

#include "change.h"
#include "core.h"
#include "profile.h"

/* Either may be NULL. After a failure nothing has changed. */
static int apply_exchange_locked(struct vdev_profile *old, struct vdev_profile *new,
				 struct vdev_profile_change *change)
{
	const struct vdev_change affected = { .old = old, .new = new };
	int err;

	err = vdev_rebuild_prepare_locked(&affected);
	if (err)
		return err;
	change->profile = new ?: old;
	refcount_inc(&change->profile->refs);
	change->generation = vdev_profiles_exchange_locked(old, new);
	return 0;
}

/* The one that is there is equal. */
static void apply_nothing_locked(struct vdev_profile *profile,
				 struct vdev_profile_change *change)
{
	change->profile = profile;
	refcount_inc(&profile->refs);
	change->generation = profile->generation;
}

static void apply_log(const struct vdev_profile *profile, const char *what)
{
	const struct vdev_scope *scope = &profile->scope;
	const char *driver = scope->driver ?: "*";
	const char *type = scope->type ?: "*";

	pr_info("profile %s: %s by uid %u: bus %s, driver %*pE, type %*pE\n",
		profile->name, what,
		from_kuid(&init_user_ns, current_uid()), scope->bus ?: "*",
		(int)strlen(driver), driver, (int)strlen(type), type);
}

static bool apply_is_same(const struct vdev_profile *one, const struct vdev_profile *other)
{
	return one->len == other->len && !memcmp(one->data, other->data, one->len);
}

/* @replaced: the one that the list no longer holds; NULL if there is none. */
static int apply_set_locked(struct vdev_profile *profile, bool replace,
			    struct vdev_profile **replaced,
			    struct vdev_profile_change *change)
{
	struct vdev_profile *old = vdev_profile_find_locked(profile->name);
	int err;

	*replaced = NULL;
	if (old && !replace)
		return -EEXIST;
	if (!old && vdev_profiles_are_full_locked())
		return -ENOSPC;
	if (old && apply_is_same(old, profile)) {
		apply_nothing_locked(old, change);
		return 0;
	}
	err = apply_exchange_locked(old, profile, change);
	if (!err)
		apply_log(profile, old ? "replaced" : "set");
	*replaced = old;
	return err;
}

/* The list is what it will be; nobody who reads it waits for the endpoints. */
static void apply_finish_and_unlock(int err, struct vdev_profile_change *change)
{
	downgrade_write(&vdev_profiles_sem);
	change->changed = vdev_rebuild_finish_locked(err);
	change->snapshot = vdev_generation();
	up_read(&vdev_profiles_sem);
}

/**
 * vdev_profile_set() - put a profile into effect
 * @profile: the profile, which the list then holds for itself
 * @replace: it may take the place of one with the same name
 * @change: what has become of it, if the call succeeds
 *
 * In the place of an equal one nothing changes, and nobody is notified.
 *
 * Context: Process context, no lock held. May sleep, and can be killed.
 * Return: 0; -EEXIST if the name is taken, -ENOSPC if there are
 * VDEV_PROFILES_MAX, -EINTR, -ENOMEM. After a failure nothing has changed.
 */
int vdev_profile_set(struct vdev_profile *profile, bool replace,
		     struct vdev_profile_change *change)
{
	struct vdev_profile *replaced;
	int err;

	if (down_write_killable(&vdev_profiles_sem))
		return -EINTR;
	err = apply_set_locked(profile, replace, &replaced, change);
	apply_finish_and_unlock(err, change);
	if (!err)
		vdev_profile_put(replaced);
	return err;
}

/**
 * vdev_profile_del() - take a profile out of effect
 * @profile: the profile, which somebody else may have taken out meanwhile
 * @change: what has become of it, if the call succeeds
 *
 * Context: Process context, no lock held. May sleep, and can be killed.
 * Return: 0; -EAGAIN if it is in effect no longer, -EINTR, -ENOMEM. After a
 * failure nothing has changed.
 */
int vdev_profile_del(struct vdev_profile *profile,
		     struct vdev_profile_change *change)
{
	int err = -EAGAIN;

	if (down_write_killable(&vdev_profiles_sem))
		return -EINTR;
	if (vdev_profile_find_locked(profile->name) == profile)
		err = apply_exchange_locked(profile, NULL, change);
	if (!err)
		apply_log(profile, "deleted");
	apply_finish_and_unlock(err, change);
	if (!err)
		vdev_profile_put(profile);
	return err;
}
