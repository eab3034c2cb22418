// SPDX-License-Identifier: LGPL-2.1
/* The request for what the family counts. */
#include <errno.h>

#include <netlink/msg.h>

#include "model/stats.h"
#include "sock_error.h"
#include "internal.h"
#include "request.h"

static int get_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_stats **stats = arg;
	int err;

	err = vdev_reply_check(sock, nlh, vdev_stats_check);
	if (err)
		return err;
	vdev_stats_free(*stats);
	*stats = vdev_stats_copy(nlh);
	return *stats ? 0 : vdev_error_local(sock, ENOMEM);
}

VDEV_API int vdev_stats_get(struct vdev_sock *sock, struct vdev_stats **stats)
{
	struct exchange exchange = { .set = &vdev_stats_attrs, .reply = get_reply, .arg = stats };
	struct writer writer = { 0 };
	int err;

	*stats = NULL;
	vdev_error_clear(sock);
	err = vdev_request_put(sock, VDEV_CMD_STATS_GET, &writer, &exchange);
	if (!err && !*stats)
		err = vdev_error_reply(sock, NULL, "the reply has no counters");
	if (err) {
		vdev_stats_free(*stats);
		*stats = NULL;
	}
	return err;
}
