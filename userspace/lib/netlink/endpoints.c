// SPDX-License-Identifier: LGPL-2.1
/* The requests for one endpoint, and for many. */
#include <errno.h>
#include <stdlib.h>

#include <netlink/msg.h>

#include "model/object.h"
#include "call.h"
#include "filter.h"
#include "internal.h"
#include "sock_error.h"

/* For one endpoint, which is lent to the function, or else given to who waits. */
struct get {
	struct vdev_object *object;
	struct vdev_object **kept;
	vdev_object_fn *fn;
	void *arg;
};

static int get_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct get *get = arg;
	int err;

	err = vdev_reply_check(sock, nlh, vdev_object_check);
	if (err)
		return err;
	vdev_object_free(get->object);
	get->object = calloc(1, sizeof(*get->object));
	if (!get->object || vdev_object_decode_copy(get->object, nlh))
		return vdev_error_local(sock, ENOMEM);
	return 0;
}

static int get_finish(struct vdev_sock *sock, void *state, int err)
{
	struct get *get = state;

	if (err)
		return err;
	if (!get->object)
		return vdev_error_reply(sock, NULL, "the reply has no endpoint");
	if (get->fn)
		return get->fn(get->object, get->arg);
	*get->kept = get->object;
	get->object = NULL;
	return 0;
}

static void get_release(void *state)
{
	struct get *get = state;

	vdev_object_free(get->object);
	free(get);
}

static int begin_get(struct vdev_sock *sock, uint8_t cmd, enum vdev_object_kind kind,
		     const struct vdev_handle *handle, const struct get *wanted)
{
	static const struct call_ops ops = {
		.reply = get_reply, .finish = get_finish, .release = get_release,
	};
	struct get *get = malloc(sizeof(*get));
	struct writer writer = { 0 };

	if (get)
		*get = *wanted;
	vdev_request_target(&writer, kind, handle);
	vdev_request_max_age(&writer, sock);
	return vdev_call_begin(sock, cmd, &writer, &ops, get);
}

static int get_now(struct vdev_sock *sock, uint8_t cmd, enum vdev_object_kind kind,
		   const struct vdev_handle *handle, struct vdev_object **object)
{
	const struct get wanted = { .kept = object };

	*object = NULL;
	return vdev_call_wait(sock, begin_get(sock, cmd, kind, handle, &wanted));
}

VDEV_API int vdev_dev_get(struct vdev_sock *sock, const struct vdev_handle *handle,
			  struct vdev_object **object)
{
	return get_now(sock, VDEV_CMD_DEV_GET, VDEV_OBJECT_DEV, handle, object);
}

VDEV_API int vdev_type_get(struct vdev_sock *sock, const struct vdev_handle *handle,
			   struct vdev_object **object)
{
	return get_now(sock, VDEV_CMD_TYPE_GET, VDEV_OBJECT_TYPE, handle, object);
}

VDEV_API int vdev_dev_get_begin(struct vdev_sock *sock, const struct vdev_handle *handle,
				vdev_object_fn *fn, void *arg)
{
	const struct get wanted = { .fn = fn, .arg = arg };

	return begin_get(sock, VDEV_CMD_DEV_GET, VDEV_OBJECT_DEV, handle, &wanted);
}

VDEV_API int vdev_type_get_begin(struct vdev_sock *sock, const struct vdev_handle *handle,
				 vdev_object_fn *fn, void *arg)
{
	const struct get wanted = { .fn = fn, .arg = arg };

	return begin_get(sock, VDEV_CMD_TYPE_GET, VDEV_OBJECT_TYPE, handle, &wanted);
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

static int dump_finish(struct vdev_sock *sock, void *state, int err)
{
	(void)sock;
	(void)state;
	return err;
}

static void dump_release(void *state)
{
	struct objects *objects = state;

	vdev_arena_free(&objects->object.arena);
	free(objects);
}

static int begin_dump(struct vdev_sock *sock, uint8_t cmd, const struct vdev_filter *filter,
		      vdev_object_fn *fn, void *arg)
{
	static const struct dump_ops dump = { .check = vdev_object_check, .each = each_object };
	static const struct call_ops ops = {
		.dump = &dump, .finish = dump_finish, .release = dump_release,
	};
	struct objects *objects = calloc(1, sizeof(*objects));
	struct writer writer = { 0 };

	if (objects) {
		objects->fn = fn;
		objects->arg = arg;
	}
	vdev_filter_put(&writer, filter);
	vdev_request_max_age(&writer, sock);
	return vdev_call_begin(sock, cmd, &writer, &ops, objects);
}

VDEV_API int vdev_dev_dump_begin(struct vdev_sock *sock, const struct vdev_filter *filter,
				 vdev_object_fn *fn, void *arg)
{
	return begin_dump(sock, VDEV_CMD_DEV_GET, filter, fn, arg);
}

VDEV_API int vdev_type_dump_begin(struct vdev_sock *sock, const struct vdev_filter *filter,
				  vdev_object_fn *fn, void *arg)
{
	return begin_dump(sock, VDEV_CMD_TYPE_GET, filter, fn, arg);
}

VDEV_API int vdev_dev_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
			   vdev_object_fn *fn, void *arg)
{
	return vdev_call_wait(sock, vdev_dev_dump_begin(sock, filter, fn, arg));
}

VDEV_API int vdev_type_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
			    vdev_object_fn *fn, void *arg)
{
	return vdev_call_wait(sock, vdev_type_dump_begin(sock, filter, fn, arg));
}
