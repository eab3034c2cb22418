// SPDX-License-Identifier: GPL-2.0
/*
 * What the family says to requests that are wrong, byte by byte on raw
 * sockets. Each must get its errno, a text, the place of the attribute (or the
 * number of the missing one), and must change nothing: the generation and a
 * whole dump are compared. The attributes are in wire_fields.c, what can be
 * wrong with one in wire_faults.c, and what can be wrong with a whole message
 * is here.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kselftest_harness.h"

#include "lib/policy.h"
#include "lib/sim.h"
#include "wire.h"

/* The device and the type that the good requests are about. */
#define DEVICE		"wire-device"
#define SIM_TYPE	"wire-type"
#define SIM_PARENT	"wire-parent"

#define NOWHERE		SIZE_MAX
#define ANYTHING	NULL
#define HIGHEST		0x3fff	/* the numbers of attributes have 14 bits */
#define UNKNOWN		"Unknown attribute type"
#define LEFT_OVER	"bytes leftover after parsing attributes"

/* Everything that the family tells, message after message. */
struct content {
	size_t len;
	unsigned char *data;
};

static void keep_message(const struct nlmsghdr *message, void *arg)
{
	struct content *content = (struct content *)arg;
	struct nlmsghdr *copy;

	content->data = realloc(content->data, content->len + message->nlmsg_len);
	if (!content->data)
		abort();
	copy = (struct nlmsghdr *)(content->data + content->len);
	memcpy(copy, message, message->nlmsg_len);
	copy->nlmsg_seq = 0;
	content->len += message->nlmsg_len;
}

static void read_u32(const struct nlmsghdr *message, uint16_t type, uint32_t *to)
{
	const struct nlattr *attr = nl_find(message, type);

	*to = attr ? nl_get_u32(attr) : 0;
}

static void read_id(const struct nlmsghdr *message, void *arg)
{
	read_u32(message, VDEV_A_ID, (uint32_t *)arg);
}

static void read_snapshot(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *attr = nl_find(message, VDEV_A_SNAPSHOT);

	*(uint64_t *)arg = attr ? nl_get_u64(attr) : 0;
}

FIXTURE(wire)
{
	int fd;
	int family;
	uint32_t device;
	uint32_t type;
	uint64_t generation;
	struct content before;
	struct nl_request request;
	struct nl_reply reply;
};

FIXTURE_VARIANT(wire)
{
	uint8_t command;
	uint16_t flags;
};

FIXTURE_VARIANT_ADD(wire, dev_get_do)
{
	.command = VDEV_CMD_DEV_GET,
	.flags = NLM_F_ACK,
};

FIXTURE_VARIANT_ADD(wire, dev_get_dump)
{
	.command = VDEV_CMD_DEV_GET,
	.flags = NLM_F_DUMP,
};

FIXTURE_VARIANT_ADD(wire, type_get_do)
{
	.command = VDEV_CMD_TYPE_GET,
	.flags = NLM_F_ACK,
};

FIXTURE_VARIANT_ADD(wire, type_get_dump)
{
	.command = VDEV_CMD_TYPE_GET,
	.flags = NLM_F_DUMP,
};

#define FIXED	struct __test_metadata *_metadata, \
		FIXTURE_DATA(wire) *self
#define GIVEN	FIXED, const FIXTURE_VARIANT(wire) *variant
#define fixed	_metadata, self
#define given	fixed, variant

static bool is_dump(const FIXTURE_VARIANT(wire) *variant)
{
	return variant->flags & NLM_F_DUMP;
}

static void read_all(FIXED, struct content *content)
{
	static const uint8_t commands[] = { VDEV_CMD_DEV_GET, VDEV_CMD_TYPE_GET };
	unsigned int i;

	for (i = 0; i < sizeof(commands); i++) {
		nl_begin(&self->request, self->family, NLM_F_DUMP, commands[i]);
		ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply,
				    keep_message, content));
		ASSERT_EQ(0, self->reply.error);
		ASSERT_FALSE(self->reply.interrupted);
	}
}

