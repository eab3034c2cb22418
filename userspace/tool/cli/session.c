// SPDX-License-Identifier: GPL-2.0
/* The sockets of a run. What one command sets on them does not hold for the next one. */
#include "session.h"

static struct vdev_sock *take(struct vdev_sock **sock)
{
	if (!*sock)
		*sock = vdev_sock_new();
	if (*sock)
		vdev_sock_set_max_age(*sock, VDEV_MAX_AGE_ANY);
	return *sock;
}

struct vdev_sock *session_sock(struct session *session)
{
	return take(&session->sock);
}

struct vdev_sock *session_sock_beside(struct session *session)
{
	return take(&session->beside);
}

void session_end(struct session *session)
{
	vdev_sock_free(session->beside);
	vdev_sock_free(session->sock);
	*session = (struct session){ 0 };
}
