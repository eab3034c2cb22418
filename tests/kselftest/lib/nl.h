/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Raw generic netlink for the tests: requests built byte by byte, so that they
 * can also be wrong, and answers taken apart. No library in between.
 */
#ifndef _TESTS_NL_H
#define _TESTS_NL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/genetlink.h>
#include <linux/netlink.h>

/* The largest request: any 16-bit attribute and what stands around it. */
#define NL_ROOM		(72 * 1024)
/* No answer takes longer, not even in a debug guest; in seconds. */
#define NL_PATIENCE	60

/**
 * struct nl_request - a request, or what pretends to be one
 * @len: bytes in use
 * @data: the message, from its nlmsghdr on
 */
struct nl_request {
	size_t len;
	union {
		unsigned char data[NL_ROOM];
		struct nlmsghdr header;
	};
};

/**
 * struct nl_reply - the sum of the answers to one request
 * @messages: how many messages of the family came
 * @bytes: their length
 * @datagrams: how many reads it took
 * @error: the errno of the acknowledgment or of the end of the dump, or 0
 * @ended: an acknowledgment or the end of a dump was seen
 * @interrupted: a message carried NLM_F_DUMP_INTR
 * @text: text of the extended acknowledgment, or ""
 * @has_offset: whether @offset was there
 * @offset: where in the request the offending attribute is
 * @missing: number of the missing attribute, or 0
 */
struct nl_reply {
	unsigned int messages;
	size_t bytes;
	unsigned int datagrams;
	int error;
	bool ended;
	bool interrupted;
	char text[256];
	bool has_offset;
	uint32_t offset;
	uint32_t missing;
};

/* Called for each message of the family, from its nlmsghdr on. */
typedef void nl_message_fn(const struct nlmsghdr *message, void *arg);

int nl_open(int receive_buffer);
int nl_resolve(int fd, const char *family);
int nl_resolve_group(int fd, const char *family, const char *group);

void nl_begin(struct nl_request *request, uint16_t type, uint16_t flags,
	      uint8_t command);
size_t nl_raw(struct nl_request *request, const void *data, size_t len);
size_t nl_attr(struct nl_request *request, uint16_t type, const void *data,
	       size_t len);
size_t nl_string(struct nl_request *request, uint16_t type, const char *string);
size_t nl_u32(struct nl_request *request, uint16_t type, uint32_t number);
size_t nl_u64(struct nl_request *request, uint16_t type, uint64_t number);
size_t nl_nest_begin(struct nl_request *request, uint16_t type);
void nl_nest_end(struct nl_request *request, size_t nest);

int nl_send(int fd, struct nl_request *request);
int nl_send_bytes(int fd, const void *data, size_t len);
int nl_receive(int fd, struct nl_reply *reply, nl_message_fn *fn, void *arg);
int nl_receive_some(int fd, struct nl_reply *reply, nl_message_fn *fn,
		    void *arg);
int nl_ask(int fd, struct nl_request *request, struct nl_reply *reply,
	   nl_message_fn *fn, void *arg);

const struct nlattr *nl_first(const void *data, size_t len, uint16_t type);
const struct nlattr *nl_find(const struct nlmsghdr *message, uint16_t type);
const struct nlattr *nl_find_in(const struct nlattr *nest, uint16_t type);
const struct nlattr *nl_next(const void *data, size_t len,
			     const struct nlattr *after);
uint16_t nl_type(const struct nlattr *attr);
const void *nl_data(const struct nlattr *attr);
size_t nl_len(const struct nlattr *attr);
uint32_t nl_get_u32(const struct nlattr *attr);
uint64_t nl_get_uint(const struct nlattr *attr);

#endif /* _TESTS_NL_H */
