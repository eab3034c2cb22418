// SPDX-License-Identifier: GPL-2.0
/*
 * The serialised form of an endpoint that a profile is for: what the provider
 * tells, with another declaration and another record, and the profile's name
 * at the end. No locks.
 */
#include <linux/skbuff.h>
#include <linux/string.h>
#include <net/netlink.h>

#include "bounds.h"
#include "core.h"

/**
 * struct overlay - what is laid over what the provider tells
 * @told: what the provider tells
 * @profile: name of the profile
 * @migration: what it declares about migration
 * @record: the record; NULL if all stays as it is told
 * @misfit: why it does; else NULL
 */
struct overlay {
	const struct vdev_blob *told;
	const char *profile;
	u32 migration;
	const struct vdev_record *record;
	const char *misfit;
};

static struct nlattr *find_in(const void *data, int len, int type)
{
	return nla_find(data, len, type);
}

/* All but the record, which is the last that a provider tells. */
static int put_declared(struct sk_buff *skb, const struct overlay *overlay)
{
	const struct vdev_blob *told = overlay->told;
	const u8 *record = (u8 *)find_in(told->data, told->len, VDEV_A_RECORD);
	unsigned int len = record - told->data;

	if (skb_tailroom(skb) < len)
		return -EMSGSIZE;
	skb_put_data(skb, told->data, len);
	memcpy(nla_data(find_in(skb->data, skb->len, VDEV_A_MIGRATION)),
	       &overlay->migration, sizeof(overlay->migration));
	return vdev_msg_put_record(skb, overlay->record);
}

static int put_told(struct sk_buff *skb, const struct vdev_blob *told)
{
	if (skb_tailroom(skb) < told->len)
		return -EMSGSIZE;
	skb_put_data(skb, told->data, told->len);
	return 0;
}

static int fill(struct sk_buff *skb, const void *arg)
{
	const struct overlay *overlay = arg;
	int err;

	err = overlay->record ? put_declared(skb, overlay) :
				put_told(skb, overlay->told);
	if (err || skb->len > VDEV_OBJECT_BYTES)
		return -EMSGSIZE;
	return nla_put_string(skb, VDEV_A_PROFILE, overlay->profile) ?:
	       vdev_msg_put_optional(skb, VDEV_A_MISFIT, overlay->misfit);
}

/**
 * vdev_blob_declare() - serialise an endpoint with what a profile declares
 * @refusal: told why, if the profile does not fit
 * @told: what the provider tells
 * @profile: name of the profile
 * @migration: what it declares about migration
 * @record: what is told and declared of the record, within its bounds
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -EMSGSIZE if it
 * would be larger than VDEV_OBJECT_BYTES, -ENOMEM.
 */
struct vdev_blob *vdev_blob_declare(struct vdev_refusal *refusal,
				    const struct vdev_blob *told,
				    const char *profile, u32 migration,
				    const struct vdev_record *record)
{
	const struct overlay overlay = {
		.told = told,
		.profile = profile,
		.migration = migration,
		.record = record,
	};
	struct vdev_blob *blob;

	blob = vdev_blob_pack(fill, &overlay);
	if (blob == ERR_PTR(-EMSGSIZE))
		vdev_refuse(refusal, 0, "larger than %d bytes",
			    VDEV_OBJECT_BYTES);
	return blob;
}

/**
 * vdev_blob_misfit() - serialise an endpoint that a profile does not fit
 * @told: what the provider tells, which stays
 * @profile: name of the profile
 * @why: what is said about it, at most VDEV_STRING_LEN bytes
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -ENOMEM.
 */
struct vdev_blob *vdev_blob_misfit(const struct vdev_blob *told,
				   const char *profile, const char *why)
{
	const struct overlay overlay = {
		.told = told,
		.profile = profile,
		.misfit = why,
	};

	return vdev_blob_pack(fill, &overlay);
}
