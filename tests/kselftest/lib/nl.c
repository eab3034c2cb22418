// SPDX-License-Identifier: GPL-2.0
/*
 * See nl.h. Every wait is bounded by NL_PATIENCE.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "nl.h"

#define HEADERS		(NLMSG_HDRLEN + GENL_HDRLEN)

/* All is given at once, so that no message is ever cut. */
static unsigned char inbox[256 * 1024] __attribute__((aligned(NLMSG_ALIGNTO)));

static int set_option(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value));
}

/* A socket, or -1; @receive_buffer of 0 leaves the buffer as it is. */
int nl_open(int receive_buffer)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	struct timeval patience = { .tv_sec = NL_PATIENCE };
	int fd;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (fd < 0)
		return -1;
	if (set_option(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1) ||
	    set_option(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
		       sizeof(patience)) ||
	    (receive_buffer &&
	     set_option(fd, SOL_SOCKET, SO_RCVBUF, receive_buffer)) ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -1;
	}
	return fd;
}

void nl_begin(struct nl_request *request, uint16_t type, uint16_t flags,
	      uint8_t command)
{
	struct genlmsghdr genl = { .cmd = command, .version = 1 };

	request->header = (struct nlmsghdr) {
		.nlmsg_type = type,
		.nlmsg_flags = NLM_F_REQUEST | flags,
	};
	request->len = NLMSG_HDRLEN;
	nl_raw(request, &genl, sizeof(genl));
}

/* Append bytes as they are; returns where they start. */
size_t nl_raw(struct nl_request *request, const void *data, size_t len)
{
	size_t start = request->len;

	if (start + len > sizeof(request->data))
		return 0;
	if (data)
		memcpy(request->data + start, data, len);
	else
		memset(request->data + start, 0, len);
	request->len += len;
	return start;
}

/* Append an attribute of exactly @len bytes; returns where it starts. */
size_t nl_attr(struct nl_request *request, uint16_t type, const void *data,
	       size_t len)
{
	struct nlattr attr = { .nla_len = NLA_HDRLEN + len, .nla_type = type };
	size_t start = nl_raw(request, &attr, sizeof(attr));

	nl_raw(request, data, len);
	nl_raw(request, NULL, NLA_ALIGN(len) - len);
	return start;
}

size_t nl_string(struct nl_request *request, uint16_t type, const char *string)
{
	return nl_attr(request, type, string, strlen(string) + 1);
}

size_t nl_u32(struct nl_request *request, uint16_t type, uint32_t number)
{
	return nl_attr(request, type, &number, sizeof(number));
}

size_t nl_u64(struct nl_request *request, uint16_t type, uint64_t number)
{
	return nl_attr(request, type, &number, sizeof(number));
}

size_t nl_nest_begin(struct nl_request *request, uint16_t type)
{
	return nl_attr(request, type | NLA_F_NESTED, NULL, 0);
}

void nl_nest_end(struct nl_request *request, size_t nest)
{
	struct nlattr *attr = (struct nlattr *)(request->data + nest);

	attr->nla_len = request->len - nest;
}

int nl_send_bytes(int fd, const void *data, size_t len)
{
	return send(fd, data, len, 0) == (ssize_t)len ? 0 : -1;
}

/* Send a request with its true length. */
int nl_send(int fd, struct nl_request *request)
{
	request->header.nlmsg_len = request->len;
	return nl_send_bytes(fd, request->data, request->len);
}

static void read_tlv(const struct nlattr *attr, struct nl_reply *reply)
{
	size_t len = nl_len(attr);

	switch (nl_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		if (len >= sizeof(reply->text))
			len = sizeof(reply->text) - 1;
		memcpy(reply->text, nl_data(attr), len);
		reply->text[len] = '\0';
		break;
	case NLMSGERR_ATTR_OFFS:
		reply->has_offset = true;
		reply->offset = nl_get_u32(attr);
		break;
	case NLMSGERR_ATTR_MISS_TYPE:
		reply->missing = nl_get_u32(attr);
		break;
	}
}

/* Both an acknowledgment and the end of a dump: an errno, then TLVs. */
static void read_end(const struct nlmsghdr *message, struct nl_reply *reply)
{
	const unsigned char *data = (const unsigned char *)NLMSG_DATA(message);
	size_t len = message->nlmsg_len - NLMSG_HDRLEN;
	size_t skip = sizeof(int);
	const struct nlattr *attr;
	int error;

	memcpy(&error, data, sizeof(error));
	reply->error = -error;
	reply->ended = true;
	if (message->nlmsg_type == NLMSG_ERROR)
		skip = sizeof(struct nlmsgerr);
	if (!(message->nlmsg_flags & NLM_F_ACK_TLVS) || len <= skip)
		return;
	for (attr = nl_next(data + skip, len - skip, NULL); attr;
	     attr = nl_next(data + skip, len - skip, attr))
		read_tlv(attr, reply);
}

