// SPDX-License-Identifier: GPL-2.0
/*
 * The serialised form of an endpoint that a profile is for: what the provider
 * reports, with another declaration, another record and what is declared beside
 * it, and the profile's name at the end. No locks.
 */
#include <linux/skbuff.h>
#include <linux/string.h>
#include <net/netlink.h>

#include "blob.h"
#include "compat.h"
#include "encode.h"
#include "model/bounds.h"

/**
 * struct overlay - what a profile adds to what the provider reports
 * @reported: what the provider reports
 * @profile: name of the profile
 * @declared: what it declares beside the record; NULL if all stays as it is
 * @record: the record, if @declared is there
 * @conflict: why it does; else NULL
 */
struct overlay {
	const struct vdev_blob *reported;
	const char *profile;
	const struct vdev_declared *declared;
	const struct vdev_record *record;
	const char *conflict;
};

static u64 reported_or(const struct nlattr *cost, int type, u64 declared)
{
	const struct nlattr *attr = cost ? nla_find_nested(cost, type) : NULL;

	return attr ? vdev_compat_get_uint(attr) : declared;
}

static int overlay_put_cost(struct sk_buff *skb, const struct overlay *overlay)
{
	const struct vdev_cost *declared = &overlay->declared->cost;
	const struct vdev_blob *reported = overlay->reported;
	const struct nlattr *cost = nla_find((const struct nlattr *)reported->data,
					     reported->len, VDEV_A_COST);
	const struct vdev_cost both = {
		.state_size = reported_or(cost, VDEV_A_COST_STATE_SIZE,
					  declared->state_size),
		.precopy_size = reported_or(cost, VDEV_A_COST_PRECOPY_SIZE,
					    declared->precopy_size),
		.downtime = reported_or(cost, VDEV_A_COST_DOWNTIME,
					declared->downtime),
	};

	return vdev_msg_put_cost(skb, &both);
}

static int overlay_put_attr(struct sk_buff *skb, const struct nlattr *attr,
			    const struct vdev_declared *declared)
{
	switch (nla_type(attr)) {
	case VDEV_A_MIGRATION:
		return nla_put_u32(skb, VDEV_A_MIGRATION, declared->migration);
	case VDEV_A_CAPABILITIES:
		return nla_put_u32(skb, VDEV_A_CAPABILITIES,
				   nla_get_u32(attr) | declared->capabilities);
	case VDEV_A_COST:
		return 0;
	default:
		return nla_put(skb, attr->nla_type, nla_len(attr),
			       nla_data(attr));
	}
}

/* Capacity is the last of what stands before the cost. */
static bool is_behind_cost(const struct nlattr *attr)
{
	return nla_type(attr) == VDEV_A_INFO ||
	       nla_type(attr) == VDEV_A_BLOCKER ||
	       nla_type(attr) == VDEV_A_RECORD;
}

/* The record is the last that a provider reports. */
static int overlay_put_declared(struct sk_buff *skb, const struct overlay *overlay)
{
	const struct vdev_blob *reported = overlay->reported;
	const struct nlattr *attr;
	bool cost = false;
	int rest, err = 0;

	nla_for_each_attr(attr, (const struct nlattr *)reported->data, reported->len,
			  rest) {
		if (!cost && is_behind_cost(attr)) {
			cost = true;
			err = overlay_put_cost(skb, overlay);
		}
		if (nla_type(attr) == VDEV_A_RECORD)
			break;
		err = err ?: overlay_put_attr(skb, attr, overlay->declared);
		if (err)
			return err;
	}
	return err ?: vdev_msg_put_record(skb, overlay->record);
}

static int overlay_put_reported(struct sk_buff *skb, const struct vdev_blob *reported)
{
	if (skb_tailroom(skb) < reported->len)
		return -EMSGSIZE;
	skb_put_data(skb, reported->data, reported->len);
	return 0;
}

static int overlay_fill(struct sk_buff *skb, const void *arg)
{
	const struct overlay *overlay = arg;
	int err;

	err = overlay->declared ? overlay_put_declared(skb, overlay) :
				  overlay_put_reported(skb, overlay->reported);
	if (err || skb->len > VDEV_OBJECT_BYTES)
		return -EMSGSIZE;
	return nla_put_string(skb, VDEV_A_PROFILE, overlay->profile) ?:
	       vdev_msg_put_optional(skb, VDEV_A_CONFLICT, overlay->conflict);
}

/**
 * vdev_blob_declare() - serialise an endpoint with what a profile declares
 * @reason: gets the reason if the profile conflicts
 * @reported: what the provider reports
 * @profile: name of the profile
 * @declared: what it declares beside the record
 * @record: what is reported and declared of the record, within its bounds
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -EMSGSIZE if it
 * would be larger than VDEV_OBJECT_BYTES, -ENOMEM.
 */
struct vdev_blob *vdev_blob_declare(struct vdev_reason *reason,
				    const struct vdev_blob *reported,
				    const char *profile,
				    const struct vdev_declared *declared,
				    const struct vdev_record *record)
{
	const struct overlay overlay = {
		.reported = reported,
		.profile = profile,
		.declared = declared,
		.record = record,
	};
	struct vdev_blob *blob;

	blob = vdev_blob_pack(overlay_fill, &overlay);
	if (blob == ERR_PTR(-EMSGSIZE))
		vdev_reject(reason, 0, "larger than %d bytes",
			    VDEV_OBJECT_BYTES);
	return blob;
}

/**
 * vdev_blob_conflict() - serialise an endpoint that a profile conflicts with
 * @reported: what the provider reports, which stays
 * @profile: name of the profile
 * @why: what is said about it, at most VDEV_STRING_LEN bytes
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -ENOMEM.
 */
struct vdev_blob *vdev_blob_conflict(const struct vdev_blob *reported,
				     const char *profile, const char *why)
{
	const struct overlay overlay = {
		.reported = reported,
		.profile = profile,
		.conflict = why,
	};

	return vdev_blob_pack(overlay_fill, &overlay);
}
