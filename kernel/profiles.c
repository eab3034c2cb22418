// SPDX-License-Identifier: GPL-2.0
/*
 * The list of profiles in order of precedence, and what it makes of an endpoint.
 *
 * vdev_profiles_sem is held for writing while a change of the list is prepared,
 * and for reading from the look at the list until what came of it is published.
 * Who only reads profiles takes neither: list_lock guards the list itself, and is
 * held while a profile is found.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uidgid.h>

#include "bounds.h"
#include "core.h"
#include "merge.h"
#include "notify.h"
#include "parse.h"
#include "profile.h"

DECLARE_RWSEM(vdev_profiles_sem);

/* Innermost. */
static DEFINE_SPINLOCK(list_lock);
/*
 * All of these are written under vdev_profiles_sem and list_lock, and read under
 * one of them.
 */
static LIST_HEAD(profiles);
static unsigned int num_profiles;
static u64 changed_at = 1;

static struct vdev_profile *find_locked(const char *name)
{
	struct vdev_profile *profile;

	list_for_each_entry(profile, &profiles, node) {
		if (!strcmp(profile->name, name))
			return profile;
	}
	return NULL;
}

/**
 * vdev_profile_get() - find a profile
 * @name: its name
 * @snapshot: where to put the generation of the family at that moment
 *
 * Context: Any.
 * Return: the profile, to be given to vdev_profile_put(); or NULL.
 */
struct vdev_profile *vdev_profile_get(const char *name, u64 *snapshot)
{
	struct vdev_profile *profile;

	spin_lock(&list_lock);
	*snapshot = vdev_generation();
	profile = find_locked(name);
	if (profile)
		refcount_inc(&profile->refs);
	spin_unlock(&list_lock);
	return profile;
}

static struct vdev_profile *nth_locked(unsigned long index)
{
	struct vdev_profile *profile;

	lockdep_assert_held(&list_lock);
	list_for_each_entry(profile, &profiles, node) {
		if (!index--)
			return profile;
	}
	return NULL;
}

/**
 * vdev_profile_get_nth() - walk the profiles in order of precedence
 * @index: the place of the one wanted, from 0
 * @snapshot: where to put the generation of the family at that moment
 * @list_version: where to put the generation at which the list was changed last
 *
 * Context: Any.
 * Return: the profile, to be given to vdev_profile_put(); or NULL if there is no
 * further one.
 */
struct vdev_profile *vdev_profile_get_nth(unsigned long index, u64 *snapshot,
					  u64 *list_version)
{
	struct vdev_profile *profile;

	spin_lock(&list_lock);
	*snapshot = vdev_generation();
	*list_version = changed_at;
	profile = nth_locked(index);
	if (profile)
		refcount_inc(&profile->refs);
	spin_unlock(&list_lock);
	return profile;
}

static const struct nlattr *told_attr(const struct vdev_blob *told, int type)
{
	return nla_find((const struct nlattr *)told->data, told->len, type);
}

static const char *told_type(const struct vdev_blob *told)
{
	const struct nlattr *attr = told_attr(told, VDEV_A_RECORD);

	attr = attr ? nla_find_nested(attr, VDEV_A_RECORD_TYPE) : NULL;
	attr = attr ? nla_find_nested(attr, VDEV_A_IDENT_VALUE) : NULL;
	return vdev_string_or_null(attr);
}

static struct vdev_scope told_scope(const struct vdev_blob *told)
{
	return (struct vdev_scope) {
		.bus = vdev_string_or_null(told_attr(told, VDEV_A_BUS)),
		.driver = vdev_string_or_null(told_attr(told, VDEV_A_DRIVER)),
		.type = told_type(told),
	};
}

/* What a driver declares itself is never touched. */
static bool is_undeclared(const struct vdev_blob *told)
{
	return told->migration == VDEV_MIGRATION_UNDECLARED;
}

/**
 * vdev_profile_fits() - is a profile for an endpoint?
 * @profile: the profile
 * @told: the endpoint as its driver tells it
 *
 * Return: true if it is, whether or not another one takes precedence.
 */
