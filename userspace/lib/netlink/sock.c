// SPDX-License-Identifier: LGPL-2.1
/* The life of a socket, and what is set on it. */
#include <limits.h>
#include <stdlib.h>

#include <linux/vdev.h>

#include "call.h"
#include "internal.h"

struct vdev_sock *vdev_sock_of(const char *name)
{
	struct vdev_sock *sock = calloc(1, sizeof(*sock));

	if (!sock)
		return NULL;
	sock->buffer = malloc(TRANSPORT_BUFFER);
	sock->call = vdev_call_new();
	if (!sock->buffer || !sock->call) {
		vdev_sock_free(sock);
		return NULL;
	}
	sock->family_name = name;
	sock->timeout = VDEV_TIMEOUT_MS;
	sock->attempts = VDEV_DUMP_ATTEMPTS;
	sock->max_age = VDEV_MAX_AGE_ANY;
	return sock;
}

VDEV_API struct vdev_sock *vdev_sock_new(void)
{
	return vdev_sock_of(VDEV_FAMILY_NAME);
}

VDEV_API void vdev_sock_free(struct vdev_sock *sock)
{
	if (!sock)
		return;
	vdev_sock_free(sock->vdpa);
	vdev_call_free(sock->call);
	vdev_transport_close(sock->transport);
	free(sock->buffer);
	free(sock);
}

VDEV_API void vdev_sock_set_timeout(struct vdev_sock *sock, unsigned int milliseconds)
{
	sock->timeout = milliseconds < INT_MAX ? milliseconds : INT_MAX;
}

VDEV_API void vdev_sock_set_attempts(struct vdev_sock *sock, unsigned int attempts)
{
	sock->attempts = attempts ? attempts : 1;
}

VDEV_API void vdev_sock_set_max_age(struct vdev_sock *sock, uint32_t milliseconds)
{
	sock->max_age = milliseconds;
}

VDEV_API const struct vdev_error *vdev_sock_error(const struct vdev_sock *sock)
{
	return &sock->error;
}