static void begin_by_name(GIVEN, uint8_t command)
{
	(void)_metadata;
	nl_begin(&self->request, self->family, NLM_F_ACK, command);
	if (variant && is_dump(variant))
		return;
	if (command == VDEV_CMD_DEV_GET) {
		nl_string(&self->request, VDEV_A_BUS, "sim");
		nl_string(&self->request, VDEV_A_NAME, DEVICE);
	} else {
		nl_string(&self->request, VDEV_A_PARENT_BUS, "sim");
		nl_string(&self->request, VDEV_A_PARENT, SIM_PARENT);
		nl_string(&self->request, VDEV_A_NAME, SIM_TYPE);
	}
}

static uint32_t find_id(FIXED, uint8_t command)
{
	uint32_t id = 0;

	begin_by_name(fixed, NULL, command);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, read_id, &id));
	ASSERT_EQ(0, self->reply.error);
	ASSERT_NE(0, id);
	return id;
}

static uint64_t generation(FIXED)
{
	uint64_t snapshot = 0;
	struct nl_request request;
	struct nl_reply reply;

	nl_begin(&request, self->family, NLM_F_ACK, VDEV_CMD_DEV_GET);
	nl_u32(&request, VDEV_A_ID, self->device);
	ASSERT_EQ(0, nl_ask(self->fd, &request, &reply, read_snapshot, &snapshot));
	ASSERT_EQ(0, reply.error);
	return snapshot;
}

FIXTURE_SETUP(wire)
{
	self->before = (struct content) { };
	self->fd = nl_open(0);
	ASSERT_LE(0, self->fd);
	self->family = nl_resolve(self->fd, VDEV_FAMILY_NAME);
	ASSERT_LT(0, self->family);
	self->device = find_id(fixed, VDEV_CMD_DEV_GET);
	self->type = find_id(fixed, VDEV_CMD_TYPE_GET);
	self->generation = generation(fixed);
	read_all(fixed, &self->before);
	(void)variant;
}

/* Whatever was asked, nothing may have changed. */
FIXTURE_TEARDOWN(wire)
{
	struct content after = { };

	read_all(fixed, &after);
	ASSERT_EQ(self->before.len, after.len);
	EXPECT_EQ(0, memcmp(self->before.data, after.data, after.len));
	free(after.data);
	free(self->before.data);
	close(self->fd);
	(void)variant;
}

static uint32_t own_id(GIVEN)
{
	(void)_metadata;
	return variant->command == VDEV_CMD_DEV_GET ? self->device : self->type;
}

/* A request of the variant's kind, with nothing in it yet. */
static void begin_empty(GIVEN)
{
	(void)_metadata;
	nl_begin(&self->request, self->family, variant->flags, variant->command);
}

/* A request that is right so far; what follows may be wrong. */
static void begin(GIVEN)
{
	begin_empty(given);
	if (is_dump(variant))
		nl_nest_end(&self->request,
			    nl_nest_begin(&self->request, VDEV_A_FILTER));
	else
		nl_u32(&self->request, VDEV_A_ID, own_id(given));
}

/**
 * struct verdict - what a wrong request must get
 * @error: the errno
 * @text: the text, or ANYTHING if the kernel has none for it
 * @offset: where the attribute is, or NOWHERE
 * @missing: number of the attribute that is missing, or 0
 */
struct verdict {
	int error;
	const char *text;
	size_t offset;
	uint32_t missing;
};

#define VERDICT(errno_wanted, text_wanted) {				\
	.error = errno_wanted, .text = text_wanted, .offset = NOWHERE	\
}

static bool same_verdict(const struct nl_reply *reply,
			 const struct verdict *verdict)
{
	if (reply->error != verdict->error || reply->messages)
		return false;
	if (verdict->text && strcmp(reply->text, verdict->text))
		return false;
	if (reply->has_offset != (verdict->offset != NOWHERE))
		return false;
	if (reply->has_offset && reply->offset != verdict->offset)
		return false;
	return reply->missing == verdict->missing;
}

