/* SPDX-License-Identifier: LGPL-2.1 */
/* What a socket is inside the library, and how a request is put. */
#ifndef VDEV_LIB_SOCK_H
#define VDEV_LIB_SOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <netlink/msg.h>

#include <vdev/request.h>
#include <vdev/sock.h>

#include "schema.h"
#include "transport.h"

#define MESSAGE_SIZE 512

struct vdev_sock {
	struct vdev_transport *transport;
	void *buffer;
	/* Something may still be on its way: connect anew before the next use. */
	bool stale;
	uint16_t family;
	/* Where the family tells of changes; 0 if it does not. */
	uint32_t group;
	uint32_t seq;
	unsigned int timeout;
	unsigned int attempts;
	/* VDEV_MAX_AGE_ANY is not sent. */
	uint32_t max_age;
	struct vdev_error error;
	char message[MESSAGE_SIZE];
	char attr[ATTR_PATH_SIZE];
};

/* error.c: each returns -code, so that it can end a function. */
void vdev_error_clear(struct vdev_sock *sock);
int vdev_error_set(struct vdev_sock *sock, enum vdev_error_kind kind, int code,
		   const char *path, const char *text);
int vdev_error_local(struct vdev_sock *sock, int code);
int vdev_error_reply(struct vdev_sock *sock, const char *path, const char *text);

/*
 * From a refusal, or the end of a failed dump: @tlvs are the attributes of the
 * extended acknowledgement, @set names those of the request.
 */
int vdev_error_kernel(struct vdev_sock *sock, int code, const struct nlattr *tlvs, int len,
		      const struct nlmsghdr *request, const struct attr_set *set);

/* sock.c: connected, and the family known; 0 or a negative errno. */
int vdev_sock_ready(struct vdev_sock *sock);

/* Called for each reply of the family asked. Returns 0 or a negative errno. */
typedef int reply_fn(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg);

struct exchange {
	struct nl_msg *msg;
	const struct attr_set *set;
	reply_fn *reply;
	void *arg;
	/* Set when the kernel says that the dump is of no single moment. */
	bool interrupted;
	/* Set by each reply: a dump may take as long as they keep coming. */
	bool alive;
};

/*
 * exchange.c: send the message and read until its end. An error that leaves
 * the end unread makes the socket stale.
 */
int vdev_exchange(struct vdev_sock *sock, struct exchange *exchange);

#endif /* VDEV_LIB_SOCK_H */
