/* SPDX-License-Identifier: LGPL-2.1 */
/* The kernel's vdpa family: what of it is used, whatever headers there are. */
#ifndef VDEV_LIB_VDPA_H
#define VDEV_LIB_VDPA_H

#define VDPA_FAMILY "vdpa"

/* Numbers of linux/vdpa.h, some of which old headers do not have. */
enum {
	VDPA_GET_PARENT = 2,
	VDPA_NEW_DEVICE = 3,
	VDPA_DEL_DEVICE = 4,
	VDPA_GET_DEVICE = 5,
	VDPA_GET_QUEUE = 7,
	VDPA_SET_ATTR = 8,
};

enum {
	VDPA_PARENT_BUS = 1,
	VDPA_PARENT_NAME = 2,
	VDPA_PARENT_CLASSES = 3,
	VDPA_DEVICE_NAME = 4,
	VDPA_DEVICE_MAX_VQS = 7,
	VDPA_NET_MAC = 10,
	VDPA_NET_MAX_VQP = 12,
	VDPA_NET_MTU = 13,
	VDPA_PARENT_MAX_VQS = 15,
	VDPA_PARENT_FEATURES = 16,
	VDPA_QUEUE_INDEX = 17,
	VDPA_COUNTER_NAME = 18,
	VDPA_COUNTER_VALUE = 19,
	VDPA_FEATURES = 20,
};

#endif /* VDEV_LIB_VDPA_H */
