// SPDX-License-Identifier: GPL-2.0
/*
 * The list of profiles in order of precedence, and what it makes of an endpoint.
 *
 * vdev_profiles_sem is held for writing while a change of the list is prepared,
 * and for reading from reading the list until the result is published.
 * Who only reads profiles takes neither: list_lock guards the list itself, and is
 * held while a profile is found.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "ceiling.h"
#include "change.h"
#include "codec/contract.h"
#include "codec/parse.h"
#include "core.h"
#include "events.h"
#include "merge.h"
#include "model/bounds.h"
#include "profile.h"

/* Innermost. */
static DEFINE_SPINLOCK(list_lock);
/*
 * All of these are written under vdev_profiles_sem and list_lock, and read under
 * one of them.
 */
static LIST_HEAD(profiles);
static unsigned int num_profiles;
static u64 changed_at = 1;

/**
 * vdev_profile_find_locked() - find a profile
 * @name: its name
 *
 * Context: vdev_profiles_sem held.
 * Return: the profile, or NULL.
 */
struct vdev_profile *vdev_profile_find_locked(const char *name)
{
	struct vdev_profile *profile;

	lockdep_assert(lockdep_is_held(&vdev_profiles_sem) || lockdep_is_held(&list_lock));
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
	profile = vdev_profile_find_locked(name);
	if (profile)
		refcount_inc(&profile->refs);
	spin_unlock(&list_lock);
	return profile;
}

static struct vdev_profile *profiles_nth_locked(unsigned long index)
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
	profile = profiles_nth_locked(index);
	if (profile)
		refcount_inc(&profile->refs);
	spin_unlock(&list_lock);
	return profile;
}

static struct vdev_scope reported_scope(const struct vdev_blob *reported)
{
	return (struct vdev_scope) {
		.bus = vdev_blob_string(reported, VDEV_A_BUS),
		.driver = vdev_blob_string(reported, VDEV_A_DRIVER),
		.type = vdev_blob_type_name(reported),
	};
}

/* What a driver declares itself is never touched. */
static bool profiles_is_undeclared(const struct vdev_blob *reported)
{
	return reported->migration == VDEV_MIGRATION_UNDECLARED;
}

/**
 * vdev_profile_matches() - is a profile for an endpoint?
 * @profile: the profile
 * @reported: the endpoint as its driver reports it
 *
 * Return: true if it is, whether or not another one takes precedence.
 */
bool vdev_profile_matches(const struct vdev_profile *profile,
			  const struct vdev_blob *reported)
{
	const struct vdev_scope scope = reported_scope(reported);

	return profiles_is_undeclared(reported) && vdev_scope_matches(&profile->scope, &scope);
}

static bool profile_precedes(const struct vdev_profile *a,
			     const struct vdev_profile *b)
{
	int order = vdev_scope_compare(&a->scope, &b->scope);

	return (order ?: strcmp(a->name, b->name)) < 0;
}

/* Of the list without @old and with @new; either may be NULL. */
static const struct vdev_profile *profiles_first_locked(const struct vdev_blob *reported,
							const struct vdev_profile *old,
							const struct vdev_profile *new)
{
	const struct vdev_scope scope = reported_scope(reported);
	const struct vdev_profile *profile, *first = NULL;

	lockdep_assert_held(&vdev_profiles_sem);
	list_for_each_entry(profile, &profiles, node) {
		if (profile != old &&
		    vdev_scope_matches(&profile->scope, &scope)) {
			first = profile;
			break;
		}
	}
	if (new && vdev_scope_matches(&new->scope, &scope) &&
	    (!first || profile_precedes(new, first)))
		first = new;
	return first;
}

static struct vdev_blob *profiles_merge(struct vdev_reason *reason,
					const struct vdev_profile *profile,
					const struct vdev_blob *reported,
					struct vdev_parsed *parsed)
{
	int err;

	err = vdev_parse_object(parsed, VDEV_ENDPOINT_KIND_DEVICE, reported->data,
				reported->len) ?:
	      vdev_merge(reason, parsed, &profile->parsed->record) ?:
	      vdev_record_check(reason, &parsed->record);
	if (err)
		return ERR_PTR(err);
	return vdev_blob_declare(reason, reported, profile->name,
				 &profile->declared, &parsed->record);
}

/* Whatever the profile says, an endpoint within its bounds comes out. */
static struct vdev_blob *profiles_apply(const struct vdev_profile *profile,
					const struct vdev_blob *reported)
{
	struct vdev_reason reason = { };
	struct vdev_parsed *parsed;
	struct vdev_blob *blob;

	parsed = vdev_parsed_new(reported->len);
	if (!parsed)
		return ERR_PTR(-ENOMEM);
	blob = profiles_merge(&reason, profile, reported, parsed);
	kvfree(parsed);
	if (IS_ERR(blob) && blob != ERR_PTR(-ENOMEM))
		return vdev_blob_conflict(reported, profile->name, reason.why);
	return blob;
}

