// SPDX-License-Identifier: LGPL-2.1
/*
 * The last error of a socket, and how it is read from an extended
 * acknowledgement.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <linux/genetlink.h>

#include "error.h"

void vdev_error_clear(struct vdev_sock *sock)
{
	sock->message[0] = '\0';
	sock->attr[0] = '\0';
	sock->error = (struct vdev_error){ .message = sock->message };
}

int vdev_error_set(struct vdev_sock *sock, enum vdev_error_type type, int code,
		   const char *path, const char *text)
{
	vdev_error_clear(sock);
	snprintf(sock->message, sizeof(sock->message), "%s", text);
	sock->error.type = type;
	sock->error.code = code;
	if (path && path[0]) {
		snprintf(sock->attr, sizeof(sock->attr), "%s", path);
		sock->error.attr = sock->attr;
	}
	return -code;
}

/* VDEV_ANY_LIBC is defined to try what other C libraries have. */
#if defined(__GLIBC__) && !defined(VDEV_ANY_LIBC)
#if __GLIBC_PREREQ(2, 32)
#define HAVE_STRERRORDESC
#endif
#endif

/* The C library's words: those that no locale changes, if it has them. */
static const char *errno_words(int code)
{
#ifdef HAVE_STRERRORDESC
	return strerrordesc_np(code);
#else
	return strerror(code);
#endif
}

/* Begun like the kernel's with a small letter. */
static void errno_text(int code, char *text, size_t size)
{
	const char *words = errno_words(code);

	if (!words) {
		snprintf(text, size, "error %d", code);
		return;
	}
	snprintf(text, size, "%s", words);
	if (!isupper((unsigned char)text[1]))
		text[0] = (char)tolower((unsigned char)text[0]);
}

int vdev_error_local(struct vdev_sock *sock, int code)
{
	char text[MESSAGE_SIZE];

	if (code == ETIMEDOUT)
		snprintf(text, sizeof(text), "the kernel did not answer in time");
	else
		errno_text(code, text, sizeof(text));
	return vdev_error_set(sock, VDEV_ERROR_LOCAL, code, NULL, text);
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

int vdev_error_kernel(struct vdev_sock *sock, int code, const struct nlattr *tlvs, int len,
		      const struct nlmsghdr *request, const struct attr_set *set)
{
	struct ext_ack ack = { 0 };
	char path[ATTR_PATH_SIZE] = "";
	char text[MESSAGE_SIZE];
	uint32_t offset;

	parse_ext_ack(tlvs, len, &ack);
	offset = ack.missing_type ? ack.missing_nest : ack.offset;
	if (set)
		vdev_attr_path(set, request, nlmsg_attrdata(request, GENL_HDRLEN),
			       nlmsg_attrlen(request, GENL_HDRLEN), offset, ack.missing_type,
			       path);
	if (ack.message)
		snprintf(text, sizeof(text), "%s", ack.message);
	else if (ack.missing_type)
		snprintf(text, sizeof(text), "an attribute is missing");
	else
		errno_text(code, text, sizeof(text));
	vdev_error_set(sock, VDEV_ERROR_KERNEL, code, path, text);
	sock->error.from_kernel = ack.message != NULL;
	return -code;
}
