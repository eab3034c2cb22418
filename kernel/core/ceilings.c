// SPDX-License-Identifier: GPL-2.0
/*
 * The list of ceilings, and what it makes of an endpoint.
 *
 * vdev_profiles_sem is held for writing while a change of the list is prepared, and for
 * reading from reading the list until the result is published. Who only reads
 * ceilings takes neither: limits_lock guards the list itself, and is held while a
 * ceiling is found.
 */
#include <linux/err.h>
#include <linux/spinlock.h>

#include "ceiling.h"
#include "change.h"

/* Innermost. */
static DEFINE_SPINLOCK(limits_lock);
/*
 * All of these are written under vdev_profiles_sem and limits_lock, and read under one
 * of them.
 */
static LIST_HEAD(limits);
static unsigned int num_limits;
static u64 version = 1;

/**
 * vdev_limit_find_locked() - find the ceiling of a type
 * @type: name of the type
 *
 * Context: vdev_profiles_sem held.
 * Return: the ceiling, or NULL.
 */
struct vdev_limit *vdev_limit_find_locked(const struct vdev_key *type)
{
	struct vdev_limit *limit;

	lockdep_assert_held(&vdev_profiles_sem);
	list_for_each_entry(limit, &limits, node) {
		if (vdev_limit_is_of(limit, type))
			return limit;
	}
	return NULL;
}

static struct vdev_limit *limits_nth_locked(unsigned long index)
{
	struct vdev_limit *limit;

	lockdep_assert_held(&limits_lock);
	list_for_each_entry(limit, &limits, node) {
		if (!index--)
			return limit;
	}
	return NULL;
}

/**
 * vdev_limit_get_nth() - walk the ceilings in the order in which they were set first
 * @index: the place of the one wanted, from 0
 * @list_version: where to put a number that each change of the list changes; not 0
 *
 * Context: Any.
 * Return: the ceiling, to be given to vdev_limit_put(); or NULL if there is no further
 * one.
 */
struct vdev_limit *vdev_limit_get_nth(unsigned long index, u64 *list_version)
{
	struct vdev_limit *limit;

	spin_lock(&limits_lock);
	*list_version = version;
	limit = limits_nth_locked(index);
	if (limit)
		refcount_inc(&limit->refs);
	spin_unlock(&limits_lock);
	return limit;
}

/**
 * vdev_limits_are_full_locked() - are there as many ceilings as there can be?
 *
 * Context: vdev_profiles_sem held.
 * Return: true if there are.
 */
bool vdev_limits_are_full_locked(void)
{
	lockdep_assert_held(&vdev_profiles_sem);
	return num_limits == VDEV_CEILINGS_MAX;
}

/**
 * vdev_limits_exchange_locked() - change the list
 * @old: the ceiling that goes, which the list holds no longer; may be NULL
 * @new: the ceiling that comes, in its place, and which the list holds; may be NULL
 *
 * Context: vdev_profiles_sem held for writing.
 */
void vdev_limits_exchange_locked(struct vdev_limit *old, struct vdev_limit *new)
{
	lockdep_assert_held_write(&vdev_profiles_sem);
	spin_lock(&limits_lock);
	if (new)
		refcount_inc(&new->refs);
	if (old && new)
		list_replace(&old->node, &new->node);
	else if (old)
		list_del(&old->node);
	else if (new)
		list_add_tail(&new->node, &limits);
	num_limits += !!new - !!old;
	version++;
	spin_unlock(&limits_lock);
	vdev_limit_put(old);
}

/* Of the list as the change makes it. */
static const struct vdev_limit *limits_for_locked(u32 kind,
						  const struct vdev_blob *reported,
						  const struct vdev_change *change)
{
	const struct vdev_limit *limit, *new = change->new_limit;
	const struct vdev_key type = vdev_limit_type_of(kind, reported);

	lockdep_assert_held(&vdev_profiles_sem);
	if (new && vdev_limit_is_of(new, &type))
		return new;
	list_for_each_entry(limit, &limits, node) {
		if (limit != change->old_limit && vdev_limit_is_of(limit, &type))
			return limit;
	}
	return NULL;
}

/**
 * vdev_limit_effect_after_locked() - what a change of the ceilings would make of an
 *	endpoint
 * @blob: the endpoint without a ceiling, which is used up; or an ERR_PTR, which is
 *	returned
 * @reported: the endpoint as its driver reports it
 * @kind: enum vdev_endpoint_kind
 * @change: the change
 *
 * Context: Process context, vdev_profiles_sem held until the result is published. May
 * sleep.
 * Return: @blob itself if there is no ceiling for it, else a new one, to be given to
 * vdev_blob_put(); or an ERR_PTR: -ENOMEM.
 */
struct vdev_blob *vdev_limit_effect_after_locked(struct vdev_blob *blob,
						 const struct vdev_blob *reported, u32 kind,
						 const struct vdev_change *change)
{
	const struct vdev_limit *limit;
	struct vdev_blob *limited;

	if (IS_ERR(blob))
		return blob;
	limit = limits_for_locked(kind, reported, change);
	if (!limit)
		return blob;
	limited = vdev_blob_limit(blob, limit->ceiling);
	vdev_blob_put(blob);
	return limited;
}

/**
 * vdev_limits_exit() - free the ceilings
 *
 * Nobody can ask for one any more, and there is no endpoint.
 */
void vdev_limits_exit(void)
{
	struct vdev_limit *limit, *next;

	list_for_each_entry_safe(limit, next, &limits, node)
		vdev_limit_put(limit);
}