/* What is published has a contract; @blob is used up by a failure. */
static struct vdev_blob *profiles_sign(struct vdev_blob *blob, u32 kind)
{
	int err = PTR_ERR_OR_ZERO(blob);

	if (err)
		return blob;
	err = vdev_blob_sign(blob, kind);
	if (!err)
		return blob;
	vdev_blob_put(blob);
	return ERR_PTR(err);
}

/**
 * vdev_profile_effect_after_locked() - what a change of the profiles or ceilings would
 *	make of an endpoint
 * @reported: the endpoint as its driver reports it
 * @kind: enum vdev_endpoint_kind
 * @change: the change
 *
 * Context: Process context, vdev_profiles_sem held until the result is
 * published. May sleep.
 * Return: @reported itself if there is no profile and no ceiling for it, else a new blob,
 * with its contract, to be given to vdev_blob_put(); or an ERR_PTR: -ENOMEM.
 */
struct vdev_blob *vdev_profile_effect_after_locked(struct vdev_blob *reported, u32 kind,
						   const struct vdev_change *change)
{
	const struct vdev_profile *profile = NULL;
	struct vdev_blob *blob;

	lockdep_assert_held(&vdev_profiles_sem);
	if (profiles_is_undeclared(reported))
		profile = profiles_first_locked(reported, change->old, change->new);
	blob = profile ? profiles_apply(profile, reported) : vdev_blob_get(reported);
	blob = vdev_limit_effect_after_locked(blob, reported, kind, change);
	return profiles_sign(blob, kind);
}

/**
 * vdev_profile_effect_locked() - what the profiles and ceilings make of an endpoint
 * @reported: the endpoint as its driver reports it
 * @kind: enum vdev_endpoint_kind
 *
 * See vdev_profile_effect_after_locked().
 *
 * Context: Process context, vdev_profiles_sem held until the result is
 * published. May sleep.
 * Return: a blob, or an ERR_PTR.
 */
struct vdev_blob *vdev_profile_effect_locked(struct vdev_blob *reported, u32 kind)
{
	static const struct vdev_change none;

	return vdev_profile_effect_after_locked(reported, kind, &none);
}

static void profiles_insert_locked(struct vdev_profile *profile)
{
	struct vdev_profile *next;

	lockdep_assert_held_write(&vdev_profiles_sem);
	list_for_each_entry(next, &profiles, node) {
		if (profile_precedes(profile, next))
			break;
	}
	refcount_inc(&profile->refs);
	list_add_tail(&profile->node, &next->node);
	num_profiles++;
}

static void profiles_remove_locked(struct vdev_profile *profile)
{
	lockdep_assert_held_write(&vdev_profiles_sem);
	list_del(&profile->node);
	num_profiles--;
}

static enum vdev_what profiles_event(const struct vdev_profile *old,
				     const struct vdev_profile *new)
{
	if (!old)
		return VDEV_NEW;
	return new ? VDEV_CHANGE : VDEV_DEL;
}

/**
 * vdev_profiles_are_full_locked() - are there as many profiles as there can be?
 *
 * Context: vdev_profiles_sem held.
 * Return: true if there are.
 */
bool vdev_profiles_are_full_locked(void)
{
	lockdep_assert_held(&vdev_profiles_sem);
	return num_profiles == VDEV_PROFILES_MAX;
}

/**
 * vdev_profiles_exchange_locked() - change the list
 * @old: the profile that goes; may be NULL
 * @new: the profile that comes; may be NULL
 *
 * Who sees the list changed sees the generation of that, too.
 *
 * Context: Process context, vdev_profiles_sem held for writing. May sleep.
 * Return: the generation of the change, whose event is to be sent.
 */
u64 vdev_profiles_exchange_locked(struct vdev_profile *old, struct vdev_profile *new)
{
	u64 generation;

	lockdep_assert_held_write(&vdev_profiles_sem);
	mutex_lock(&vdev_registry_lock);
	spin_lock(&list_lock);
	generation = vdev_generation_next_locked();
	changed_at = generation;
	if (old)
		profiles_remove_locked(old);
	if (new) {
		new->generation = generation;
		profiles_insert_locked(new);
	}
	spin_unlock(&list_lock);
	vdev_profile_event_queue_locked(new ?: old, generation,
					profiles_event(old, new));
	mutex_unlock(&vdev_registry_lock);
	return generation;
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