bool vdev_profile_fits(const struct vdev_profile *profile,
		       const struct vdev_blob *told)
{
	const struct vdev_scope scope = told_scope(told);

	return is_undeclared(told) && vdev_scope_holds(&profile->scope, &scope);
}

static bool precedes(const struct vdev_profile *a,
		     const struct vdev_profile *b)
{
	int order = vdev_scope_compare(&a->scope, &b->scope);

	return (order ?: strcmp(a->name, b->name)) < 0;
}

/* Of the list without @old and with @new; either may be NULL. */
static const struct vdev_profile *first_locked(const struct vdev_blob *told,
					       const struct vdev_profile *old,
					       const struct vdev_profile *new)
{
	const struct vdev_scope scope = told_scope(told);
	const struct vdev_profile *profile, *first = NULL;

	lockdep_assert_held(&vdev_profiles_sem);
	list_for_each_entry(profile, &profiles, node) {
		if (profile != old &&
		    vdev_scope_holds(&profile->scope, &scope)) {
			first = profile;
			break;
		}
	}
	if (new && vdev_scope_holds(&new->scope, &scope) &&
	    (!first || precedes(new, first)))
		first = new;
	return first;
}

static struct vdev_blob *merge(struct vdev_refusal *refusal,
			       const struct vdev_profile *profile,
			       const struct vdev_blob *told,
			       struct vdev_parsed *parsed)
{
	int err;

	err = vdev_parse_endpoint(parsed, VDEV_ENDPOINT_KIND_DEVICE, told) ?:
	      vdev_merge(refusal, parsed, &profile->parsed->record) ?:
	      vdev_record_check(refusal, &parsed->record);
	if (err)
		return ERR_PTR(err);
	return vdev_blob_declare(refusal, told, profile->name,
				 &profile->declared, &parsed->record);
}

/* Whatever the profile says, an endpoint within its bounds comes out. */
static struct vdev_blob *apply(const struct vdev_profile *profile,
			       const struct vdev_blob *told)
{
	struct vdev_refusal refusal = { };
	struct vdev_parsed *parsed;
	struct vdev_blob *blob;

	parsed = vdev_parsed_new(told->len);
	if (!parsed)
		return ERR_PTR(-ENOMEM);
	blob = merge(&refusal, profile, told, parsed);
	kvfree(parsed);
	if (IS_ERR(blob) && blob != ERR_PTR(-ENOMEM))
		return vdev_blob_conflict(told, profile->name, refusal.why);
	return blob;
}

/**
 * vdev_profile_effect_after_locked() - what a change of the profiles would make
 *	of an endpoint
 * @told: the endpoint as its driver reports it
 * @old: the profile that goes; may be NULL
 * @new: the profile that comes; may be NULL
 *
 * Context: Process context, vdev_profiles_sem held until the result is
 * published. May sleep.
 * Return: @told itself if there is no profile for it, else a new blob, to be
 * given to vdev_blob_put(); or an ERR_PTR: -ENOMEM.
 */
struct vdev_blob *vdev_profile_effect_after_locked(struct vdev_blob *told,
						   const struct vdev_profile *old,
						   const struct vdev_profile *new)
{
	const struct vdev_profile *profile = NULL;

	lockdep_assert_held(&vdev_profiles_sem);
	if (is_undeclared(told))
		profile = first_locked(told, old, new);
	return profile ? apply(profile, told) : vdev_blob_get(told);
}

/**
 * vdev_profile_effect_locked() - what the profiles make of an endpoint
 * @told: the endpoint as its driver reports it
 *
 * See vdev_profile_effect_after_locked().
 *
 * Context: Process context, vdev_profiles_sem held until the result is
 * published. May sleep.
 * Return: a blob, or an ERR_PTR.
 */
struct vdev_blob *vdev_profile_effect_locked(struct vdev_blob *told)
{
	return vdev_profile_effect_after_locked(told, NULL, NULL);
}

