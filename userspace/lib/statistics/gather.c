// SPDX-License-Identifier: LGPL-2.1
/* Reading all that is counted for a device, from wherever it is. */
#include <errno.h>
#include <string.h>

#include "gather.h"
#include "internal.h"
#include "netlink/sock_error.h"

/* What cannot be read is missing; that there is nothing to read is no reason to say so. */
static int gather_queues(struct vdev_sock *sock, struct vdev_dev_stats *stats)
{
	struct vdev_error why;
	int err = vdev_dev_stats_ask_queues(sock, stats);

	if (!err || err == -ENOMEM)
		return err;
	why = *vdev_sock_error(sock);
	vdev_error_clear(sock);
	return err == -EOPNOTSUPP ? 0 : vdev_dev_stats_miss(stats, VDEV_STATS_QUEUES, &why);
}

static int gather_migration(struct vdev_dev_stats *stats, const struct stats_roots *roots)
{
	struct vdev_error why = { 0 };
	int err = vdev_dev_stats_read_migration(stats, roots, &why);

	if (!err || err == -ENOMEM)
		return err;
	return vdev_dev_stats_miss(stats, VDEV_STATS_MIGRATION, &why);
}

static int gather_one_queue(struct vdev_sock *sock, struct vdev_dev_stats *stats, uint32_t queue)
{
	stats->num_counters = 0;
	if (strcmp(stats->bus, "vdpa") != 0)
		return vdev_error_set(sock, VDEV_ERROR_LOCAL, EINVAL, NULL,
				      "only a vdpa device has virtqueues with counters");
	return vdev_dev_stats_ask_queue(sock, stats, queue);
}

static int gather_all(struct vdev_sock *sock, struct vdev_dev_stats *stats,
		      const struct stats_roots *roots)
{
	int err = strcmp(stats->bus, "vdpa") == 0 ? gather_queues(sock, stats) :
						     gather_migration(stats, roots);

	return err ? vdev_error_local(sock, -err) : 0;
}

int vdev_dev_stats_gather(struct vdev_sock *sock, const struct vdev_handle *handle,
			  uint32_t queue, const struct stats_roots *roots,
			  struct vdev_dev_stats **stats)
{
	struct vdev_dev_stats *own = NULL;
	int err = vdev_dev_stats_ask(sock, handle, &own);

	*stats = NULL;
	if (!own)
		return err;
	err = queue == VDEV_QUEUES_ALL ? gather_all(sock, own, roots) :
					 gather_one_queue(sock, own, queue);
	if (err)
		vdev_dev_stats_free(own);
	else
		*stats = own;
	return err;
}

VDEV_API int vdev_dev_stats_get(struct vdev_sock *sock, const struct vdev_handle *handle,
				uint32_t queue, struct vdev_dev_stats **stats)
{
	return vdev_dev_stats_gather(sock, handle, queue, &vdev_dev_stats_roots, stats);
}
