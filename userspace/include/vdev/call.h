/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Requests that are not waited for: for event loops. A request is begun, and what it reports is
 * reported by vdev_sock_step(), which is called whenever the socket's descriptor is readable. ::
 *
 *	vdev_find_begin(sock, source, NULL, print, NULL);
 *	... when vdev_sock_fd(sock) is readable:
 *	err = vdev_sock_step(sock);
 *	if (err != -EINPROGRESS)
 *		... it is over
 *
 * A socket has one request at a time: another one, also one that is waited for, fails with
 * -EBUSY until it is over or cancelled. So does all that the function asks of the socket that is
 * called for what a request reports; what it returns ends the request.
 */
#ifndef VDEV_CALL_H
#define VDEV_CALL_H

#include <vdev/check.h>
#include <vdev/request.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * vdev_dev_get_begin() - begin to get one device
 * @sock: the socket
 * @handle: which device
 * @fn: called once, with the device
 * @arg: passed to @fn
 *
 * Return: 0 or a negative errno. Whether there is such a device, vdev_sock_step() returns.
 */
int vdev_dev_get_begin(struct vdev_sock *sock, const struct vdev_handle *handle,
		       vdev_object_fn *fn, void *arg);

/**
 * vdev_type_get_begin() - begin to get one type
 * @sock: the socket
 * @handle: which type
 * @fn: called once, with the type
 * @arg: passed to @fn
 *
 * Return: 0 or a negative errno. Whether there is such a type, vdev_sock_step() returns.
 */
int vdev_type_get_begin(struct vdev_sock *sock, const struct vdev_handle *handle,
			vdev_object_fn *fn, void *arg);

/**
 * vdev_dev_dump_begin() - begin to get all devices that pass a filter
 * @sock: the socket
 * @filter: the filter, which is no longer needed when it returns; NULL for all devices
 * @fn: called for each device, in the order of their ids, during one call of vdev_sock_step()
 * @arg: passed to @fn
 *
 * Return: 0 or a negative errno.
 */
int vdev_dev_dump_begin(struct vdev_sock *sock, const struct vdev_filter *filter,
			vdev_object_fn *fn, void *arg);

/**
 * vdev_type_dump_begin() - begin to get all types that pass a filter
 * @sock: the socket
 * @filter: the filter, which is no longer needed when it returns; NULL for all types
 * @fn: called for each type, in the order of their ids, during one call of vdev_sock_step()
 * @arg: passed to @fn
 *
 * Return: 0 or a negative errno.
 */
int vdev_type_dump_begin(struct vdev_sock *sock, const struct vdev_filter *filter,
			 vdev_object_fn *fn, void *arg);

/**
 * vdev_check_begin() - begin to ask the kernel whether an endpoint can load a state
 * @sock: the socket
 * @source: the declaration of the endpoint whose state is to be loaded, which is no longer
 *	needed when it returns
 * @kind: whether @target is a device or a type
 * @target: the endpoint of this host that is to load it
 * @expect: the target must not have changed after this generation; 0 to let it
 * @instance: the instance of the family that @expect was read from; ignored if that is 0
 * @fn: called once, with the answer
 * @arg: passed to @fn
 *
 * Return: 0 or a negative errno.
 */
int vdev_check_begin(struct vdev_sock *sock, const struct vdev_declaration *source,
		     enum vdev_object_kind kind, const struct vdev_handle *target,
		     uint64_t expect, uint32_t instance, vdev_judgement_fn *fn, void *arg);

/**
 * vdev_find_begin() - begin to judge every endpoint of this host that matches a filter
 * @sock: the socket
 * @source: the declaration of the endpoint whose state is to be loaded, which is no longer
 *	needed when it returns
 * @filter: the filter, which is no longer needed when it returns; NULL for all devices and types
 * @fn: called for each target, the best first, during one call of vdev_sock_step()
 * @arg: passed to @fn
 *
 * Return: 0 or a negative errno.
 */
int vdev_find_begin(struct vdev_sock *sock, const struct vdev_declaration *source,
		    const struct vdev_filter *filter, vdev_judgement_fn *fn, void *arg);

/**
 * vdev_sock_fd() - what to poll while a request is under way
 * @sock: the socket
 *
 * The descriptor is the same as long as the socket lives, becomes readable also when a pause or
 * the time for an answer is over, and must not be read.
 *
 * Return: a file descriptor for POLLIN; a negative errno if there can be none.
 */
int vdev_sock_fd(struct vdev_sock *sock);

/**
 * vdev_sock_step() - go on with the request that was begun
 * @sock: the socket
 *
 * Waits for nothing. What the request has to report is reported, and then it is over.
 *
 * Return: -EINPROGRESS while it is under way; else what the request that is waited for returns:
 * 0, another negative errno, which vdev_sock_error() has more about, or what the caller's
 * function returned. -EINVAL if no request was begun; -EIO where the kernel or the caller's
 * function ended the request with -EINPROGRESS.
 */
int vdev_sock_step(struct vdev_sock *sock);

/**
 * vdev_sock_cancel() - forget the request that was begun
 * @sock: the socket
 *
 * Nothing is reported any more. If there is none, or it is just reporting, nothing happens.
 */
void vdev_sock_cancel(struct vdev_sock *sock);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_CALL_H */