static void judge(FIXED, const char *what, const char *field,
		  const struct verdict *verdict)
{
	const struct nl_reply *reply = &self->reply;

	EXPECT_TRUE(same_verdict(reply, verdict)) {
		TH_LOG("%s: %s: got errno %d \"%s\" at %d missing %u, %u messages",
		       field, what, reply->error, reply->text,
		       reply->has_offset ? (int)reply->offset : -1,
		       reply->missing, reply->messages);
		TH_LOG("%s: %s: expected errno %d \"%s\" at %d missing %u", field,
		       what, verdict->error, verdict->text ?: "",
		       (int)verdict->offset, verdict->missing);
	}
	EXPECT_EQ(self->generation, generation(fixed)) {
		TH_LOG("%s: %s: the generation changed", field, what);
	}
}

/* Send the request; it must be refused, and nothing must have changed. */
static void refused(FIXED, const char *what, const char *field,
		    const struct verdict *verdict)
{
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL, NULL)) {
		TH_LOG("%s: %s: no answer", field, what);
	}
	judge(fixed, what, field, verdict);
}

/* Send the request; it must be answered with so many messages. */
static void answered(FIXED, const char *what, unsigned int messages)
{
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL, NULL)) {
		TH_LOG("%s: no answer", what);
	}
	EXPECT_EQ(0, self->reply.error) {
		TH_LOG("%s: %s", what, self->reply.text);
	}
	EXPECT_EQ(messages, self->reply.messages) {
		TH_LOG("%s", what);
	}
}

/* How many endpoints pass a condition with this payload? */
static unsigned int found(GIVEN, uint16_t type, const void *data, size_t len)
{
	size_t nest;

	begin_empty(given);
	nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
	nl_attr(&self->request, type, data, len);
	nl_nest_end(&self->request, nest);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL, NULL));
	EXPECT_EQ(0, self->reply.error);
	return self->reply.messages;
}

static void try_fault(GIVEN, const struct wire_fault *fault,
		      const struct wire_field *field, bool in_filter)
{
	struct verdict verdict = { .error = fault->error, .text = fault->text };
	enum wire_kind kind = wire_kind(field, variant->command);
	size_t nest = 0;

	if (!(fault->kinds & (1u << kind)))
		return;
	begin(given);
	if (in_filter)
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
	verdict.offset = fault->put(&self->request, field->type, kind);
	if (fault->nowhere)
		verdict.offset = NOWHERE;
	if (in_filter)
		nl_nest_end(&self->request, nest);
	refused(fixed, fault->name, field->name, &verdict);
}

/* A bad attribute is found although a good one of its kind comes later. */
TEST_F(wire, refuses_every_fault_in_every_attribute)
{
	unsigned int i, j;

	for (i = 0; i < wire_num_fields; i++)
		for (j = 0; j < wire_num_faults; j++)
			try_fault(given, &wire_faults[j], &wire_fields[i], false);
}

TEST_F(wire, refuses_every_fault_in_every_condition_of_a_filter)
{
	unsigned int i, j;

	for (i = 0; i < wire_num_filter_fields; i++)
		for (j = 0; j < wire_num_faults; j++)
			try_fault(given, &wire_faults[j], &wire_filter_fields[i],
				  true);
}

TEST_F(wire, refuses_a_bad_attribute_before_a_good_one)
{
	struct verdict verdict = VERDICT(EINVAL, "invalid attribute length");

	begin_empty(given);
	verdict.offset = nl_attr(&self->request, VDEV_A_ID, "xxx", 3);
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	refused(fixed, "first of two", "ID", &verdict);
}

