/* SPDX-License-Identifier: LGPL-2.1 */
/* Datagrams to and from the kernel, and nothing about what is in them. */
#ifndef VDEV_TRANSPORT_H
#define VDEV_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

/*
 * Larger than any datagram the kernel builds; the largest is the reply to a
 * check, with what two of the largest endpoints differ in. The kernel makes a
 * dump's datagrams as large as the largest buffer it was read with, up to 32 KiB; the
 * reply that has the number of the family is read with this one too, so even
 * the first datagram of the first dump has room for the largest endpoint.
 */
#define TRANSPORT_BUFFER (128 * 1024)

struct datagram {
	size_t len;
	uint32_t sender;
	bool truncated;
};

struct vdev_transport;

/* Return 0 or a negative errno. */
int vdev_transport_open(struct vdev_transport **transport);
void vdev_transport_close(struct vdev_transport *transport);
uint32_t vdev_transport_port(const struct vdev_transport *transport);
int vdev_transport_send(struct vdev_transport *transport, const struct nlmsghdr *nlh);

/*
 * -ETIMEDOUT after @timeout milliseconds without a datagram; with a @timeout of
 * 0 nothing is waited for, and -EAGAIN says the same.
 */
int vdev_transport_recv(struct vdev_transport *transport, void *buffer, size_t size,
			int timeout, struct datagram *datagram);

/*
 * To follow what is multicast: join a group, and have room for @bytes that
 * wait to be read, or as much as this process may have.
 */
int vdev_transport_join(struct vdev_transport *transport, uint32_t group);
void vdev_transport_reserve(struct vdev_transport *transport, size_t bytes);

/* What keeps this process from the family, and from loading the module. */
enum transport_place {
	TRANSPORT_HOST,
	/* The module is there, but not for this network namespace. */
	TRANSPORT_NAMESPACE,
	TRANSPORT_CONTAINER,
};

/* By what the system shows; asked where the family was not found. */
enum transport_place vdev_transport_place(void);

/* Readable when there is something to receive. */
int vdev_transport_fd(const struct vdev_transport *transport);

#endif /* VDEV_TRANSPORT_H */
