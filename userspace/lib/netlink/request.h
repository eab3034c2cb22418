/* SPDX-License-Identifier: LGPL-2.1 */
/* How the library's functions put their requests. */
#ifndef VDEV_LIB_REQUEST_H
#define VDEV_LIB_REQUEST_H

#include <vdev/request.h>

#include "model/writer.h"
#include "exchange.h"
#include "family.h"

/*
 * A request with what was written as its attributes, which is freed. NULL after
 * an error, which the socket then has.
 */
struct nl_msg *vdev_request_new(struct vdev_sock *sock, uint8_t cmd, int flags,
				struct writer *writer);

/* The numbers of the attributes that name an endpoint. */
struct name_types {
	unsigned int id;
	unsigned int bus;
	unsigned int name;
	unsigned int parent_bus;
	unsigned int parent;
};

/* Write which endpoint is meant: by these attributes, that of a request, or its source. */
void vdev_request_handle(struct writer *writer, const struct name_types *types,
			 enum vdev_object_kind kind, const struct vdev_handle *handle);
void vdev_request_target(struct writer *writer, enum vdev_object_kind kind,
			 const struct vdev_handle *handle);
void vdev_request_source(struct writer *writer, enum vdev_object_kind kind,
			 const struct vdev_handle *handle);

/* Write how old facts may be, if the socket has a bound. */
void vdev_request_max_age(struct writer *writer, const struct vdev_sock *sock);

/* A request that is under way; zeroed before, but for the exchange, which outlives it. */
struct ask {
	struct exchange *exchange;
	struct search search;
	bool sent;
	bool again;
};

/*
 * Put the request and read what is said to it. Returns 0 at the end, -EINPROGRESS if there is
 * more to come, which cannot be with @wait, or another negative errno.
 */
int vdev_ask_step(struct vdev_sock *sock, struct ask *ask, bool wait);

/* When it is given up, by vdev_now(). */
int64_t vdev_ask_due(const struct ask *ask);

/* Forget it. */
void vdev_ask_end(struct ask *ask);

/* The same for what was written, which is freed. */
int vdev_request_put(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		     struct exchange *exchange);

/* What a request came to; where the family has no such command, @text says it. */
int vdev_request_explain(struct vdev_sock *sock, int err, const char *text);

/* Whether a reply keeps the specification; -EBADMSG with the path if it does not. */
typedef int reply_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);
int vdev_reply_check(struct vdev_sock *sock, const struct nlmsghdr *nlh, reply_check *check);

#endif /* VDEV_LIB_REQUEST_H */