TEST_F(wire, refuses_attributes_that_are_not_known)
{
	static const uint16_t types[] = { 0, VDEV_A_MAX + 1, 255, HIGHEST };
	struct verdict verdict = VERDICT(EINVAL, UNKNOWN);
	unsigned int i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		begin(given);
		verdict.offset = nl_u32(&self->request, types[i], 1);
		refused(fixed, "unknown", "top level", &verdict);
	}
}

TEST_F(wire, refuses_conditions_that_are_not_known)
{
	static const uint16_t types[] = { 0, VDEV_A_FILTER_MAX + 1, 255,
					  HIGHEST };
	struct verdict verdict = VERDICT(EINVAL, UNKNOWN);
	unsigned int i;
	size_t nest;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		begin(given);
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		verdict.offset = nl_u32(&self->request, types[i], 1);
		nl_nest_end(&self->request, nest);
		refused(fixed, "unknown", "filter", &verdict);
	}
}

TEST_F(wire, refuses_a_wrong_length_of_an_attribute)
{
	static const uint16_t lengths[] = { 0, 1, 3, 9, 12, 4096, UINT16_MAX };
	struct verdict verdict = VERDICT(EINVAL, LEFT_OVER);
	struct nlattr *attr;
	unsigned int i;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		begin(given);
		attr = (struct nlattr *)(self->request.data +
					 nl_u32(&self->request, VDEV_A_ID, 1));
		attr->nla_len = lengths[i];
		refused(fixed, "nla_len", "ID", &verdict);
	}
}

TEST_F(wire, refuses_bytes_behind_the_last_attribute)
{
	struct verdict verdict = VERDICT(EINVAL, LEFT_OVER);
	size_t len;

	for (len = 1; len < NLA_HDRLEN; len++) {
		begin(given);
		nl_raw(&self->request, "xyz", len);
		refused(fixed, "garbage", "end", &verdict);
	}
	begin(given);
	nl_raw(&self->request, NULL, NLA_HDRLEN);
	refused(fixed, "zeroes", "end", &verdict);
}

TEST_F(wire, refuses_what_belongs_to_the_other_mode)
{
	struct verdict verdict = VERDICT(EINVAL, ANYTHING);
	unsigned int i;
	size_t other;

	for (i = 0; i < wire_num_fields; i++) {
		const struct wire_field *field = &wire_fields[i];
		enum wire_kind kind = wire_kind(field, variant->command);

		if (kind == WIRE_TOLD || is_dump(variant) == (kind == WIRE_FILTER))
			continue;
		begin(given);
		other = wire_put_valid(&self->request, field->type, kind);
		verdict.offset = other;
		verdict.text = is_dump(variant) ? "a dump takes a filter alone" :
						  "a filter is for a dump";
		refused(fixed, "other mode", field->name, &verdict);
	}
}

TEST_F(wire, refuses_flags_that_mean_nothing)
{
	static const uint16_t flags[] = { NLM_F_ROOT, NLM_F_MATCH, NLM_F_CREATE,
					  NLM_F_MULTI, NLM_F_DUMP_INTR };
	struct verdict verdict = VERDICT(EINVAL, "ambiguous or reserved bits set in nlmsg_flags");
	unsigned int i;

	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (is_dump(variant) && (flags[i] & NLM_F_DUMP))
			continue;
		begin(given);
		self->request.header.nlmsg_flags |= flags[i];
		refused(fixed, "flags", "header", &verdict);
	}
}

TEST_F(wire, refuses_a_reserved_field_that_is_set)
{
	static const uint16_t values[] = { 1, 0x100, UINT16_MAX };
	struct verdict verdict = VERDICT(EINVAL, "genlmsghdr.reserved field is not 0");
	struct genlmsghdr *genl;
	unsigned int i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		begin(given);
		genl = (struct genlmsghdr *)NLMSG_DATA(&self->request.header);
		genl->reserved = values[i];
		refused(fixed, "reserved", "header", &verdict);
	}
}

