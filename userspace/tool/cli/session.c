// SPDX-License-Identifier: GPL-2.0
/* The socket of a run. What one command sets on it does not hold for the next one. */
#include "session.h"

struct vdev_sock *session_sock(struct session *session)
{
	if (!session->sock)
		session->sock = vdev_sock_new();
	if (session->sock)
		vdev_sock_set_max_age(session->sock, VDEV_MAX_AGE_ANY);
	return session->sock;
}

void session_end(struct session *session)
{
	vdev_sock_free(session->sock);
	session->sock = NULL;
}
