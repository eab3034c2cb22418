// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoints that do not answer their poller: that is a change like any other.
 */
#include "core.h"

/**
 * vdev_endpoint_set_stale() - an endpoint does not answer its poller, or does
 *	again
 * @endpoint: the endpoint, which is not freed meanwhile
 * @stale: it does not
 *
 * The caller lets subscribers know, by vdev_poll_report_changes().
 *
 * Context: Process context, no lock held. May sleep.
 */
void vdev_endpoint_set_stale(struct vdev_endpoint *endpoint, bool stale)
{
	mutex_lock(&vdev_registry_lock);
	if (!endpoint->gone && endpoint->stale != stale) {
		vdev_stale_locked(endpoint, stale);
		atomic_add(stale ? 1 : -1, &endpoint->provider->stats.stale);
	}
	mutex_unlock(&vdev_registry_lock);
}