TEST_F(wire, answers_any_version_alike)
{
	static const uint8_t versions[] = { 0, 2, 255 };
	struct genlmsghdr *genl;
	unsigned int i, messages;

	begin(given);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL, NULL));
	messages = self->reply.messages;
	ASSERT_LT(0, messages);
	for (i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		begin(given);
		genl = (struct genlmsghdr *)NLMSG_DATA(&self->request.header);
		genl->version = versions[i];
		answered(fixed, "version", messages);
	}
}

TEST_F(wire, refuses_commands_that_are_not_known)
{
	static const uint8_t commands[] = { 0, VDEV_CMD_MAX + 1, 255 };
	struct verdict verdict = VERDICT(EOPNOTSUPP, ANYTHING);
	struct genlmsghdr *genl;
	unsigned int i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		begin(given);
		genl = (struct genlmsghdr *)NLMSG_DATA(&self->request.header);
		genl->cmd = commands[i];
		refused(fixed, "command", "header", &verdict);
	}
}

TEST_F(wire, refuses_a_message_without_its_header)
{
	struct verdict verdict = VERDICT(EINVAL, ANYTHING);
	size_t len;

	for (len = NLMSG_HDRLEN; len < NLMSG_HDRLEN + GENL_HDRLEN; len++) {
		begin_empty(given);
		self->request.len = len;
		refused(fixed, "cut", "header", &verdict);
	}
}

/* Send bytes that are no message; the next request is answered as ever. */
static void ignored(GIVEN, size_t len, uint32_t claimed)
{
	begin_empty(given);
	self->request.header.nlmsg_len = claimed;
	ASSERT_EQ(0, nl_send_bytes(self->fd, self->request.data, len));
	EXPECT_EQ(self->generation, generation(fixed));
	EXPECT_EQ(-1, recv(self->fd, &self->reply, 1, MSG_DONTWAIT));
	EXPECT_EQ(EAGAIN, errno);
}

TEST_F(wire, ignores_what_is_no_message)
{
	size_t len;

	EXPECT_EQ(-1, nl_send_bytes(self->fd, self->request.data, 0));
	EXPECT_EQ(ENODATA, errno);
	for (len = 1; len < NLMSG_HDRLEN; len++)
		ignored(given, len, len);
	ignored(given, NLMSG_HDRLEN + GENL_HDRLEN, 0);
	ignored(given, NLMSG_HDRLEN + GENL_HDRLEN, NLMSG_HDRLEN - 1);
	ignored(given, NLMSG_HDRLEN + GENL_HDRLEN, 4096);
	ignored(given, NLMSG_HDRLEN + GENL_HDRLEN, UINT32_MAX);
}

TEST_F(wire, refuses_64_kib_of_letters)
{
	static char letters[60 * 1024];
	struct verdict verdict = VERDICT(EINVAL, "Attribute failed policy validation");

	memset(letters, 'x', sizeof(letters));
	begin(given);
	verdict.offset = nl_attr(&self->request, VDEV_A_NAME, letters,
				 sizeof(letters));
	nl_raw(&self->request, NULL, 64 * 1024 - self->request.len);
	refused(fixed, "64 KiB", "NAME", &verdict);
}

TEST_F(wire, reads_64_kib_of_the_same_attribute)
{
	begin(given);
	while (self->request.len < 64 * 1024) {
		if (is_dump(variant))
			nl_attr(&self->request, VDEV_A_FILTER | NLA_F_NESTED,
				NULL, 0);
		else
			nl_u32(&self->request, VDEV_A_ID, own_id(given));
	}
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL, NULL));
	EXPECT_EQ(0, self->reply.error);
	EXPECT_LT(0, self->reply.messages);
}

