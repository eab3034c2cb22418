/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ceilings: what the administrator lets types offer.
 */
#ifndef _VDEV_CORE_CEILING_H
#define _VDEV_CORE_CEILING_H

#include <linux/list.h>
#include <linux/refcount.h>
#include <net/netlink.h>

#include "core.h"

struct vdev_change;
struct vdev_reason;

/**
 * struct vdev_limit - the ceiling of a type, which never changes
 * @node: in the list of ceilings
 * @refs: who uses it
 * @type: name of the type; its bus is not known
 * @ceiling: the attribute, in @data
 * @len: length of @data in bytes
 * @data: what a message shows: the attributes of the name, and the ceiling; all
 *	strings are in it
 */
struct vdev_limit {
	struct list_head node;
	refcount_t refs;
	struct vdev_key type;
	const struct nlattr *ceiling;
	u32 len;
	u8 data[] __aligned(NLA_ALIGNTO);
};

/**
 * struct vdev_limit_change - a ceiling that is to change
 * @type: name of the type
 * @limit: its ceiling from then on; NULL for none
 * @expected: it must not have changed after that generation; 0 for any
 * @dry_run: all is validated, and nothing changes
 */
struct vdev_limit_change {
	const struct vdev_key *type;
	struct vdev_limit *limit;
	u64 expected;
	bool dry_run;
};

/* ceiling.c */
struct vdev_limit *vdev_limit_new(struct nlattr **attrs, const struct vdev_key *type,
				  struct netlink_ext_ack *extack);
void vdev_limit_put(struct vdev_limit *limit);
bool vdev_limit_is_of(const struct vdev_limit *limit, const struct vdev_key *type);
struct vdev_key vdev_limit_type_of(u32 kind, const struct vdev_blob *reported);
bool vdev_limit_is_for(const struct vdev_limit *limit, u32 kind,
		       const struct vdev_blob *reported);
int vdev_limit_offer_check(const struct vdev_limit *limit, const struct vdev_blob *blob,
			   struct vdev_reason *reason);

/* ceilings.c */
struct vdev_limit *vdev_limit_find_locked(const struct vdev_key *type);
struct vdev_limit *vdev_limit_get_nth(unsigned long index, u64 *list_version);
bool vdev_limits_are_full_locked(void);
void vdev_limits_exchange_locked(struct vdev_limit *old, struct vdev_limit *new);
struct vdev_blob *vdev_limit_effect_after_locked(struct vdev_blob *blob,
						 const struct vdev_blob *reported, u32 kind,
						 const struct vdev_change *change);
void vdev_limits_exit(void);

/* ceiling_set.c */
int vdev_limit_set(const struct vdev_limit_change *change, struct vdev_reason *reason);

#endif /* _VDEV_CORE_CEILING_H */
