/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Why a call failed. Every function that can fail for more than one reason returns 0 or a
 * negative errno. The details are one object, whoever fails: that of a socket or a monitor,
 * which vdev_sock_error() and vdev_monitor_error() lend, or the caller's own where there is
 * neither.
 */
#ifndef VDEV_ERROR_H
#define VDEV_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/* Room for texts, with their terminating NUL. */
#define VDEV_ERROR_MESSAGE_SIZE 512
#define VDEV_ERROR_ATTR_SIZE 160

/**
 * enum vdev_error_type - who or what is to blame
 * @VDEV_ERROR_NONE: the last call did not fail
 * @VDEV_ERROR_LOCAL: a system call or an argument of this process
 * @VDEV_ERROR_KERNEL: the kernel rejected the request
 * @VDEV_ERROR_ABSENT: the kernel has no vdev family: the module is not loaded
 * @VDEV_ERROR_INCONSISTENT: endpoints changed during every attempt to dump
 *	them; asking again may succeed
 * @VDEV_ERROR_REPLY: the kernel's reply breaks the specification
 */
enum vdev_error_type {
	VDEV_ERROR_NONE = 0,
	VDEV_ERROR_LOCAL = 1,
	VDEV_ERROR_KERNEL = 2,
	VDEV_ERROR_ABSENT = 3,
	VDEV_ERROR_INCONSISTENT = 4,
	VDEV_ERROR_REPLY = 5,
};

/**
 * struct vdev_error - why a call failed; will not grow
 * @type: who or what is to blame
 * @code: errno, positive and as the kernel gave it: ENOENT when the family is
 *	absent, EAGAIN when inconsistent, EBADMSG for a broken reply, ETIMEDOUT
 *	when there was none
 * @from_kernel: the kernel sent @message
 * @message: what happened, in the kernel's words where it sent any; lower
 *	case, without full stop; what is longer than there is room is cut
 * @attr: the attribute to blame, as a path of the specification's words such
 *	as "filter.since"; empty if there is none
 *
 * It has no pointers, so that it can be copied. A function that is passed one fills it if it
 * fails, and else leaves it as it is.
 */
struct vdev_error {
	enum vdev_error_type type;
	int code;
	int from_kernel;
	char message[VDEV_ERROR_MESSAGE_SIZE];
	char attr[VDEV_ERROR_ATTR_SIZE];
};

#ifdef __cplusplus
}
#endif

#endif /* VDEV_ERROR_H */