TEST_F(wire, answers_two_requests_of_one_datagram)
{
	struct nl_request *request = &self->request;
	struct nl_reply replies[2];
	struct nlmsghdr *second;

	begin(given);
	request->header.nlmsg_len = request->len;
	second = (struct nlmsghdr *)(request->data + request->len);
	memcpy(second, request->data, request->len);
	ASSERT_EQ(0, nl_send_bytes(self->fd, request->data, 2 * request->len));
	ASSERT_EQ(0, nl_receive(self->fd, &replies[0], NULL, NULL));
	ASSERT_EQ(0, nl_receive(self->fd, &replies[1], NULL, NULL));
	EXPECT_LT(0, replies[0].messages + replies[1].messages);
	if (is_dump(variant)) {
		/* A socket has one dump at a time; which answer is first? */
		EXPECT_EQ(EBUSY, replies[0].error + replies[1].error);
	} else {
		EXPECT_EQ(0, replies[0].error + replies[1].error);
		EXPECT_EQ(1, replies[1].messages);
	}
}

/* Of attributes that come twice the last one counts. */
TEST_F(wire, takes_the_last_of_two)
{
	struct verdict verdict = VERDICT(ENODEV, ANYTHING);
	size_t nest;

	begin_empty(given);
	if (is_dump(variant)) {
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		nl_string(&self->request, VDEV_A_FILTER_BUS, "sim");
		nl_string(&self->request, VDEV_A_FILTER_BUS, "none-such");
		nl_nest_end(&self->request, nest);
		answered(fixed, "two conditions", 0);
		return;
	}
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	verdict.offset = nl_u32(&self->request, VDEV_A_ID, INT32_MAX);
	verdict.text = variant->command == VDEV_CMD_DEV_GET ? "no such device" :
							      "no such type";
	refused(fixed, "second", "ID", &verdict);

	begin_empty(given);
	nl_u32(&self->request, VDEV_A_ID, INT32_MAX);
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	answered(fixed, "two ids", 1);
}

/*
 * A request for one endpoint names it, and each part of a handle is required;
 * a dump requires nothing.
 */
TEST_F(wire, names_the_missing_attribute)
{
	static const uint16_t device[] = { VDEV_A_BUS, VDEV_A_NAME, 0 };
	static const uint16_t type[] = { VDEV_A_PARENT_BUS, VDEV_A_PARENT,
					 VDEV_A_NAME, 0 };
	const uint16_t *parts = variant->command == VDEV_CMD_DEV_GET ? device : type;
	struct verdict verdict = VERDICT(EINVAL, "");
	unsigned int i, j;

	begin_empty(given);
	if (is_dump(variant)) {
		ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL,
				    NULL));
		EXPECT_EQ(0, self->reply.error);
		EXPECT_LT(0, self->reply.messages);
		return;
	}
	verdict.missing = parts[0];
	refused(fixed, "empty", "request", &verdict);
	for (i = 0; parts[i]; i++) {
		begin_empty(given);
		for (j = 0; parts[j]; j++)
			if (j != i)
				nl_string(&self->request, parts[j], "x");
		verdict.missing = parts[i];
		refused(fixed, "missing", "handle", &verdict);
	}
}

TEST_F(wire, refuses_both_a_number_and_a_name)
{
	struct verdict verdict = VERDICT(EINVAL, "id and name exclude each other");
	unsigned int i;

	if (is_dump(variant))
		verdict.text = "a dump takes a filter alone";
	for (i = 0; i < wire_num_fields; i++) {
		if (wire_kind(&wire_fields[i], variant->command) != WIRE_NAME)
			continue;
		begin_empty(given);
		nl_string(&self->request, wire_fields[i].type, "x");
		verdict.offset = nl_u32(&self->request, VDEV_A_ID, own_id(given));
		refused(fixed, "both", wire_fields[i].name, &verdict);
	}
}

