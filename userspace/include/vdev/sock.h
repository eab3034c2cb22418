/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * A connection to the vdev family. One thread at a time may use a socket;
 * different sockets are independent of each other.
 */
#ifndef VDEV_SOCK_H
#define VDEV_SOCK_H

#include <stdint.h>

#include <vdev/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How long a request waits for the kernel unless set otherwise. */
#define VDEV_TIMEOUT_MS 30000

/* How often a dump is asked for before it is called inconsistent. */
#define VDEV_DUMP_ATTEMPTS 10

/* Facts may be of any age: nothing is waited for. */
#define VDEV_MAX_AGE_ANY UINT32_MAX

struct vdev_sock;

/**
 * vdev_sock_new() - make a socket that is not connected yet
 *
 * Return: the socket, which the caller frees with vdev_sock_free(); NULL if
 * there is no memory.
 */
struct vdev_sock *vdev_sock_new(void);

/**
 * vdev_sock_free() - close a socket and free it
 * @sock: the socket; may be NULL
 */
void vdev_sock_free(struct vdev_sock *sock);

/**
 * vdev_sock_connect() - connect and find the family
 * @sock: the socket
 *
 * Every request does this where it is needed, also after the module was
 * loaded again; a call of its own reports early that the family is absent.
 *
 * Return: 0 or a negative errno; -ENOENT if the family is absent.
 */
int vdev_sock_connect(struct vdev_sock *sock);

/**
 * vdev_sock_set_timeout() - how long a request waits for the kernel
 * @sock: the socket
 * @milliseconds: longest wait for a reply, or for the next part of a dump;
 *	VDEV_TIMEOUT_MS by default
 */
void vdev_sock_set_timeout(struct vdev_sock *sock, unsigned int milliseconds);

/**
 * vdev_sock_set_attempts() - how often a dump is asked for
 * @sock: the socket
 * @attempts: number of attempts, at least 1, before endpoints that keep
 *	changing make the dump fail; VDEV_DUMP_ATTEMPTS by default. The pauses
 *	between attempts grow from 10 to 500 milliseconds.
 */
void vdev_sock_set_attempts(struct vdev_sock *sock, unsigned int attempts);

/**
 * vdev_sock_set_max_age() - how old may be what changes without an event
 * @sock: the socket
 * @milliseconds: requests for endpoints and judgements wait until the facts that
 *	change without an event, such as the status of a vdpa device, are at most
 *	so old; 0 for facts that are read after the request. VDEV_MAX_AGE_ANY, the
 *	default, for no wait
 *
 * The kernel waits no longer than 100 milliseconds for a request, whatever the
 * number of devices, and then answers with what is there: vdev_object_age() and
 * vdev_object_stale() report what that is. It polls no device more often than once
 * in an interval, a second unless configured otherwise, however many readers ask. A monitor
 * does not wait.
 */
void vdev_sock_set_max_age(struct vdev_sock *sock, uint32_t milliseconds);

/**
 * vdev_sock_error() - why the last call on this socket failed
 * @sock: the socket
 *
 * Return: the error, which belongs to the socket and is valid until the next
 * call on it. Its type is VDEV_ERROR_NONE if the last call did not fail.
 */
const struct vdev_error *vdev_sock_error(const struct vdev_sock *sock);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_SOCK_H */
