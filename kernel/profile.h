/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The profiles: what vendors declare for drivers that declare nothing.
 */
#ifndef _VDEV_PROFILE_H
#define _VDEV_PROFILE_H

#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <net/netlink.h>

#include "match.h"

struct vdev_blob;
struct vdev_endpoint;
struct vdev_parsed;

/**
 * struct vdev_profile - a profile, which never changes
 * @node: in the list of profiles
 * @refs: who uses it
 * @name: its name
 * @scope: what it is for
 * @migration: what it declares about migration
 * @parsed: what it declares of the record, which may lack values
 * @len: length of @data in bytes
 * @data: what it was made of: netlink attributes, from VDEV_A_PROFILE_NAME to
 *	VDEV_A_PROFILE_RECORD; all strings are in it
 */
struct vdev_profile {
	struct list_head node;
	refcount_t refs;
	const char *name;
	struct vdev_scope scope;
	u32 migration;
	struct vdev_parsed *parsed;
	u32 len;
	u8 data[] __aligned(8);
};

/* profile.c */
extern struct rw_semaphore vdev_profiles_sem;

struct vdev_profile *vdev_profile_new(struct nlattr **attrs,
				      struct netlink_ext_ack *extack);
void vdev_profile_put(struct vdev_profile *profile);

/* profiles.c */
int vdev_profile_set(struct vdev_profile *profile, bool replace);
int vdev_profile_del(const char *name);
struct vdev_profile *vdev_profile_get(const char *name);
struct vdev_profile *vdev_profile_get_nth(unsigned long index,
					  u64 *list_version);
struct vdev_blob *vdev_profile_effect_after_locked(struct vdev_blob *told,
						   const struct vdev_profile *old,
						   const struct vdev_profile *new);
struct vdev_blob *vdev_profile_effect_locked(struct vdev_blob *told);
bool vdev_profile_fits(const struct vdev_profile *profile,
		       const struct vdev_blob *told);
void vdev_profiles_exit(void);

/* rebuild.c */
int vdev_rebuild_prepare_locked(const struct vdev_profile *old,
				const struct vdev_profile *new);
void vdev_rebuild_finish_locked(int err);
void vdev_rebuild_discard_locked(struct vdev_endpoint *endpoint);

#endif /* _VDEV_PROFILE_H */
