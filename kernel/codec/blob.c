// SPDX-License-Identifier: GPL-2.0
/*
 * The serialised form of an endpoint, built once for each change and then
 * copied into every message about it. No locks.
 */
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "blob.h"
#include "contract.h"
#include "encode.h"
#include "facts.h"
#include "model/bounds.h"
#include "parsed.h"

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
static u32 blob_offset_of(const struct vdev_blob *blob, int attrtype)
{
	const struct nlattr *attr = vdev_blob_find(blob, attrtype);

	return attr ? (const u8 *)attr - blob->data : 0;
}

static void blob_summarise(struct vdev_blob *blob)
{
	u32 migration = blob_offset_of(blob, VDEV_A_MIGRATION);

	blob->handle_len = blob_offset_of(blob, VDEV_A_PROVIDER);
	blob->capacity = blob_offset_of(blob, VDEV_A_CAPACITY);
	blob->migration = nla_get_u32(vdev_blob_attr(blob, migration));
	blob->migratable = blob->migration == VDEV_MIGRATION_SUPPORTED &&
			   !blob_offset_of(blob, VDEV_A_BLOCKER);
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
	blob_summarise(blob);
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
 * vdev_blob_string() - a string of an endpoint
 * @blob: the endpoint
 * @type: the attribute
 *
 * Return: the string, which is in the blob; NULL if it is not reported.
 */
const char *vdev_blob_string(const struct vdev_blob *blob, int type)
{
	return vdev_string_or_null(vdev_blob_find(blob, type));
}

/**
 * vdev_blob_type_name() - the type in the record of an endpoint
 * @blob: the endpoint
 *
 * Return: the string, which is in the blob; NULL if it is not reported.
 */
const char *vdev_blob_type_name(const struct vdev_blob *blob)
{
	const struct nlattr *attr = vdev_blob_find(blob, VDEV_A_RECORD);

	attr = attr ? nla_find_nested(attr, VDEV_A_RECORD_TYPE) : NULL;
	attr = attr ? nla_find_nested(attr, VDEV_A_IDENT_VALUE) : NULL;
	return vdev_string_or_null(attr);
}

/**
 * vdev_blob_sign() - give a blob its contract
 * @blob: the blob, which no reader finds yet, or which has one already
 * @kind: enum vdev_endpoint_kind
 *
 * Context: Process context. May sleep.
 * Return: 0 or -ENOMEM.
 */
int vdev_blob_sign(struct vdev_blob *blob, u32 kind)
{
	struct vdev_terms terms;
	int err;

	if (blob->contract)
		return 0;
	err = vdev_terms_read(&terms, kind, blob->data, blob->len);
	if (err)
		return err;
	blob->contract = vdev_contract_get(&terms);
	kfree(terms.data);
	return blob->contract ? 0 : -ENOMEM;
}

/**
 * vdev_blob_put() - use a blob no longer
 * @blob: the blob; may be NULL
 *
 * Context: Process context.
 */
void vdev_blob_put(struct vdev_blob *blob)
{
	if (!blob || !refcount_dec_and_test(&blob->refs))
		return;
	vdev_contract_put(blob->contract);
	kfree_rcu(blob, rcu);
}

/**
 * struct reported - what a provider reports of an endpoint
 * @provider: name of the provider
 * @handle: name of the endpoint
 * @facts: what is reported of it
 */
struct reported {
	const char *provider;
	const struct vdev_handle *handle;
	const struct vdev_facts *facts;
};

static int blob_fill_reported(struct sk_buff *skb, const void *arg)
{
	const struct reported *reported = arg;
	int err;

	err = vdev_msg_put_handle(skb, reported->handle) ?:
	      nla_put_string(skb, VDEV_A_PROVIDER, reported->provider) ?:
	      vdev_msg_put_facts(skb, reported->facts);
	return err ?: skb->len > VDEV_OBJECT_BYTES ? -EMSGSIZE : 0;
}

/**
 * vdev_blob_build() - check and serialise what is reported of an endpoint
 * @reason: gets the reason if the facts are rejected
 * @provider: name of the provider
 * @handle: name of the endpoint, within its bounds
 * @facts: what is reported of it
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -EINVAL or
 * -ERANGE if something is out of its bounds, -EMSGSIZE if a list is or if the
 * whole would be larger than VDEV_OBJECT_BYTES, -ENOMEM.
 */
struct vdev_blob *vdev_blob_build(struct vdev_reason *reason,
				  const char *provider,
				  const struct vdev_handle *handle,
				  const struct vdev_facts *facts)
{
	const struct reported reported = { provider, handle, facts };
	struct vdev_blob *blob;
	int err;

	err = vdev_facts_check(reason, facts);
	if (err)
		return ERR_PTR(err);
	blob = vdev_blob_pack(blob_fill_reported, &reported);
	if (blob == ERR_PTR(-EMSGSIZE))
		vdev_reject(reason, 0, "larger than %d bytes",
			    VDEV_OBJECT_BYTES);
	return blob;
}

/**
 * vdev_blob_same() - are two endpoints reported in the same way?
 * @a: the one
 * @b: the other
 *
 * Return: true if so.
 */
bool vdev_blob_same(const struct vdev_blob *a, const struct vdev_blob *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}
