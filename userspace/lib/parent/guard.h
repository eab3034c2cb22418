/* SPDX-License-Identifier: LGPL-2.1 */
/* A process that puts a file of sysfs back if this one is killed before it has. */
#ifndef VDEV_LIB_GUARD_H
#define VDEV_LIB_GUARD_H

#include <sys/types.h>

#include "provisioner.h"

struct guard {
	pid_t pid;
	int fd;
};

/*
 * Have @text written to @folder/@name should this process end before vdev_guard_end(). All signals
 * that can be are blocked, and stay so for the other process. Returns 0 or a negative errno,
 * with the error set.
 */
int vdev_guard_begin(struct vdev_provisioner *provisioner, struct guard *guard,
		     const char *folder, const char *name, const char *text);
void vdev_guard_end(struct guard *guard);

#endif /* VDEV_LIB_GUARD_H */
