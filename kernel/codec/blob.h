/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An endpoint as it goes over the wire: made of what its provider reports, and
 * of what a profile declares.
 */
#ifndef _VDEV_BLOB_H
#define _VDEV_BLOB_H

#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/vdev.h>
#include <net/netlink.h>

struct vdev_contract;
struct vdev_reason;

/**
 * struct vdev_blob - an endpoint as it goes over the wire
 * @rcu: readers may still find it
 * @refs: who uses it
 * @contract: what is judged of it, which it shares with all of which that is the
 *	same; NULL until it is first to be published, constant from then on
 * @migration: what is declared
 * @migratable: migration is declared and nothing blocks it
 * @handle_len: length of the part of @data that is the name, in bytes
 * @capacity: where in @data VDEV_A_CAPACITY is; 0 if there is none
 * @len: length of @data in bytes
 * @data: netlink attributes, from VDEV_A_BUS to VDEV_A_RECORD; then what is
 *	said of the profile, if one is for the endpoint
 *
 * Built once for each change, then copied into every message.
 */
struct vdev_blob {
	struct rcu_head rcu;
	refcount_t refs;
	struct vdev_contract *contract;
	u32 migration;
	bool migratable;
	u32 handle_len;
	u32 capacity;
	u32 len;
	u8 data[];
};

/* An attribute of the blob, by where it is. */
static inline const struct nlattr *vdev_blob_attr(const struct vdev_blob *blob,
						  u32 offset)
{
	return (const struct nlattr *)(blob->data + offset);
}

/* An attribute of the blob, by its type; NULL if it is not there. */
static inline const struct nlattr *vdev_blob_find(const struct vdev_blob *blob, int type)
{
	return nla_find((const struct nlattr *)blob->data, blob->len, type);
}

/**
 * struct vdev_declared - what a profile declares beside the compared part
 * @migration: what it declares about migration
 * @capabilities: enum vdev_capability, or-ed, beside those of the driver
 * @cost: what applies where the driver reports none
 */
struct vdev_declared {
	u32 migration;
	u32 capabilities;
	struct vdev_cost cost;
};

typedef int (*vdev_blob_fill)(struct sk_buff *skb, const void *arg);

/* blob.c */
struct vdev_blob *vdev_blob_pack(vdev_blob_fill fill, const void *arg);
struct vdev_blob *vdev_blob_get(struct vdev_blob *blob);
int vdev_blob_sign(struct vdev_blob *blob, u32 kind);
void vdev_blob_put(struct vdev_blob *blob);
const char *vdev_blob_string(const struct vdev_blob *blob, int type);
const char *vdev_blob_type_name(const struct vdev_blob *blob);
bool vdev_blob_same(const struct vdev_blob *a, const struct vdev_blob *b);
struct vdev_blob *vdev_blob_build(struct vdev_reason *reason,
				  const char *provider,
				  const struct vdev_handle *handle,
				  const struct vdev_facts *facts);

/* blob_profile.c */
struct vdev_blob *vdev_blob_declare(struct vdev_reason *reason,
				    const struct vdev_blob *reported,
				    const char *profile,
				    const struct vdev_declared *declared,
				    const struct vdev_record *record);
struct vdev_blob *vdev_blob_conflict(const struct vdev_blob *reported,
				     const char *profile, const char *why);

/* blob_blocker.c */
struct vdev_blob *vdev_blob_block(struct vdev_reason *reason,
				  const struct vdev_blob *reported,
				  const struct vdev_blocker *blocker);
struct vdev_blob *vdev_blob_unblock(const struct vdev_blob *reported,
				    const char *name);

/* blob_ceiling.c */
struct vdev_blob *vdev_blob_limit(const struct vdev_blob *blob, const struct nlattr *ceiling);

#endif /* _VDEV_BLOB_H */