TEST_F(wire, says_that_there_is_no_such_endpoint)
{
	bool device = variant->command == VDEV_CMD_DEV_GET;
	uint32_t ids[] = { device ? self->type : self->device, INT32_MAX,
			   UINT32_MAX };
	struct verdict verdict = VERDICT(ENODEV, device ? "no such device" : "no such type");
	unsigned int i;

	if (is_dump(variant)) {
		EXPECT_EQ(0, found(given, VDEV_A_FILTER_BUS, "none-such",
				   sizeof("none-such")));
		return;
	}
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		begin_empty(given);
		verdict.offset = nl_u32(&self->request, VDEV_A_ID, ids[i]);
		refused(fixed, "absent", "ID", &verdict);
	}

	begin_empty(given);
	if (device) {
		nl_string(&self->request, VDEV_A_BUS, "sim");
	} else {
		nl_string(&self->request, VDEV_A_PARENT_BUS, "sim");
		nl_string(&self->request, VDEV_A_PARENT, SIM_PARENT);
	}
	verdict.offset = nl_string(&self->request, VDEV_A_NAME, "none-such");
	refused(fixed, "absent", "NAME", &verdict);
}

TEST_F(wire, answers_by_number_and_by_name)
{
	uint32_t id = 0;

	if (is_dump(variant)) {
		EXPECT_EQ(1, found(given, VDEV_A_FILTER_PARENT, SIM_PARENT,
				   sizeof(SIM_PARENT)));
		return;
	}
	begin(given);
	answered(fixed, "by number", 1);
	begin_by_name(given, variant->command);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, read_id, &id));
	EXPECT_EQ(own_id(given), id);
}

TEST_F(wire, takes_strings_up_to_their_bound)
{
	struct verdict verdict = VERDICT(ENODEV, ANYTHING);
	char string[VDEV_STRING_LEN + 1];
	unsigned int i;
	size_t nest;

	if (!is_dump(variant)) {
		memset(string, 'x', VDEV_NAME_LEN);
		string[VDEV_NAME_LEN] = '\0';
		begin_empty(given);
		for (i = 0; i < wire_num_fields; i++)
			if (wire_kind(&wire_fields[i], variant->command) == WIRE_NAME &&
			    wire_fields[i].type != VDEV_A_NAME)
				nl_string(&self->request, wire_fields[i].type,
					  string);
		verdict.offset = nl_string(&self->request, VDEV_A_NAME, string);
		refused(fixed, "longest", "handle", &verdict);
		return;
	}
	for (i = 0; i < wire_num_filter_fields; i++) {
		size_t bound = wire_bound(wire_kind(&wire_filter_fields[i],
						    variant->command));

		if (!bound)
			continue;
		memset(string, 'x', bound);
		string[bound] = '\0';
		begin_empty(given);
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		nl_string(&self->request, wire_filter_fields[i].type, string);
		nl_nest_end(&self->request, nest);
		answered(fixed, wire_filter_fields[i].name, 0);
	}
}

TEST_F(wire, filters_by_generation)
{
	struct verdict verdict = VERDICT(EINVAL, "a filter is for a dump");
	uint64_t since = 0;
	unsigned int all;
	size_t nest;

	if (!is_dump(variant)) {
		begin(given);
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		nl_u64(&self->request, VDEV_A_FILTER_SINCE, since);
		nl_nest_end(&self->request, nest);
		verdict.offset = nest;
		refused(fixed, "since", "filter", &verdict);
		return;
	}
	all = found(given, VDEV_A_FILTER_BUS, "sim", sizeof("sim"));
	EXPECT_LT(0, all);
	EXPECT_LE(all, found(given, VDEV_A_FILTER_SINCE, &since, sizeof(since)));
	since = self->generation;
	EXPECT_EQ(0, found(given, VDEV_A_FILTER_SINCE, &since, sizeof(since)));
	since = UINT64_MAX;
	EXPECT_EQ(0, found(given, VDEV_A_FILTER_SINCE, &since, sizeof(since)));
}