static void insert_locked(struct vdev_profile *profile)
{
	struct vdev_profile *next;

	lockdep_assert_held_write(&vdev_profiles_sem);
	list_for_each_entry(next, &profiles, node) {
		if (precedes(profile, next))
			break;
	}
	refcount_inc(&profile->refs);
	list_add_tail(&profile->node, &next->node);
	num_profiles++;
}

static void remove_locked(struct vdev_profile *profile)
{
	lockdep_assert_held_write(&vdev_profiles_sem);
	list_del(&profile->node);
	num_profiles--;
}

static enum vdev_what what_happens(const struct vdev_profile *old,
				   const struct vdev_profile *new)
{
	if (!old)
		return VDEV_NEW;
	return new ? VDEV_CHANGE : VDEV_DEL;
}

/* Who sees the list changed sees the generation of that, too. */
static u64 show_locked(struct vdev_profile *old, struct vdev_profile *new)
{
	u64 generation;

	mutex_lock(&vdev_registry_lock);
	spin_lock(&list_lock);
	generation = vdev_generation_next_locked();
	changed_at = generation;
	if (old)
		remove_locked(old);
	if (new) {
		new->generation = generation;
		insert_locked(new);
	}
	spin_unlock(&list_lock);
	vdev_profile_event_queue_locked(new ?: old, generation,
					what_happens(old, new));
	mutex_unlock(&vdev_registry_lock);
	return generation;
}

/* Either may be NULL. After a failure nothing has changed. */
static int exchange_locked(struct vdev_profile *old, struct vdev_profile *new,
			   struct vdev_profile_change *change)
{
	int err;

	err = vdev_rebuild_prepare_locked(old, new);
	if (err)
		return err;
	change->profile = new ?: old;
	refcount_inc(&change->profile->refs);
	change->generation = show_locked(old, new);
	return 0;
}

static void log_profile(const struct vdev_profile *profile, const char *what)
{
	const struct vdev_scope *scope = &profile->scope;
	const char *driver = scope->driver ?: "*";
	const char *type = scope->type ?: "*";

	pr_info("profile %s: %s by uid %u: bus %s, driver %*pE, type %*pE\n",
		profile->name, what,
		from_kuid(&init_user_ns, current_uid()), scope->bus ?: "*",
		(int)strlen(driver), driver, (int)strlen(type), type);
}

static int set_locked(struct vdev_profile *profile, bool replace,
		      struct vdev_profile **old,
		      struct vdev_profile_change *change)
{
	int err;

	*old = find_locked(profile->name);
	if (*old && !replace)
		return -EEXIST;
	if (!*old && num_profiles == VDEV_PROFILES_MAX)
		return -ENOSPC;
	err = exchange_locked(*old, profile, change);
	if (!err)
		log_profile(profile, *old ? "replaced" : "set");
	return err;
}

/* The list is what it will be; nobody who reads it waits for the endpoints. */
static void follow_and_unlock(int err, struct vdev_profile_change *change)
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
 * Context: Process context, no lock held. May sleep, and can be killed.
 * Return: 0; -EEXIST if the name is taken, -ENOSPC if there are
 * VDEV_PROFILES_MAX, -EINTR, -ENOMEM. After a failure nothing has changed.
 */
int vdev_profile_set(struct vdev_profile *profile, bool replace,
		     struct vdev_profile_change *change)
{
	struct vdev_profile *old;
	int err;

	if (down_write_killable(&vdev_profiles_sem))
		return -EINTR;
	err = set_locked(profile, replace, &old, change);
	follow_and_unlock(err, change);
	if (!err)
		vdev_profile_put(old);
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
	if (find_locked(profile->name) == profile)
		err = exchange_locked(profile, NULL, change);
	if (!err)
		log_profile(profile, "deleted");
	follow_and_unlock(err, change);
	if (!err)
		vdev_profile_put(profile);
	return err;
}

/**
 * vdev_profiles_exit() - free the profiles
 *
 * Nobody can ask for one any more, and there is no endpoint.
 */
void vdev_profiles_exit(void)
{
	struct vdev_profile *profile, *next;

	list_for_each_entry_safe(profile, next, &profiles, node)
		vdev_profile_put(profile);
}
