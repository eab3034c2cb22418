// SPDX-License-Identifier: GPL-2.0
/*
 * The serialised form of an endpoint that a ceiling is for: what it was, with the
 * ceiling at the end of its record. No locks.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "blob.h"

/* Where the record ends. */
static u32 record_end(const struct vdev_blob *blob)
{
	const struct nlattr *record = vdev_blob_find(blob, VDEV_A_RECORD);

	return (const u8 *)record - blob->data + NLA_ALIGN(record->nla_len);
}

static void limit_record(struct vdev_blob *limited, const struct nlattr *ceiling, u32 end,
			 u32 size)
{
	struct nlattr *attr = (struct nlattr *)(limited->data + end);
	struct nlattr *record;

	memset(attr, 0, size);
	memcpy(attr, ceiling, ceiling->nla_len);
	attr->nla_type = VDEV_A_RECORD_CEILING | NLA_F_NESTED;
	record = nla_find((struct nlattr *)limited->data, limited->len, VDEV_A_RECORD);
	record->nla_len = NLA_ALIGN(record->nla_len) + ceiling->nla_len;
}

/**
 * vdev_blob_limit() - serialise an endpoint with a ceiling
 * @blob: the endpoint without one
 * @ceiling: the ceiling, at most VDEV_CEILING_BYTES
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -ENOMEM.
 */
struct vdev_blob *vdev_blob_limit(const struct vdev_blob *blob, const struct nlattr *ceiling)
{
	u32 size = NLA_ALIGN(ceiling->nla_len), end = record_end(blob);
	struct vdev_blob *limited;

	limited = kmalloc(struct_size(limited, data, blob->len + size), GFP_KERNEL);
	if (!limited)
		return ERR_PTR(-ENOMEM);
	*limited = (struct vdev_blob) {
		.migration = blob->migration,
		.migratable = blob->migratable,
		.handle_len = blob->handle_len,
		.capacity = blob->capacity,
		.len = blob->len + size,
	};
	refcount_set(&limited->refs, 1);
	memcpy(limited->data, blob->data, end);
	memcpy(limited->data + end + size, blob->data + end, blob->len - end);
	limit_record(limited, ceiling, end, size);
	return limited;
}
