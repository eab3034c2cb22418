// SPDX-License-Identifier: LGPL-2.1
/* What requests have in common. */
#include <errno.h>

#include <netlink/genl/genl.h>

#include "sock_error.h"
#include "request.h"

struct nl_msg *vdev_request_new(struct vdev_sock *sock, uint8_t cmd, int flags,
				struct writer *writer)
{
	struct nl_msg *msg = NULL;

	if (!writer->error)
		msg = nlmsg_alloc_size(NLMSG_HDRLEN + GENL_HDRLEN + writer->len);
	if (msg && (!genlmsg_put(msg, 0, 0, 0, 0, NLM_F_REQUEST | flags, cmd, VDEV_FAMILY_VERSION) ||
		    (writer->len && nlmsg_append(msg, writer->data, writer->len, 0)))) {
		nlmsg_free(msg);
		msg = NULL;
	}
	if (!msg)
		vdev_error_local(sock, writer->error ? -writer->error : ENOMEM);
	vdev_writer_free(writer);
	return msg;
}

/* What generic netlink says of a number without a family; the family's own ENOENT has a text. */
static bool is_gone(const struct vdev_sock *sock, int err)
{
	return err == -ENOENT && sock->error.type == VDEV_ERROR_KERNEL && !sock->error.from_kernel;
}

/*
 * If the module was loaded again, the number that was found before is of no family. It is
 * searched again, also if it was found a moment ago, to know whether it is absent.
 */
int vdev_ask_step(struct vdev_sock *sock, struct ask *ask, bool wait)
{
	struct exchange *exchange = ask->exchange;
	int err;

	for (;;) {
		if (!ask->sent) {
			err = vdev_search_step(sock, &ask->search, wait);
			if (err)
				return err;
			nlmsg_hdr(exchange->msg)->nlmsg_type = sock->family;
			err = vdev_exchange_begin(sock, exchange);
			if (err)
				return err;
			ask->sent = true;
		}
		err = vdev_exchange_step(sock, exchange, wait);
		if (ask->again || !is_gone(sock, err))
			return err;
		sock->family = 0;
		ask->sent = false;
		ask->again = true;
	}
}

int64_t vdev_ask_due(const struct ask *ask)
{
	return ask->search.exchange.msg ? ask->search.exchange.end : ask->exchange->end;
}

void vdev_ask_end(struct ask *ask)
{
	vdev_search_end(&ask->search);
}

int vdev_request_put(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		     struct exchange *exchange)
{
	struct ask ask = { .exchange = exchange };
	int err = vdev_sock_check(sock);

	if (err) {
		vdev_writer_free(writer);
		return err;
	}
	exchange->msg = vdev_request_new(sock, cmd, NLM_F_ACK, writer);
	if (!exchange->msg)
		return -sock->error.code;
	err = vdev_ask_step(sock, &ask, true);
	nlmsg_free(exchange->msg);
	return err;
}

/* A family that has no such command says no more than that. */
int vdev_request_explain(struct vdev_sock *sock, int err, const char *text)
{
	if (err == -EOPNOTSUPP && sock->error.type == VDEV_ERROR_KERNEL &&
	    !sock->error.from_kernel)
		vdev_error_set(sock, VDEV_ERROR_KERNEL, EOPNOTSUPP, NULL, text);
	return err;
}

int vdev_reply_check(struct vdev_sock *sock, const struct nlmsghdr *nlh, reply_check *check)
{
	char path[ATTR_PATH_SIZE];

	if (!check(nlh, path))
		return 0;
	return vdev_error_reply(sock, path, "the reply breaks the specification");
}

/* What is not there the kernel names better than an empty string. */
static void write_name(struct writer *writer, unsigned int type, const char *name)
{
	if (name[0])
		vdev_writer_string(writer, type, name);
}

void vdev_request_handle(struct writer *writer, const struct name_types *types,
			 enum vdev_object_kind kind, const struct vdev_handle *handle)
{
	if (handle->id) {
		vdev_writer_u32(writer, types->id, handle->id);
	} else if (kind == VDEV_OBJECT_TYPE) {
		write_name(writer, types->name, handle->name);
		write_name(writer, types->parent_bus, handle->parent_bus);
		write_name(writer, types->parent, handle->parent);
	} else {
		write_name(writer, types->bus, handle->bus);
		write_name(writer, types->name, handle->name);
	}
}

void vdev_request_target(struct writer *writer, enum vdev_object_kind kind,
			 const struct vdev_handle *handle)
{
	static const struct name_types types = {
		VDEV_A_ID, VDEV_A_BUS, VDEV_A_NAME, VDEV_A_PARENT_BUS, VDEV_A_PARENT,
	};

	vdev_request_handle(writer, &types, kind, handle);
}

void vdev_request_source(struct writer *writer, enum vdev_object_kind kind,
			 const struct vdev_handle *handle)
{
	static const struct name_types types = {
		VDEV_A_SOURCE_ID, VDEV_A_SOURCE_BUS, VDEV_A_SOURCE_NAME,
		VDEV_A_SOURCE_PARENT_BUS, VDEV_A_SOURCE_PARENT,
	};
	size_t nest = vdev_writer_begin(writer, VDEV_A_SOURCE);

	vdev_request_handle(writer, &types, kind, handle);
	vdev_writer_end(writer, nest);
}

void vdev_request_max_age(struct writer *writer, const struct vdev_sock *sock)
{
	if (sock->max_age != VDEV_MAX_AGE_ANY)
		vdev_writer_u32(writer, VDEV_A_MAX_AGE, sock->max_age);
}
