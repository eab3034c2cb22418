/* SPDX-License-Identifier: LGPL-2.1 */
/* The kernel's vdpa family: what of it is used, whatever headers there are. */
#ifndef VDEV_LIB_VDPA_H
#define VDEV_LIB_VDPA_H

#include "model/writer.h"
#include "netlink/exchange.h"
#include "provisioner.h"

#define VDPA_FAMILY "vdpa"

/* Numbers of linux/vdpa.h, some of which old headers do not have. */
enum {
	VDPA_GET_PARENT = 2,
	VDPA_NEW_DEVICE = 3,
	VDPA_DEL_DEVICE = 4,
	VDPA_SET_ATTR = 8,
};

enum {
	VDPA_PARENT_BUS = 1,
	VDPA_PARENT_NAME = 2,
	VDPA_PARENT_CLASSES = 3,
	VDPA_DEVICE_NAME = 4,
	VDPA_NET_MAC = 10,
	VDPA_NET_MAX_VQP = 12,
	VDPA_NET_MTU = 13,
	VDPA_PARENT_MAX_VQS = 15,
	VDPA_PARENT_FEATURES = 16,
	VDPA_FEATURES = 20,
};

/*
 * Put a request to the family, which frees what was written. Returns 0 or a negative errno,
 * with the error set.
 */
int vdev_vdpa_ask(struct vdev_provisioner *provisioner, uint8_t command, int flags,
		  struct writer *writer, reply_fn *reply, void *arg);

#endif /* VDEV_LIB_VDPA_H */
