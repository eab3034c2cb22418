// SPDX-License-Identifier: GPL-2.0
/*
 * Puts another program in the place of the kernel: the calls with which
 * vdevctl reaches a netlink socket are replaced when it is linked (--wrap), by
 * ones that reach the local socket named in VDEV_PEER. All else is the code
 * that is installed.
 *
 * Before each datagram of the peer comes a struct prefix: the errno that
 * recvmsg() fails with, if any, and the port of the sender, 0 for the kernel.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <netlink/socket.h>

#include <vdev/sock.h>

#define PEER_PORT 4242
#define PEER_ATTEMPTS 3

struct prefix {
	int32_t error;
	uint32_t sender;
};

/* A monitor has two at a time. */
#define PEERS_MAX 4

static struct {
	const struct nl_sock *sock;
	int fd;
} peers[PEERS_MAX];

int __wrap_genl_connect(struct nl_sock *sock);
void __wrap_nl_socket_free(struct nl_sock *sock);
void __real_nl_socket_free(struct nl_sock *sock);
int __wrap_nl_socket_get_fd(const struct nl_sock *sock);
uint32_t __wrap_nl_socket_get_local_port(const struct nl_sock *sock);
int __wrap_setsockopt(int of, int level, int option, const void *value, socklen_t len);
int __real_setsockopt(int of, int level, int option, const void *value, socklen_t len);
ssize_t __wrap_sendto(int to, const void *data, size_t len, int flags,
		      const struct sockaddr *address, socklen_t address_len);
ssize_t __wrap_recvmsg(int from, struct msghdr *msg, int flags);
ssize_t __real_recvmsg(int from, struct msghdr *msg, int flags);
struct vdev_sock *__wrap_vdev_sock_new(void);
struct vdev_sock *__real_vdev_sock_new(void);

/* The place of a socket, or of none. */
static unsigned int find_peer(const struct nl_sock *sock)
{
	unsigned int i = 0;

	while (peers[i].sock != sock)
		if (++i == PEERS_MAX)
			abort();
	return i;
}

int __wrap_genl_connect(struct nl_sock *sock)
{
	const char *path = getenv("VDEV_PEER");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	unsigned int i = find_peer(NULL);
	int fd;

	if (!path || strlen(path) >= sizeof(address.sun_path)) {
		errno = EPROTONOSUPPORT;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	peers[i].sock = sock;
	peers[i].fd = fd;
	return connect(fd, (struct sockaddr *)&address, sizeof(address));
}

void __wrap_nl_socket_free(struct nl_sock *sock)
{
	unsigned int i;

	for (i = 0; i < PEERS_MAX; i++) {
		if (peers[i].sock != sock)
			continue;
		close(peers[i].fd);
		peers[i].sock = NULL;
	}
	__real_nl_socket_free(sock);
}

int __wrap_nl_socket_get_fd(const struct nl_sock *sock)
{
	return peers[find_peer(sock)].fd;
}

uint32_t __wrap_nl_socket_get_local_port(const struct nl_sock *sock)
{
	(void)sock;
	return PEER_PORT;
}

/* Joining a group is reported to the peer, by the number alone. */
int __wrap_setsockopt(int of, int level, int option, const void *value, socklen_t len)
{
	if (level != SOL_NETLINK)
		return __real_setsockopt(of, level, option, value, len);
	if (option != NETLINK_ADD_MEMBERSHIP)
		return 0;
	return send(of, value, len, MSG_NOSIGNAL) == (ssize_t)len ? 0 : -1;
}

ssize_t __wrap_sendto(int to, const void *data, size_t len, int flags,
		      const struct sockaddr *address, socklen_t address_len)
{
	(void)address;
	(void)address_len;
	return send(to, data, len, flags | MSG_NOSIGNAL);
}

ssize_t __wrap_recvmsg(int from, struct msghdr *msg, int flags)
{
	struct prefix prefix = { 0 };
	struct iovec iov[2] = { { &prefix, sizeof(prefix) }, msg->msg_iov[0] };
	struct msghdr whole = { .msg_iov = iov, .msg_iovlen = 2 };
	ssize_t n = __real_recvmsg(from, &whole, flags);

	if (n < 0)
		return n;
	if (prefix.error) {
		errno = prefix.error;
		return -1;
	}
	((struct sockaddr_nl *)msg->msg_name)->nl_pid = prefix.sender;
	msg->msg_flags = whole.msg_flags;
	return n < (ssize_t)sizeof(prefix) ? 0 : n - (ssize_t)sizeof(prefix);
}

/* vdevctl has no option for these; VDEV_PEER_TIMEOUT is in milliseconds. */
struct vdev_sock *__wrap_vdev_sock_new(void)
{
	struct vdev_sock *sock = __real_vdev_sock_new();
	const char *timeout = getenv("VDEV_PEER_TIMEOUT");

	if (sock) {
		if (timeout)
			vdev_sock_set_timeout(sock, (unsigned int)atoi(timeout));
		vdev_sock_set_attempts(sock, PEER_ATTEMPTS);
	}
	return sock;
}
