/* SPDX-License-Identifier: LGPL-2.1 */
/* Connecting, and finding the family. */
#ifndef VDEV_LIB_FAMILY_H
#define VDEV_LIB_FAMILY_H

#include "sock.h"

/* Connected, and the family known; 0 or a negative errno. */
int vdev_sock_ready(struct vdev_sock *sock);

#endif /* VDEV_LIB_FAMILY_H */
