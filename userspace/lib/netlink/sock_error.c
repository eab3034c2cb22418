// SPDX-License-Identifier: LGPL-2.1
/*
 * The last error of a socket, and how it is read from an extended
 * acknowledgement.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <linux/genetlink.h>

#include "model/error.h"
#include "sock_error.h"

void vdev_error_clear(struct vdev_sock *sock)
{
	vdev_error_reset(&sock->error);
}

int vdev_error_set(struct vdev_sock *sock, enum vdev_error_type type, int code,
		   const char *path, const char *text)
{
	struct vdev_error *error = &sock->error;

	vdev_error_say(error, -code, "%s", text);
	error->type = type;
	if (path)
		snprintf(error->attr, sizeof(error->attr), "%s", path);
	return -code;
}

/* A request cannot end so: for who steps it, it is not over then. */
static int ending(int code)
{
	return code == EINPROGRESS ? EIO : code;
}

int vdev_error_local(struct vdev_sock *sock, int code)
{
	code = ending(code);
	if (code == ETIMEDOUT)
		return vdev_error_say(&sock->error, -code, "the kernel did not answer in time");
	return vdev_error_errno(&sock->error, code);
}

int vdev_sock_check(struct vdev_sock *sock)
{
	if (!sock->busy)
		return 0;
	return vdev_error_set(sock, VDEV_ERROR_LOCAL, EBUSY, NULL,
			      "another request of this socket is under way");
}

int vdev_error_reply(struct vdev_sock *sock, const char *path, const char *text)
{
	return vdev_error_set(sock, VDEV_ERROR_REPLY, EBADMSG, path, text);
}

struct ext_ack {
	const char *message;
	uint32_t offset;
	uint32_t missing_type;
	uint32_t missing_nest;
};

static void parse_ext_ack(const struct nlattr *tlvs, int len, struct ext_ack *ack)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_attr(pos, tlvs, len, rem) {
		bool number = nla_len(pos) == sizeof(uint32_t);

		switch (nla_type(pos)) {
		case NLMSGERR_ATTR_MSG:
			if (memchr(nla_data(pos), '\0', (size_t)nla_len(pos)))
				ack->message = nla_data(pos);
			break;
		case NLMSGERR_ATTR_OFFS:
			if (number)
				ack->offset = nla_get_u32(pos);
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			if (number)
				ack->missing_type = nla_get_u32(pos);
			break;
		case NLMSGERR_ATTR_MISS_NEST:
			if (number)
				ack->missing_nest = nla_get_u32(pos);
			break;
		}
	}
}

/* The kernel's own words. */
static int set_said(struct vdev_sock *sock, int code, const char *path, const char *text)
{
	vdev_error_set(sock, VDEV_ERROR_KERNEL, code, path, text);
	sock->error.from_kernel = 1;
	return -code;
}

int vdev_error_kernel(struct vdev_sock *sock, int code, const struct nlattr *tlvs, int len,
		      const struct nlmsghdr *request, const struct attr_set *set)
{
	struct ext_ack ack = { 0 };
	char path[ATTR_PATH_SIZE] = "";
	uint32_t offset;

	code = ending(code);
	parse_ext_ack(tlvs, len, &ack);
	offset = ack.missing_type ? ack.missing_nest : ack.offset;
	if (set)
		vdev_attr_path(set, request, nlmsg_attrdata(request, GENL_HDRLEN),
			       nlmsg_attrlen(request, GENL_HDRLEN), offset, ack.missing_type,
			       path);
	if (ack.message)
		return set_said(sock, code, path, ack.message);
	if (ack.missing_type)
		return vdev_error_set(sock, VDEV_ERROR_KERNEL, code, path,
				      "an attribute is missing");
	vdev_error_errno(&sock->error, code);
	sock->error.type = VDEV_ERROR_KERNEL;
	snprintf(sock->error.attr, sizeof(sock->error.attr), "%s", path);
	return -code;
}
