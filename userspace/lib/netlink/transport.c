// SPDX-License-Identifier: LGPL-2.1
/*
 * A generic netlink socket of libnl. What arrives is read here and not by
 * nl_recvmsgs(), which folds errnos, loses the error at the end of a dump and
 * never reads extended acknowledgements.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include <linux/vdev.h>

#include "internal.h"
#include "transport.h"

#define RECEIVE_BUFFER (1024 * 1024)

struct vdev_transport {
	struct nl_sock *sock;
	int fd;
};

/* Kernels that lack one of these still answer, with fewer words. */
static void set_options(int fd)
{
	static const int options[] = {
		NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK,
	};
	int on = 1;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		setsockopt(fd, SOL_NETLINK, options[i], &on, sizeof(on));
}

int vdev_transport_open(struct vdev_transport **transport)
{
	struct vdev_transport *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	new->sock = nl_socket_alloc();
	if (!new->sock) {
		free(new);
		return -ENOMEM;
	}
	errno = 0;
	if (genl_connect(new->sock)) {
		err = errno ? -errno : -EIO;
		vdev_transport_close(new);
		return err;
	}
	new->fd = nl_socket_get_fd(new->sock);
	nl_socket_set_buffer_size(new->sock, RECEIVE_BUFFER, 0);
	set_options(new->fd);
	*transport = new;
	return 0;
}

void vdev_transport_close(struct vdev_transport *transport)
{
	if (!transport)
		return;
	nl_socket_free(transport->sock);
	free(transport);
}

uint32_t vdev_transport_port(const struct vdev_transport *transport)
{
	return nl_socket_get_local_port(transport->sock);
}

int vdev_transport_join(struct vdev_transport *transport, uint32_t group)
{
	if (setsockopt(transport->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)))
		return -errno;
	return 0;
}

void vdev_transport_reserve(struct vdev_transport *transport, size_t bytes)
{
	int size = bytes < INT_MAX ? (int)bytes : INT_MAX;

	/* The first goes beyond the limit for everybody, for who may. */
	if (setsockopt(transport->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(transport->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

int vdev_transport_fd(const struct vdev_transport *transport)
{
	return transport->fd;
}

int vdev_transport_send(struct vdev_transport *transport, const struct nlmsghdr *nlh)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	ssize_t n;

	do {
		n = sendto(transport->fd, nlh, nlh->nlmsg_len, 0,
			   (struct sockaddr *)&kernel, sizeof(kernel));
	} while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

int vdev_transport_recv(struct vdev_transport *transport, void *buffer, size_t size,
			int timeout, struct datagram *datagram)
{
	struct pollfd poll_fd = { .fd = transport->fd, .events = POLLIN };
	struct sockaddr_nl sender = { 0 };
	struct iovec iov = { .iov_base = buffer, .iov_len = size };
	struct msghdr msg = {
		.msg_name = &sender,
		.msg_namelen = sizeof(sender),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t n;
	int ready;

	ready = timeout ? poll(&poll_fd, 1, timeout) : 1;
	if (ready <= 0)
		return ready ? -errno : -ETIMEDOUT;
	n = recvmsg(transport->fd, &msg, MSG_DONTWAIT);
	if (n < 0)
		return -errno;
	datagram->len = (size_t)n;
	datagram->sender = sender.nl_pid;
	datagram->truncated = msg.msg_flags & MSG_TRUNC;
	return 0;
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

enum transport_place vdev_transport_place(void)
{
	/* Modules are those of the host everywhere; the family has no other network namespace. */
	if (exists("/sys/module/" VDEV_FAMILY_NAME))
		return TRANSPORT_NAMESPACE;
	if (exists("/run/systemd/container") || exists("/run/.containerenv") ||
	    exists("/.dockerenv"))
		return TRANSPORT_CONTAINER;
	return TRANSPORT_HOST;
}
