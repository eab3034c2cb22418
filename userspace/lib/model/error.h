/* SPDX-License-Identifier: LGPL-2.1 */
/* What is said about a failure: filling what callers get. */
#ifndef VDEV_LIB_ERROR_H
#define VDEV_LIB_ERROR_H

#include <vdev/error.h>

/* Each takes NULL for who does not want to know. */
void vdev_error_reset(struct vdev_error *error);

/* In the words of the C library. Returns -code. */
int vdev_error_errno(struct vdev_error *error, int code);

/* An argument is rejected, or there is no memory for it. Returns @err, a negative errno. */
int vdev_error_say(struct vdev_error *error, int err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif /* VDEV_LIB_ERROR_H */
