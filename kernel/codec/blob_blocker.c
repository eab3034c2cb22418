// SPDX-License-Identifier: GPL-2.0
/*
 * The serialised form of an endpoint with one blocker more or less than the form
 * that it is made of. No locks.
 */
#include <linux/skbuff.h>
#include <linux/string.h>
#include <net/netlink.h>

#include "blob.h"
#include "encode.h"
#include "model/bounds.h"

/**
 * struct blocking - the change of one blocker
 * @reported: what the provider reports
 * @name: name of the blocker that goes, if it is there
 * @blocker: what takes its place; NULL if nothing does
 */
struct blocking {
	const struct vdev_blob *reported;
	const char *name;
	const struct vdev_blocker *blocker;
};

static bool blocker_is(const struct nlattr *attr, const char *name)
{
	const struct nlattr *found;

	if (nla_type(attr) != VDEV_A_BLOCKER)
		return false;
	found = nla_find_nested(attr, VDEV_A_BLOCKER_NAME);
	return found && !nla_strcmp(found, name);
}

/* In the place of the one that goes, or else behind all others. */
static bool is_place(const struct nlattr *attr, const char *name)
{
	return blocker_is(attr, name) || nla_type(attr) == VDEV_A_RECORD;
}

static int blocking_fill(struct sk_buff *skb, const void *arg)
{
	const struct blocking *blocking = arg;
	const struct vdev_blob *reported = blocking->reported;
	const struct vdev_blocker *missing = blocking->blocker;
	const struct nlattr *attr;
	int rest, err;

	nla_for_each_attr(attr, (const struct nlattr *)reported->data, reported->len,
			  rest) {
		if (missing && is_place(attr, blocking->name)) {
			err = vdev_msg_put_blocker(skb, missing);
			if (err)
				return err;
			missing = NULL;
		}
		if (blocker_is(attr, blocking->name))
			continue;
		err = nla_put(skb, attr->nla_type, nla_len(attr), nla_data(attr));
		if (err)
			return err;
	}
	return skb->len > VDEV_OBJECT_BYTES ? -EMSGSIZE : 0;
}

/* How many blockers of other names there are. */
static unsigned int count_others(const struct vdev_blob *reported, const char *name)
{
	const struct nlattr *attr;
	unsigned int others = 0;
	int rest;

	nla_for_each_attr(attr, (const struct nlattr *)reported->data, reported->len,
			  rest) {
		if (nla_type(attr) == VDEV_A_BLOCKER && !blocker_is(attr, name))
			others++;
	}
	return others;
}

/**
 * vdev_blob_block() - serialise an endpoint with one blocker more
 * @reason: gets the reason if the blocker is rejected
 * @reported: what the provider reports
 * @blocker: the blocker; it takes the place of one with the same name
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -EINVAL if the
 * blocker is out of its bounds, -EMSGSIZE if there are too many or the whole would be
 * larger than VDEV_OBJECT_BYTES, -ENOMEM.
 */
struct vdev_blob *vdev_blob_block(struct vdev_reason *reason,
				  const struct vdev_blob *reported,
				  const struct vdev_blocker *blocker)
{
	const struct blocking blocking = { reported, blocker->name, blocker };
	struct vdev_blob *blob;
	int err;

	err = vdev_blockers_check(reason, blocker, 1) ?:
	      vdev_count_check(reason, "blockers", blocker,
			       count_others(reported, blocker->name) + 1,
			       VDEV_BLOCKERS_MAX);
	if (err)
		return ERR_PTR(err);
	blob = vdev_blob_pack(blocking_fill, &blocking);
	if (blob == ERR_PTR(-EMSGSIZE))
		vdev_reject(reason, 0, "larger than %d bytes",
			    VDEV_OBJECT_BYTES);
	return blob;
}

/**
 * vdev_blob_unblock() - serialise an endpoint without one of its blockers
 * @reported: what the provider reports
 * @name: name of the blocker, which need not be there
 *
 * Context: Process context. May sleep.
 * Return: the blob, to be given to vdev_blob_put(); or an ERR_PTR: -ENOMEM.
 */
struct vdev_blob *vdev_blob_unblock(const struct vdev_blob *reported,
				    const char *name)
{
	const struct blocking blocking = { .reported = reported, .name = name };

	return vdev_blob_pack(blocking_fill, &blocking);
}
