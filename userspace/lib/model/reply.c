// SPDX-License-Identifier: LGPL-2.1
/* What is read of a reply without decoding it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <linux/genetlink.h>
#include <linux/vdev.h>
#include <netlink/msg.h>

#include "decode.h"
#include "reply.h"

const struct nlattr *vdev_reply_head(const struct nlmsghdr *nlh)
{
	return nlmsg_attrdata(nlh, GENL_HDRLEN);
}

int vdev_reply_len(const struct nlmsghdr *nlh)
{
	return nlmsg_attrlen(nlh, GENL_HDRLEN);
}

struct nlmsghdr *vdev_reply_copy(struct arena *arena, const struct nlmsghdr *nlh)
{
	struct nlmsghdr *copy = vdev_arena_alloc(arena, nlh->nlmsg_len, 1);

	return copy ? memcpy(copy, nlh, nlh->nlmsg_len) : NULL;
}

int vdev_reply_needs(const struct nlmsghdr *nlh, const unsigned int *types,
		     char path[ATTR_PATH_SIZE])
{
	for (; *types; types++) {
		if (nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), (int)*types))
			continue;
		snprintf(path, ATTR_PATH_SIZE, "%s", vdev_attr_def(&vdev_attr_set, *types)->name);
		return -EBADMSG;
	}
	return 0;
}

uint32_t vdev_reply_peek_id(const struct nlmsghdr *nlh)
{
	return vdev_decode_u32(nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), VDEV_A_ID));
}

static uint64_t peek_uint(const struct nlmsghdr *nlh, int type)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), type);

	return attr ? vdev_decode_uint(attr) : 0;
}

uint32_t vdev_reply_peek_instance(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
					     VDEV_A_INSTANCE);

	return attr ? vdev_decode_u32(attr) : 0;
}

uint64_t vdev_reply_peek_snapshot(const struct nlmsghdr *nlh)
{
	return peek_uint(nlh, VDEV_A_SNAPSHOT);
}

uint64_t vdev_reply_peek_generation(const struct nlmsghdr *nlh)
{
	return peek_uint(nlh, VDEV_A_GENERATION);
}
