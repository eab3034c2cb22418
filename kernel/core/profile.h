/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The profiles: what vendors declare for drivers that declare nothing.
 */
#ifndef _VDEV_PROFILE_H
#define _VDEV_PROFILE_H

#include <linux/list.h>
#include <linux/refcount.h>
#include <net/netlink.h>

#include "core.h"
#include "match.h"

struct vdev_change;
struct vdev_parsed;

/**
 * struct vdev_profile - a profile, which never changes
 * @node: in the list of profiles
 * @refs: who uses it
 * @name: its name
 * @scope: what it is for
 * @declared: what it declares beside the record
 * @generation: generation of the family when it was set; written before it is in
 *	the list
 * @parsed: what it declares of the record, which may lack values
 * @len: length of @data in bytes
 * @data: what it was made of: netlink attributes, but for those that are of the
 *	request; all strings are in it
 */
struct vdev_profile {
	struct list_head node;
	refcount_t refs;
	const char *name;
	struct vdev_scope scope;
	struct vdev_declared declared;
	u64 generation;
	struct vdev_parsed *parsed;
	u32 len;
	u8 data[] __aligned(NLA_ALIGNTO);
};

/**
 * struct vdev_profile_change - what has become of a profile
 * @profile: the profile, to be given to vdev_profile_put()
 * @generation: generation of the change
 * @snapshot: generation of the family when all endpoints had changed
 * @changed: how many endpoints have
 */
struct vdev_profile_change {
	struct vdev_profile *profile;
	u64 generation;
	u64 snapshot;
	u32 changed;
};

/* profile.c */
struct vdev_profile *vdev_profile_new(struct nlattr **attrs,
				      struct netlink_ext_ack *extack);
void vdev_profile_put(struct vdev_profile *profile);
struct vdev_profile_view vdev_profile_view_of(const struct vdev_profile *profile,
					      u64 generation, u64 snapshot);

/* profiles.c */
struct vdev_profile *vdev_profile_find_locked(const char *name);
bool vdev_profiles_are_full_locked(void);
u64 vdev_profiles_exchange_locked(struct vdev_profile *old,
				  struct vdev_profile *new);
struct vdev_profile *vdev_profile_get(const char *name, u64 *snapshot);
struct vdev_profile *vdev_profile_get_nth(unsigned long index, u64 *snapshot,
					  u64 *list_version);
struct vdev_blob *vdev_profile_effect_after_locked(struct vdev_blob *reported, u32 kind,
						   const struct vdev_change *change);
struct vdev_blob *vdev_profile_effect_locked(struct vdev_blob *reported, u32 kind);
bool vdev_profile_matches(const struct vdev_profile *profile,
			  const struct vdev_blob *reported);
void vdev_profiles_exit(void);

/* rebuild.c */
int vdev_rebuild_prepare_locked(const struct vdev_change *change);
unsigned int vdev_rebuild_finish_locked(int err);
void vdev_rebuild_discard_locked(struct vdev_endpoint *endpoint);

/* apply.c */
int vdev_profile_set(struct vdev_profile *profile, bool replace,
		     struct vdev_profile_change *change);
int vdev_profile_del(struct vdev_profile *profile,
		     struct vdev_profile_change *change);

#endif /* _VDEV_PROFILE_H */
