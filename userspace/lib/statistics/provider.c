// SPDX-License-Identifier: LGPL-2.1
/* What the provider of a device counts: the request, and from its reply to the counters. */
#include <errno.h>

#include <linux/genetlink.h>
#include <linux/vdev.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "gather.h"
#include "internal.h"
#include "model/decode.h"
#include "model/reply.h"
#include "netlink/request.h"
#include "netlink/sock_error.h"

/* Without its name nobody knows what a number is. */
static int check_counter(const struct nlattr *nest, char path[ATTR_PATH_SIZE])
{
	const struct attr_def *def = vdev_attr_def(&vdev_attr_set, VDEV_A_COUNTER);

	if (nla_find(nla_data(nest), nla_len(nest), VDEV_A_COUNTER_NAME))
		return 0;
	vdev_path_prepend(path, vdev_attr_def(def->nest, VDEV_A_COUNTER_NAME), 0);
	vdev_path_prepend(path, def, 0);
	return -EBADMSG;
}

int vdev_dev_stats_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	static const unsigned int needed[] = { VDEV_A_ID, VDEV_A_BUS, VDEV_A_NAME, 0 };
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct nlattr *pos;
	int rem, err;

	path[0] = '\0';
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) || genl->cmd != VDEV_CMD_DEV_STATS_GET ||
	    vdev_attrs_check(&vdev_attr_set, vdev_reply_head(nlh), vdev_reply_len(nlh), path))
		return -EBADMSG;
	err = vdev_reply_needs(nlh, needed, path);
	nla_for_each_attr(pos, vdev_reply_head(nlh), vdev_reply_len(nlh), rem) {
		if (!err && nla_type(pos) == VDEV_A_COUNTER)
			err = check_counter(pos, path);
	}
	return err;
}

static void decode_counter(const struct nlattr *nest, struct vdev_counter *counter)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		if (nla_type(pos) == VDEV_A_COUNTER_NAME)
			counter->name = vdev_decode_string(pos);
		else if (nla_type(pos) == VDEV_A_COUNTER_VALUE)
			counter->value = vdev_decode_uint(pos);
	}
}

static void decode_attr(const struct nlattr *attr, struct vdev_dev_stats *stats)
{
	switch (nla_type(attr)) {
	case VDEV_A_ID:
		stats->id = vdev_decode_u32(attr);
		break;
	case VDEV_A_BUS:
		stats->bus = vdev_decode_string(attr);
		break;
	case VDEV_A_NAME:
		stats->name = vdev_decode_string(attr);
		break;
	case VDEV_A_COUNTER:
		decode_counter(attr, &stats->counters[stats->num_counters++]);
		break;
	}
}

/* From a checked message. Returns 0 or -ENOMEM. */
static int decode(struct vdev_dev_stats *stats, const struct nlmsghdr *nlh)
{
	const struct nlmsghdr *copy = vdev_reply_copy(&stats->arena, nlh);
	const struct nlattr *pos;
	int rem;

	if (!copy || vdev_decode_list(&stats->arena, vdev_reply_head(copy), vdev_reply_len(copy),
				      VDEV_A_COUNTER, sizeof(*stats->counters),
				      (void **)&stats->counters, &stats->num_counters))
		return -ENOMEM;
	nla_for_each_attr(pos, vdev_reply_head(copy), vdev_reply_len(copy), rem)
		decode_attr(pos, stats);
	stats->handle = vdev_decode_handle(&stats->arena, stats->bus, NULL, stats->name);
	return stats->handle ? 0 : -ENOMEM;
}

struct vdev_dev_stats *vdev_dev_stats_copy(const struct nlmsghdr *nlh)
{
	struct vdev_dev_stats *stats = vdev_dev_stats_new();

	if (!stats || !decode(stats, nlh))
		return stats;
	vdev_dev_stats_free(stats);
	return NULL;
}

/* The last of several replies counts. */
static int stats_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_dev_stats **stats = arg;
	int err = vdev_reply_check(sock, nlh, vdev_dev_stats_check);

	if (err)
		return err;
	vdev_dev_stats_free(*stats);
	*stats = vdev_dev_stats_copy(nlh);
	return *stats ? 0 : vdev_error_local(sock, ENOMEM);
}

int vdev_dev_stats_ask(struct vdev_sock *sock, const struct vdev_handle *handle,
		       struct vdev_dev_stats **stats)
{
	struct exchange exchange = { .set = &vdev_attr_set, .reply = stats_reply, .arg = stats };
	struct writer writer = { 0 };
	int err;

	*stats = NULL;
	vdev_error_clear(sock);
	vdev_request_target(&writer, VDEV_OBJECT_DEV, handle);
	err = vdev_request_put(sock, VDEV_CMD_DEV_STATS_GET, &writer, &exchange);
	err = vdev_request_explain(sock, err, "the module counts nothing for devices");
	if (!err && !*stats)
		err = vdev_error_reply(sock, NULL, "the reply has no device");
	if (err) {
		vdev_dev_stats_free(*stats);
		*stats = NULL;
	}
	return err;
}
