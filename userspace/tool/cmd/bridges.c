// SPDX-License-Identifier: GPL-2.0
/*
 * Why nothing is shown: that no bridge is loaded. The family knows its providers, whether
 * they are modules or not; what /sys lists is of this host, and may be hidden.
 */
#include <string.h>

#include "bridges.h"
#include "cli/complain.h"

static bool is_bridge(const char *provider)
{
	return strcmp(provider, "vdpa") == 0 || strcmp(provider, "mdev") == 0 ||
	       strcmp(provider, "vfio") == 0;
}

static bool any_bridge(const struct vdev_stats *stats)
{
	unsigned int i;

	for (i = 0; i < vdev_stats_num_providers(stats); i++) {
		if (is_bridge(vdev_stats_provider(stats, i)->name))
			return true;
	}
	return false;
}

/* If this request does not succeed, nothing is to be said that was not. */
void bridges_hint(const struct command *command, struct vdev_sock *sock, int status)
{
	struct vdev_stats *stats;

	if ((status != EXIT_DONE && status != EXIT_ABSENT) || vdev_stats_get(sock, &stats))
		return;
	if (!any_bridge(stats))
		complain_hint(command, "no bridge is loaded; load the bridges: "
			      "modprobe -a vdev_vdpa vdev_mdev vdev_vfio");
	vdev_stats_free(stats);
}
