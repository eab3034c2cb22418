// SPDX-License-Identifier: GPL-2.0
/*
 * What all messages of a kernel are made of, how they are sent, and what stands
 * between them: the end of a dump, an acknowledgement.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

struct nl_msg *message_new(uint16_t type, uint8_t cmd, int flags)
{
	struct nl_msg *msg = nlmsg_alloc_size(32768);

	if (!msg || !genlmsg_put(msg, 0, 0, type, 0, flags, cmd, VDEV_FAMILY_VERSION))
		abort();
	return msg;
}

bool message_wide;

void message_uint(struct nl_msg *msg, int type, uint64_t number)
{
	if (number > UINT32_MAX || message_wide)
		nla_put_u64(msg, type, number);
	else
		nla_put_u32(msg, type, (uint32_t)number);
}

void message_bitmap(struct nl_msg *msg, int type, const uint64_t *words, size_t num)
{
	uint64_t bytes[8];
	size_t i;

	for (i = 0; i < num; i++)
		bytes[i] = htole64(words[i]);
	nla_put(msg, type, (int)(num * sizeof(*bytes)), bytes);
}

void message_value(struct nl_msg *msg, int type, uint32_t value_type, uint64_t number,
		   const char *string)
{
	struct nlattr *nest = nla_nest_start(msg, type | NLA_F_NESTED);

	if (value_type == VDEV_VALUE_TYPE_U64)
		message_uint(msg, VDEV_A_VALUE_U64, number);
	else if (value_type == VDEV_VALUE_TYPE_STRING)
		nla_put_string(msg, VDEV_A_VALUE_STRING, string);
	else
		nla_put_u32(msg, VDEV_A_VALUE_BOOL, (uint32_t)number);
	nla_nest_end(msg, nest);
}

struct nl_msg *message_as(uint8_t cmd, struct nl_msg *msg)
{
	((struct genlmsghdr *)nlmsg_data(nlmsg_hdr(msg)))->cmd = cmd;
	return msg;
}

void message_send(struct nl_msg *msg)
{
	fake_datagram(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, 0, 1);
	nlmsg_free(msg);
}

void send_done(int error, int flags, const char *words)
{
	struct nl_msg *msg = nlmsg_alloc_size(1024);
	int *code;

	nlmsg_put(msg, 0, 0, NLMSG_DONE, sizeof(*code),
		  NLM_F_MULTI | flags | (words ? NLM_F_ACK_TLVS : 0));
	code = nlmsg_data(nlmsg_hdr(msg));
	*code = -error;
	if (words)
		nla_put_string(msg, NLMSGERR_ATTR_MSG, words);
	message_send(msg);
}

void send_ack(const struct reason *reason)
{
	struct nl_msg *msg = nlmsg_alloc_size(32768);
	const struct nlmsghdr *request = fake_request();
	size_t payload = reason->uncapped ? request->nlmsg_len - sizeof(*request) : 0;
	struct nlmsgerr *err;

	nlmsg_put(msg, 0, 0, NLMSG_ERROR, (int)(sizeof(*err) + payload),
		  NLM_F_ACK_TLVS | (reason->uncapped ? 0 : NLM_F_CAPPED));
	err = nlmsg_data(nlmsg_hdr(msg));
	err->error = -reason->error;
	memcpy(&err->msg, request, sizeof(*request) + payload);
	if (reason->words)
		nla_put_string(msg, NLMSGERR_ATTR_MSG, reason->words);
	if (reason->offset)
		nla_put_u32(msg, NLMSGERR_ATTR_OFFS, reason->offset);
	if (reason->missing_type)
		nla_put_u32(msg, NLMSGERR_ATTR_MISS_TYPE, reason->missing_type);
	if (reason->missing_nest)
		nla_put_u32(msg, NLMSGERR_ATTR_MISS_NEST, reason->missing_nest);
	message_send(msg);
}

void respond_with(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg **message = arg;

	(void)request;
	if (*message)
		message_send(*message);
	send_ack(&(struct reason){ 0 });
}

void respond_rejection(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	send_ack(arg);
}
