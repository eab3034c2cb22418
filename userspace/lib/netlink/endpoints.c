// SPDX-License-Identifier: LGPL-2.1
/* The requests for one endpoint, and for many. */
#include <errno.h>
#include <stdlib.h>

#include <netlink/msg.h>

#include "model/object.h"
#include "dump.h"
#include "sock_error.h"
#include "filter.h"
#include "internal.h"
#include "request.h"

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
	err = vdev_request_put(sock, cmd, &writer, &exchange);
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

/* The objects of a dump are decoded one after the other into the same memory. */
struct objects {
	struct vdev_object object;
	vdev_object_fn *fn;
	void *arg;
};

static int each_object(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct objects *objects = arg;

	if (vdev_object_decode(&objects->object, nlh))
		return vdev_error_local(sock, ENOMEM);
	return objects->fn(&objects->object, objects->arg);
}

static int dump_objects(struct vdev_sock *sock, uint8_t cmd, const struct vdev_filter *filter,
			vdev_object_fn *fn, void *arg)
{
	static const struct dump_ops ops = { .check = vdev_object_check, .each = each_object };
	struct objects objects = { .fn = fn, .arg = arg };
	struct writer writer = { 0 };
	int err;

	vdev_error_clear(sock);
	vdev_filter_put(&writer, filter);
	vdev_request_max_age(&writer, sock);
	err = vdev_request_dump(sock, cmd, &writer, &ops, &objects);
	vdev_arena_free(&objects.object.arena);
	return err;
}

VDEV_API int vdev_dev_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
			   vdev_object_fn *fn, void *arg)
{
	return dump_objects(sock, VDEV_CMD_DEV_GET, filter, fn, arg);
}

VDEV_API int vdev_type_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
			    vdev_object_fn *fn, void *arg)
{
	return dump_objects(sock, VDEV_CMD_TYPE_GET, filter, fn, arg);
}