/* Every message of an endpoint begins with the same three numbers. */
static void check_head(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *generation = nl_find(message, VDEV_A_GENERATION);
	const struct nlattr *snapshot = nl_find(message, VDEV_A_SNAPSHOT);
	const struct nlattr *id = nl_find(message, VDEV_A_ID);
	const struct nlattr *record = nl_find(message, VDEV_A_RECORD);
	unsigned int *good = (unsigned int *)arg;

	if (id && nl_len(id) == sizeof(uint32_t) && nl_get_u32(id) &&
	    generation && nl_len(generation) == sizeof(uint64_t) &&
	    snapshot && nl_len(snapshot) == sizeof(uint64_t) &&
	    nl_get_u64(generation) <= nl_get_u64(snapshot) &&
	    nl_find(message, VDEV_A_BUS) && nl_find(message, VDEV_A_NAME) &&
	    nl_find(message, VDEV_A_PROVIDER) && record &&
	    (record->nla_type & NLA_F_NESTED))
		++*good;
}

TEST_F(wire, tells_who_and_when_in_every_message)
{
	unsigned int good = 0;

	begin(given);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, check_head,
			    &good));
	EXPECT_LT(0, good);
	EXPECT_EQ(self->reply.messages, good);
}

static unsigned int policy_type(enum wire_kind kind)
{
	switch (kind) {
	case WIRE_ID:		return NL_ATTR_TYPE_U32;
	case WIRE_U64:		return NL_ATTR_TYPE_U64;
	case WIRE_NAME:
	case WIRE_STRING:	return NL_ATTR_TYPE_NUL_STRING;
	case WIRE_FLAG:		return NL_ATTR_TYPE_FLAG;
	case WIRE_FILTER:	return NL_ATTR_TYPE_NESTED;
	default:		return NL_ATTR_TYPE_INVALID;
	}
}

/* Rows and policy must agree; an attribute that is only told has no policy. */
static void compare_policy(GIVEN, const struct policy *policy, int index,
			   const struct wire_field *fields, unsigned int num,
			   unsigned int max)
{
	bool row[POLICY_ATTRS] = { };
	unsigned int i;

	for (i = 0; i < num; i++) {
		const struct policy_attr *attr = &policy->attrs[index][fields[i].type];
		enum wire_kind kind = wire_kind(&fields[i], variant->command);

		row[fields[i].type] = true;
		EXPECT_EQ(policy_type(kind), attr->type) {
			TH_LOG("%s", fields[i].name);
		}
		EXPECT_EQ(wire_bound(kind), attr->max_len) {
			TH_LOG("%s", fields[i].name);
		}
	}
	for (i = 1; i < POLICY_ATTRS; i++) {
		EXPECT_EQ(i <= max, row[i]) {
			TH_LOG("attribute %u has no row, or is not in the header", i);
		}
		EXPECT_TRUE(row[i] || !policy->attrs[index][i].type) {
			TH_LOG("attribute %u of the running policy has no row", i);
		}
	}
	(void)self;
}

TEST_F(wire, has_a_row_for_every_attribute_of_the_running_policy)
{
	struct policy policy;
	int top, filter;

	ASSERT_EQ(0, policy_read(self->fd, self->family, variant->command,
				 &policy));
	top = is_dump(variant) ? policy.dump_index : policy.do_index;
	ASSERT_LE(0, top);
	compare_policy(given, &policy, top, wire_fields, wire_num_fields,
		       VDEV_A_MAX);
	filter = policy.attrs[top][VDEV_A_FILTER].nested;
	ASSERT_LE(0, filter);
	compare_policy(given, &policy, filter, wire_filter_fields,
		       wire_num_filter_fields, VDEV_A_FILTER_MAX);
}

static pid_t main_pid;

static void clean(void)
{
	if (getpid() == main_pid)
		sim_clean(SIM_PARENT, DEVICE);
}

int main(int argc, char **argv)
{
	main_pid = getpid();
	if (!sim_present()) {
		ksft_print_header();
		ksft_exit_skip("the simulator is not loaded\n");
	}
	atexit(clean);
	if (sim_make(SIM_PARENT, SIM_TYPE, DEVICE)) {
		ksft_print_header();
		ksft_exit_fail_msg("the simulator makes no device: %s\n",
				   strerror(errno));
	}
	return test_harness_run(argc, argv);
}
