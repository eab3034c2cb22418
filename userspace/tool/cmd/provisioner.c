// SPDX-License-Identifier: GPL-2.0
/* A provisioner of this host, and what is said when it fails. */
#include "cli/complain.h"
#include "cli/host.h"
#include "fetch.h"
#include "provisioner.h"

struct vdev_provisioner *provisioner_open(const struct command *command)
{
	struct vdev_provisioner *provisioner = vdev_provisioner_new();

	if (!provisioner) {
		complain_memory(command);
		return NULL;
	}
	if (!vdev_provisioner_set_sysfs(provisioner, host_sysfs))
		return provisioner;
	provisioner_status(command, provisioner, NULL, -1);
	vdev_provisioner_free(provisioner);
	return NULL;
}

int provisioner_status(const struct command *command, const struct vdev_provisioner *provisioner,
		       const char *what, int err)
{
	return fetch_error_status(command, vdev_provisioner_error(provisioner), what, err);
}
