/* SPDX-License-Identifier: GPL-2.0 */
/* What the commands of one run share: their sockets. */
#ifndef VDEVCTL_SESSION_H
#define VDEVCTL_SESSION_H

#include <vdev/vdev.h>

struct session {
	/* NULL until a command asks for them. */
	struct vdev_sock *sock;
	struct vdev_sock *beside;
};

/*
 * The socket, as it is when it is new but that it may be connected; it belongs to the session.
 * NULL if there is no memory.
 */
struct vdev_sock *session_sock(struct session *session);

/* Another one, for what is asked while the answer to a request on the first arrives. */
struct vdev_sock *session_sock_beside(struct session *session);
void session_end(struct session *session);

#endif /* VDEVCTL_SESSION_H */
