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

/* What is said of a profile, in addition to VDEV_OBJECT_BYTES. */
#define PROFILE_ROOM	(nla_total_size(VDEV_NAME_LEN + 1) + \
			 nla_total_size(VDEV_STRING_LEN + 1))

/* Fill a scratch buffer, a larger one each time it is too small. */
static struct sk_buff *blob_draft(vdev_blob_fill fill, const void *arg)
{
	unsigned int room = VDEV_OBJECT_BYTES / 16;
	struct sk_buff *skb;

	for (; room <= VDEV_OBJECT_BYTES; room *= 4) {
		skb = alloc_skb(room + PROFILE_ROOM + BLOB_SKEW, GFP_KERNEL);
		if (!skb)
			return ERR_PTR(-ENOMEM);
		skb_reserve(skb, BLOB_SKEW);
		if (!fill(skb, arg))
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

static void summarise(struct vdev_blob *blob)
{
	u32 blocker = offset_of(blob, VDEV_A_BLOCKER);
	u32 migration = offset_of(blob, VDEV_A_MIGRATION);

	blob->handle_len = offset_of(blob, VDEV_A_PROVIDER);
	blob->capacity = offset_of(blob, VDEV_A_CAPACITY);
	blob->judged = blocker ?: offset_of(blob, VDEV_A_RECORD);
	blob->migration = nla_get_u32(vdev_blob_attr(blob, migration));
	blob->migratable = blob->migration == VDEV_MIGRATION_SUPPORTED &&
			   !blocker;
}

static struct vdev_blob *blob_from(const struct sk_buff *skb)
{
	struct vdev_blob *blob;

	blob = kmalloc(struct_size(blob, data, skb->len), GFP_KERNEL);
	if (!blob)
		return ERR_PTR(-ENOMEM);
	*blob = (struct vdev_blob) { .len = skb->len };
	refcount_set(&blob->refs, 1);
	memcpy(blob->data, skb->data, skb->len);
	summarise(blob);
	return blob;
}

/**
 * vdev_blob_pack() - make a blob of what a function puts
 * @fill: puts the attributes, into an empty buffer each time it is called; 0,
 *	or -EMSGSIZE if the buffer is too small
 * @arg: its argument
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -EMSGSIZE if no
 * buffer is large enough, -ENOMEM.
 */
struct vdev_blob *vdev_blob_pack(vdev_blob_fill fill, const void *arg)
{
	struct sk_buff *skb = blob_draft(fill, arg);
	struct vdev_blob *blob;

	if (IS_ERR(skb))
		return ERR_CAST(skb);
	blob = blob_from(skb);
	kfree_skb(skb);
	return blob;
}

/**
 * vdev_blob_get() - use a blob
 * @blob: the blob, which somebody uses
 *
 * Return: the blob, to be given to vdev_blob_put().
 */
struct vdev_blob *vdev_blob_get(struct vdev_blob *blob)
{
	refcount_inc(&blob->refs);
	return blob;
}

/**
 * vdev_blob_put() - use a blob no longer
 * @blob: the blob; may be NULL
 *
 * Context: Any.
 */
void vdev_blob_put(struct vdev_blob *blob)
{
	if (blob && refcount_dec_and_test(&blob->refs))
		kfree_rcu(blob, rcu);
}

/**
 * struct told - what a provider tells of an endpoint
 * @provider: name of the provider
 * @handle: name of the endpoint
 * @facts: what is told about it
 */
struct told {
	const char *provider;
	const struct vdev_handle *handle;
	const struct vdev_facts *facts;
};

static int fill_told(struct sk_buff *skb, const void *arg)
{
	const struct told *told = arg;
	int err;

	err = vdev_msg_put_handle(skb, told->handle) ?:
	      nla_put_string(skb, VDEV_A_PROVIDER, told->provider) ?:
	      vdev_msg_put_facts(skb, told->facts);
	return err ?: skb->len > VDEV_OBJECT_BYTES ? -EMSGSIZE : 0;
}

/**
 * vdev_blob_build() - check and serialise what is told about an endpoint
 * @refusal: told why, if the facts are refused
 * @provider: name of the provider
 * @handle: name of the endpoint, within its bounds
 * @facts: what is told about it
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -EINVAL or
 * -ERANGE if something is out of its bounds, -EMSGSIZE if a list is or if the
 * whole would be larger than VDEV_OBJECT_BYTES, -ENOMEM.
 */
struct vdev_blob *vdev_blob_build(struct vdev_refusal *refusal,
				  const char *provider,
				  const struct vdev_handle *handle,
				  const struct vdev_facts *facts)
{
	const struct told told = { provider, handle, facts };
	struct vdev_blob *blob;
	int err;

	err = vdev_facts_check(refusal, facts);
	if (err)
		return ERR_PTR(err);
	blob = vdev_blob_pack(fill_told, &told);
	if (blob == ERR_PTR(-EMSGSIZE))
		vdev_refuse(refusal, 0, "larger than %d bytes",
			    VDEV_OBJECT_BYTES);
	return blob;
}

/**
 * vdev_blob_same() - would two endpoints look the same?
 * @a: the one
 * @b: the other
 *
 * Return: true if so.
 */
bool vdev_blob_same(const struct vdev_blob *a, const struct vdev_blob *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}
