// SPDX-License-Identifier: GPL-2.0
/*
 * The serialised form of an endpoint, built once for each change and then
 * copied into every message about it. No locks.
 */
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "bounds.h"
#include "core.h"

/*
 * A message puts its 64-bit attributes so that their payload is aligned; the
 * blob must start where such an attribute would start.
 */
#define BLOB_SKEW	NLA_HDRLEN

static int blob_fill(struct sk_buff *skb, const char *provider,
		     const struct vdev_handle *handle,
		     const struct vdev_facts *facts)
{
	return vdev_msg_put_handle(skb, handle) ?:
	       nla_put_string(skb, VDEV_A_PROVIDER, provider) ?:
	       vdev_msg_put_facts(skb, facts);
}

/* Fill a scratch buffer, a larger one each time the facts do not fit. */
static struct sk_buff *blob_draft(const char *provider,
				  const struct vdev_handle *handle,
				  const struct vdev_facts *facts)
{
	unsigned int room = VDEV_OBJECT_BYTES / 16;
	struct sk_buff *skb;
	int err;

	for (; room <= VDEV_OBJECT_BYTES; room *= 4) {
		skb = alloc_skb(room + BLOB_SKEW, GFP_KERNEL);
		if (!skb)
			return ERR_PTR(-ENOMEM);
		skb_reserve(skb, BLOB_SKEW);
		err = blob_fill(skb, provider, handle, facts);
		if (!err && skb->len <= VDEV_OBJECT_BYTES)
			return skb;
		kfree_skb(skb);
	}
	return ERR_PTR(-EMSGSIZE);
}

/* Where an attribute is, from the start; 0 if it is not there. */
static u32 offset_of(const struct vdev_blob *blob, int attrtype)
{
	const struct nlattr *attr;

	attr = nla_find((const struct nlattr *)blob->data, blob->len, attrtype);
	return attr ? (const u8 *)attr - blob->data : 0;
}

static struct vdev_blob *blob_from(const struct sk_buff *skb)
{
	struct vdev_blob *blob;

	blob = kmalloc(struct_size(blob, data, skb->len), GFP_KERNEL);
	if (!blob)
		return ERR_PTR(-ENOMEM);
	blob->len = skb->len;
	memcpy(blob->data, skb->data, skb->len);
	blob->handle_len = offset_of(blob, VDEV_A_PROVIDER);
	blob->capacity = offset_of(blob, VDEV_A_CAPACITY);
	return blob;
}

/**
 * vdev_blob_build() - check and serialise what is told about an endpoint
 * @refusal: told why, if the facts are refused
 * @provider: name of the provider
 * @handle: name of the endpoint, within its bounds
 * @facts: what is told about it
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be freed with kfree(); or an ERR_PTR: -EINVAL or
 * -ERANGE if something is out of its bounds, -EMSGSIZE if a list is or if the
 * whole would be larger than VDEV_OBJECT_BYTES, -ENOMEM.
 */
struct vdev_blob *vdev_blob_build(struct vdev_refusal *refusal,
				  const char *provider,
				  const struct vdev_handle *handle,
				  const struct vdev_facts *facts)
{
	struct vdev_blob *blob;
	struct sk_buff *skb;
	int err;

	err = vdev_facts_check(refusal, facts);
	if (err)
		return ERR_PTR(err);
	skb = blob_draft(provider, handle, facts);
	if (skb == ERR_PTR(-EMSGSIZE))
		vdev_refuse(refusal, 0, "larger than %d bytes",
			    VDEV_OBJECT_BYTES);
	if (IS_ERR(skb))
		return ERR_CAST(skb);

	blob = blob_from(skb);
	kfree_skb(skb);
	if (!IS_ERR(blob))
		blob->migratable = !facts->num_blockers &&
			facts->migration == VDEV_MIGRATION_SUPPORTED;
	return blob;
}