/* Read one datagram. Returns 0, or an errno. */
int nl_receive_some(int fd, struct nl_reply *reply, nl_message_fn *fn, void *arg)
{
	const struct nlmsghdr *message = (const struct nlmsghdr *)inbox;
	ssize_t len = recv(fd, inbox, sizeof(inbox), MSG_TRUNC);

	if (len < 0)
		return errno;
	if ((size_t)len > sizeof(inbox))
		return EMSGSIZE;
	reply->datagrams++;
	for (; NLMSG_OK(message, (size_t)len); message = NLMSG_NEXT(message, len)) {
		if (message->nlmsg_flags & NLM_F_DUMP_INTR)
			reply->interrupted = true;
		if (message->nlmsg_type == NLMSG_ERROR ||
		    message->nlmsg_type == NLMSG_DONE) {
			read_end(message, reply);
			continue;
		}
		reply->messages++;
		reply->bytes += NLMSG_ALIGN(message->nlmsg_len);
		if (fn)
			fn(message, arg);
	}
	return 0;
}

/* Read until the acknowledgment or the end of the dump, or an errno. */
int nl_receive(int fd, struct nl_reply *reply, nl_message_fn *fn, void *arg)
{
	int err = 0;

	memset(reply, 0, sizeof(*reply));
	while (!err && !reply->ended)
		err = nl_receive_some(fd, reply, fn, arg);
	return err;
}

int nl_ask(int fd, struct nl_request *request, struct nl_reply *reply,
	   nl_message_fn *fn, void *arg)
{
	if (nl_send(fd, request))
		return errno;
	return nl_receive(fd, reply, fn, arg);
}

static void read_family(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *attr = nl_find(message, CTRL_ATTR_FAMILY_ID);
	int *family = (int *)arg;
	uint16_t id;

	if (!attr)
		return;
	memcpy(&id, nl_data(attr), sizeof(id));
	*family = id;
}

static int ask_family(int fd, const char *family, nl_message_fn *fn, void *arg)
{
	static struct nl_request request;
	struct nl_reply reply;
	int err;

	nl_begin(&request, GENL_ID_CTRL, NLM_F_ACK, CTRL_CMD_GETFAMILY);
	nl_string(&request, CTRL_ATTR_FAMILY_NAME, family);
	err = nl_ask(fd, &request, &reply, fn, arg);
	return err ? err : reply.error;
}

/* The number of a family, or a negative errno. */
int nl_resolve(int fd, const char *family)
{
	int id = -ENOENT, err;

	err = ask_family(fd, family, read_family, &id);
	return err ? -err : id;
}

struct group {
	const char *name;
	int number;
};

static void read_groups(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *groups = nl_find(message, CTRL_ATTR_MCAST_GROUPS);
	const struct nlattr *nest = NULL, *name, *number;
	struct group *group = (struct group *)arg;

	while (groups &&
	       (nest = nl_next(nl_data(groups), nl_len(groups), nest))) {
		name = nl_find_in(nest, CTRL_ATTR_MCAST_GRP_NAME);
		number = nl_find_in(nest, CTRL_ATTR_MCAST_GRP_ID);
		if (name && number && !strcmp(nl_data(name), group->name))
			group->number = nl_get_u32(number);
	}
}

/* The number of a group of a family, or a negative errno. */
int nl_resolve_group(int fd, const char *family, const char *group)
{
	struct group wanted = { group, -ENOENT };
	int err;

	err = ask_family(fd, family, read_groups, &wanted);
	return err ? -err : wanted.number;
}

const struct nlattr *nl_next(const void *data, size_t len,
			     const struct nlattr *after)
{
	const unsigned char *start = (const unsigned char *)data;
	const unsigned char *next = start;
	const struct nlattr *attr;

	if (after)
		next = (const unsigned char *)after + NLA_ALIGN(after->nla_len);
	if (next + NLA_HDRLEN > start + len)
		return NULL;
	attr = (const struct nlattr *)next;
	if (attr->nla_len < NLA_HDRLEN || next + attr->nla_len > start + len)
		return NULL;
	return attr;
}

const struct nlattr *nl_first(const void *data, size_t len, uint16_t type)
{
	const struct nlattr *attr = NULL;

	while ((attr = nl_next(data, len, attr)))
		if (nl_type(attr) == type)
			return attr;
	return NULL;
}

const struct nlattr *nl_find(const struct nlmsghdr *message, uint16_t type)
{
	const unsigned char *data = (const unsigned char *)message;

	return nl_first(data + HEADERS, message->nlmsg_len - HEADERS, type);
}

const struct nlattr *nl_find_in(const struct nlattr *nest, uint16_t type)
{
	return nl_first(nl_data(nest), nl_len(nest), type);
}

uint16_t nl_type(const struct nlattr *attr)
{
	return attr->nla_type & NLA_TYPE_MASK;
}

const void *nl_data(const struct nlattr *attr)
{
	return (const unsigned char *)attr + NLA_HDRLEN;
}

size_t nl_len(const struct nlattr *attr)
{
	return attr->nla_len - NLA_HDRLEN;
}

uint32_t nl_get_u32(const struct nlattr *attr)
{
	uint32_t number;

	memcpy(&number, nl_data(attr), sizeof(number));
	return number;
}

uint64_t nl_get_uint(const struct nlattr *attr)
{
	uint64_t number;

	if (nl_len(attr) == sizeof(uint32_t))
		return nl_get_u32(attr);
	memcpy(&number, nl_data(attr), sizeof(number));
	return number;
}
