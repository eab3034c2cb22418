// SPDX-License-Identifier: LGPL-2.1
/* The requests that create, configure and remove devices. */
#include <errno.h>
#include <stdlib.h>

#include <netlink/msg.h>

#include "model/object.h"
#include "model/order.h"
#include "model/schema.h"
#include "internal.h"
#include "request.h"
#include "sock_error.h"

static int change_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_object **object = arg;
	int err;

	err = vdev_reply_check(sock, nlh, vdev_object_check_change);
	if (err)
		return err;
	vdev_object_free(*object);
	*object = calloc(1, sizeof(**object));
	if (!*object || vdev_object_decode_copy(*object, nlh))
		return vdev_error_local(sock, ENOMEM);
	return 0;
}

static int ask_change(struct vdev_sock *sock, uint8_t cmd, struct writer *writer, bool dry_run,
		      struct vdev_object **object)
{
	struct exchange exchange = {
		.set = &vdev_attr_set, .reply = change_reply, .arg = object,
	};
	int err;

	vdev_error_clear(sock);
	err = vdev_request_explain(sock, vdev_request_put(sock, cmd, writer, &exchange),
				   "the kernel's vdev module is too old to change devices");
	if (!err && !dry_run && !*object)
		err = vdev_error_reply(sock, NULL, "the reply has no endpoint");
	return err;
}

/* The caller need not want the answer. */
static int change(struct vdev_sock *sock, uint8_t cmd, struct writer *writer, bool dry_run,
		  struct vdev_object **object)
{
	struct vdev_object *reply = NULL;
	int err = ask_change(sock, cmd, writer, dry_run, &reply);

	if (object && !err)
		*object = reply;
	else
		vdev_object_free(reply);
	return err;
}

static int read_order(struct vdev_sock *sock, struct vdev_order *known,
		      const struct vdev_order *order, size_t size, struct vdev_object **object)
{
	if (object)
		*object = NULL;
	if (vdev_order_read(known, order, size))
		return vdev_error_set(sock, VDEV_ERROR_LOCAL, EINVAL, NULL,
				      "the order is newer than this library");
	return 0;
}

/* The name in the request is that of the device. */
static void put_type(struct writer *writer, const struct vdev_handle *type)
{
	static const struct name_types types = {
		VDEV_A_ID, VDEV_A_BUS, VDEV_A_TYPE, VDEV_A_PARENT_BUS, VDEV_A_PARENT,
	};

	vdev_request_handle(writer, &types, VDEV_OBJECT_TYPE, type);
}

VDEV_API int vdev_dev_new(struct vdev_sock *sock, const struct vdev_handle *type,
			  const struct vdev_order *order, size_t size,
			  struct vdev_object **object)
{
	struct writer writer = { 0 };
	struct vdev_order known;
	int err = read_order(sock, &known, order, size, object);

	if (err)
		return err;
	put_type(&writer, type);
	vdev_order_put(&writer, &known);
	return change(sock, VDEV_CMD_DEV_NEW, &writer, known.dry_run, object);
}

static int change_device(struct vdev_sock *sock, uint8_t cmd, const struct vdev_handle *device,
			 const struct vdev_order *known, struct vdev_object **object)
{
	struct writer writer = { 0 };

	if (known->name)
		return vdev_error_set(sock, VDEV_ERROR_LOCAL, EINVAL, NULL,
				      "the name of a device cannot be chosen any more");
	vdev_request_target(&writer, VDEV_OBJECT_DEV, device);
	vdev_order_put(&writer, known);
	return change(sock, cmd, &writer, known->dry_run, object);
}

VDEV_API int vdev_dev_set(struct vdev_sock *sock, const struct vdev_handle *device,
			  const struct vdev_order *order, size_t size,
			  struct vdev_object **object)
{
	struct vdev_order known;
	int err = read_order(sock, &known, order, size, object);

	return err ? err : change_device(sock, VDEV_CMD_DEV_SET, device, &known, object);
}

VDEV_API int vdev_dev_del(struct vdev_sock *sock, const struct vdev_handle *device,
			  const struct vdev_order *order, size_t size,
			  struct vdev_object **object)
{
	struct vdev_order known;
	int err = read_order(sock, &known, order, size, object);

	if (err)
		return err;
	if (!vdev_order_is_bare(&known))
		return vdev_error_set(sock, VDEV_ERROR_LOCAL, EINVAL, NULL,
				      "nothing can be chosen for a device that is removed");
	return change_device(sock, VDEV_CMD_DEV_DEL, device, &known, object);
}
