// SPDX-License-Identifier: LGPL-2.1
/* The requests about ceilings. */
#include <errno.h>
#include <string.h>

#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include <vdev/ceiling.h>

#include "model/decode.h"
#include "model/draft.h"
#include "model/encode.h"
#include "model/object.h"
#include "model/reply.h"
#include "dump.h"
#include "sock_error.h"
#include "internal.h"
#include "request.h"

static int explain(struct vdev_sock *sock, int err)
{
	return vdev_request_explain(sock, err, "the kernel's vdev module is too old for ceilings");
}

/* What names the type of a ceiling that is dumped, or that waits. */
static const unsigned int ceiling_needs[] = {
	VDEV_A_NAME, VDEV_A_PARENT_BUS, VDEV_A_PARENT, VDEV_A_CEILING, 0,
};

static const char *reply_string(const struct nlmsghdr *nlh, int type)
{
	return vdev_decode_string(nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), type));
}

static int check_names(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	size_t i;

	for (i = 0; i < 3; i++) {
		if (strlen(reply_string(nlh, (int)ceiling_needs[i])) <= VDEV_HANDLE_NAME_MAX)
			continue;
		vdev_path_prepend(path, vdev_attr_def(&vdev_attr_set, ceiling_needs[i]), 0);
		return -EBADMSG;
	}
	return 0;
}

static int reply_check_ceiling(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	int err;

	path[0] = '\0';
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) ||
	    vdev_attrs_check(&vdev_attr_set, vdev_reply_head(nlh), vdev_reply_len(nlh), path))
		return -EBADMSG;
	err = vdev_reply_needs(nlh, ceiling_needs, path);
	return err ? err : check_names(nlh, path);
}

/* A type that is there has a number; of one that is not, there is no more than was asked. */
static int set_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_object **object = arg, *got;
	int err;

	if (!nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), VDEV_A_ID))
		return 0;
	err = vdev_reply_check(sock, nlh, vdev_object_check_change);
	if (err)
		return err;
	got = vdev_object_from(nlh);
	vdev_object_free(*object);
	*object = got;
	return got ? 0 : vdev_error_local(sock, ENOMEM);
}

static void write_ceiling(struct writer *writer, const struct vdev_ceiling *ceiling)
{
	if (ceiling)
		vdev_encode_ceiling(writer, VDEV_A_CEILING, ceiling);
	else
		vdev_writer_put(writer, VDEV_A_RESET, NULL, 0);
}

static int put_set(struct vdev_sock *sock, struct writer *writer, struct vdev_object **object)
{
	struct exchange exchange = { .set = &vdev_attr_set, .reply = set_reply, .arg = object };
	int err;

	vdev_error_clear(sock);
	err = explain(sock, vdev_request_put(sock, VDEV_CMD_TYPE_SET, writer, &exchange));
	if (err) {
		vdev_object_free(*object);
		*object = NULL;
	}
	return err;
}

VDEV_API int vdev_type_set(struct vdev_sock *sock, const struct vdev_handle *type,
			   const struct vdev_ceiling *ceiling, size_t size, uint64_t expect,
			   uint32_t instance, bool dry_run, struct vdev_object **object)
{
	struct vdev_object *own = NULL;
	struct writer writer = { 0 };
	struct vdev_ceiling known;
	int err;

	if (object)
		*object = NULL;
	if (ceiling && vdev_draft_read(&known, sizeof(known), ceiling, size))
		return vdev_error_set(sock, VDEV_ERROR_LOCAL, EINVAL, NULL,
				      "the ceiling is newer than this library");
	vdev_request_target(&writer, VDEV_OBJECT_TYPE, type);
	write_ceiling(&writer, ceiling ? &known : NULL);
	if (expect) {
		vdev_writer_uint(&writer, VDEV_A_EXPECT, expect);
		vdev_writer_u32(&writer, VDEV_A_INSTANCE, instance);
	}
	if (dry_run)
		vdev_writer_put(&writer, VDEV_A_DRY_RUN, NULL, 0);
	err = put_set(sock, &writer, object ? object : &own);
	vdev_object_free(own);
	return err;
}

/* The ceilings of a dump are decoded one after the other into the same memory. */
struct ceilings {
	struct arena arena;
	vdev_ceiling_fn *fn;
	void *arg;
};

static void copy_name(char *name, const struct nlmsghdr *nlh, int type)
{
	memccpy(name, reply_string(nlh, type), '\0', VDEV_HANDLE_NAME_MAX + 1);
}

static int each_ceiling(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *head = vdev_reply_head(nlh);
	const struct vdev_ceiling *ceiling;
	struct vdev_handle type = { 0 };
	struct ceilings *ceilings = arg;
	int len = vdev_reply_len(nlh);

	vdev_arena_reset(&ceilings->arena);
	ceiling = vdev_ceiling_decode(&ceilings->arena, nla_find(head, len, VDEV_A_CEILING));
	if (!ceiling)
		return vdev_error_local(sock, ENOMEM);
	copy_name(type.name, nlh, VDEV_A_NAME);
	copy_name(type.parent_bus, nlh, VDEV_A_PARENT_BUS);
	copy_name(type.parent, nlh, VDEV_A_PARENT);
	return ceilings->fn(&type, ceiling, nla_find(head, len, VDEV_A_PENDING),
			    ceilings->arg);
}

VDEV_API int vdev_ceiling_dump(struct vdev_sock *sock, vdev_ceiling_fn *fn, void *arg)
{
	static const struct dump_ops ops = {
		.set = &vdev_attr_set,
		.torn = "ceilings changed during every attempt to read them",
		.check = reply_check_ceiling,
		.each = each_ceiling,
	};
	struct ceilings ceilings = { .fn = fn, .arg = arg };
	struct writer writer = { 0 };
	int err;

	vdev_error_clear(sock);
	err = explain(sock, vdev_request_dump(sock, VDEV_CMD_CEILING_GET, &writer, &ops,
					      &ceilings));
	vdev_arena_free(&ceilings.arena);
	return err;
}
