// SPDX-License-Identifier: LGPL-2.1
/*
 * What requests have in common, and those for one endpoint, from the arguments
 * of a call to the object of its result.
 */
#include <errno.h>
#include <stdlib.h>

#include <netlink/genl/genl.h>

#include "internal.h"
#include "object.h"
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

/*
 * Where the module was loaded anew the number that was found before is of no
 * family, which is an error that the family itself never returns. It is looked
 * for again, also when it was found a moment ago, to tell whether it is absent.
 */
int vdev_request_ask(struct vdev_sock *sock, struct exchange *exchange)
{
	int err;

	err = vdev_sock_ready(sock);
	if (err)
		return err;
	nlmsg_hdr(exchange->msg)->nlmsg_type = sock->family;
	err = vdev_exchange(sock, exchange);
	if (err != -ENOENT || sock->error.kind != VDEV_ERROR_KERNEL)
		return err;
	sock->family = 0;
	err = vdev_sock_ready(sock);
	if (err)
		return err;
	nlmsg_hdr(exchange->msg)->nlmsg_type = sock->family;
	return vdev_exchange(sock, exchange);
}

int vdev_reply_check(struct vdev_sock *sock, const struct nlmsghdr *nlh, reply_check *check)
{
	char path[ATTR_PATH_SIZE];

	if (!check(nlh, path))
		return 0;
	return vdev_error_reply(sock, path, "the reply breaks the specification");
}

static int get_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_object **object = arg;
	int err;

	err = vdev_reply_check(sock, nlh, vdev_object_check);
	if (err)
		return err;
	vdev_object_free(*object);
	*object = calloc(1, sizeof(**object));
	if (!*object || vdev_object_decode_copy(*object, nlh))
		return vdev_error_local(sock, ENOMEM);
	return 0;
}

/* The numbers of the attributes that name an endpoint. */
struct name_types {
	unsigned int id;
	unsigned int bus;
	unsigned int name;
	unsigned int parent_bus;
	unsigned int parent;
};

/* What is not there the kernel names better than an empty string. */
static void write_name(struct writer *writer, unsigned int type, const char *name)
{
	if (name[0])
		vdev_writer_string(writer, type, name);
}

static void write_handle(struct writer *writer, const struct name_types *types,
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

	write_handle(writer, &types, kind, handle);
}

void vdev_request_source(struct writer *writer, enum vdev_object_kind kind,
			 const struct vdev_handle *handle)
{
	static const struct name_types types = {
		VDEV_A_SOURCE_ID, VDEV_A_SOURCE_BUS, VDEV_A_SOURCE_NAME,
		VDEV_A_SOURCE_PARENT_BUS, VDEV_A_SOURCE_PARENT,
	};
	size_t nest = vdev_writer_begin(writer, VDEV_A_SOURCE);

	write_handle(writer, &types, kind, handle);
	vdev_writer_end(writer, nest);
}

void vdev_request_max_age(struct writer *writer, const struct vdev_sock *sock)
{
	if (sock->max_age != VDEV_MAX_AGE_ANY)
		vdev_writer_u32(writer, VDEV_A_MAX_AGE, sock->max_age);
}

static int get(struct vdev_sock *sock, uint8_t cmd, enum vdev_object_kind kind,
	       const struct vdev_handle *handle, struct vdev_object **object)
{
	struct exchange exchange = { .set = &vdev_attr_set, .reply = get_reply, .arg = object };
	struct writer writer = { 0 };
	int err;

	*object = NULL;
	vdev_error_clear(sock);
	vdev_request_target(&writer, kind, handle);
	vdev_request_max_age(&writer, sock);
	exchange.msg = vdev_request_new(sock, cmd, NLM_F_ACK, &writer);
	if (!exchange.msg)
		return -sock->error.code;
	err = vdev_request_ask(sock, &exchange);
	nlmsg_free(exchange.msg);
	if (!err && !*object)
		err = vdev_error_reply(sock, NULL, "the reply has no endpoint");
	if (err) {
		vdev_object_free(*object);
		*object = NULL;
	}
	return err;
}

VDEV_API int vdev_dev_get(struct vdev_sock *sock, const struct vdev_handle *handle,
			  struct vdev_object **object)
{
	return get(sock, VDEV_CMD_DEV_GET, VDEV_OBJECT_DEV, handle, object);
}

VDEV_API int vdev_type_get(struct vdev_sock *sock, const struct vdev_handle *handle,
			   struct vdev_object **object)
{
	return get(sock, VDEV_CMD_TYPE_GET, VDEV_OBJECT_TYPE, handle, object);
}
