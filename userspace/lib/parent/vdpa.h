/* SPDX-License-Identifier: LGPL-2.1 */
/* Requests to the kernel's vdpa family. */
#ifndef VDEV_LIB_PARENT_VDPA_H
#define VDEV_LIB_PARENT_VDPA_H

#include "model/writer.h"
#include "netlink/exchange.h"
#include "netlink/vdpa.h"
#include "provisioner.h"

/*
 * Put a request to the family, which frees what was written. Returns 0 or a negative errno,
 * with the error set.
 */
int vdev_vdpa_ask(struct vdev_provisioner *provisioner, uint8_t command, int flags,
		  struct writer *writer, reply_fn *reply, void *arg);

#endif /* VDEV_LIB_PARENT_VDPA_H */
