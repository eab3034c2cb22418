/* SPDX-License-Identifier: GPL-2.0 */
/* What the commands of one run share: a socket. */
#ifndef VDEVCTL_SESSION_H
#define VDEVCTL_SESSION_H

#include <vdev/vdev.h>

struct session {
	/* NULL until a command asks for it. */
	struct vdev_sock *sock;
};

/*
 * The socket, as it is when it is new but that it may be connected; it belongs to the session.
 * NULL if there is no memory.
 */
struct vdev_sock *session_sock(struct session *session);
void session_end(struct session *session);

#endif /* VDEVCTL_SESSION_H */
