/* SPDX-License-Identifier: LGPL-2.1 */
/* The last error of a socket. */
#ifndef VDEV_LIB_SOCK_ERROR_H
#define VDEV_LIB_SOCK_ERROR_H

#include "sock.h"

/* Each returns -code, so that it can end a function. */
void vdev_error_clear(struct vdev_sock *sock);
int vdev_error_set(struct vdev_sock *sock, enum vdev_error_type type, int code,
		   const char *path, const char *text);
int vdev_error_local(struct vdev_sock *sock, int code);
int vdev_error_reply(struct vdev_sock *sock, const char *path, const char *text);

/* -EBUSY, and the words for it, if a request is under way; else 0. */
int vdev_sock_check(struct vdev_sock *sock);

/*
 * From a rejection, or the end of a failed dump: @tlvs are the attributes of the
 * extended acknowledgement, @set names those of the request.
 */
int vdev_error_kernel(struct vdev_sock *sock, int code, const struct nlattr *tlvs, int len,
		      const struct nlmsghdr *request, const struct attr_set *set);

#endif /* VDEV_LIB_SOCK_ERROR_H */
