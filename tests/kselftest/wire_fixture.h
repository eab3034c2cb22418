/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the wire tests share: one test program is one file to the harness, so it
 * is a header. The fixture knows a device and a type; when a test is over, the
 * generation and a whole dump must be as they were.
 */
#ifndef _TESTS_WIRE_FIXTURE_H
#define _TESTS_WIRE_FIXTURE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "kselftest_harness.h"

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

/* Everything that the family reports but for ages, message after message. */
struct content {
	size_t len;
	unsigned char *data;
};

/* The age is that at the moment of the message. */
static void clear_age(struct nlmsghdr *message)
{
	struct nlattr *age = (struct nlattr *)nl_find(message, VDEV_A_AGE);

	if (age)
		memset(age + 1, 0, sizeof(uint32_t));
}

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
	clear_age(copy);
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

	*(uint64_t *)arg = attr ? nl_get_uint(attr) : 0;
}

FIXTURE(wire)
{
	int fd;
	int family;
	uint32_t device;
	uint32_t type;
	uint32_t instance;
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

FIXTURE_VARIANT_ADD(wire, check_do)
{
	.command = VDEV_CMD_CHECK,
	.flags = NLM_F_ACK,
};

FIXTURE_VARIANT_ADD(wire, find_dump)
{
	.command = VDEV_CMD_FIND,
	.flags = NLM_F_DUMP,
};

FIXTURE_VARIANT_ADD(wire, dev_stats_get_do)
{
	.command = VDEV_CMD_DEV_STATS_GET,
	.flags = NLM_F_ACK,
};

FIXTURE_VARIANT_ADD(wire, dev_stats_get_dump)
{
	.command = VDEV_CMD_DEV_STATS_GET,
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

/* Does it only ask what there is? */
static bool is_get(const FIXTURE_VARIANT(wire) *variant)
{
	return variant->command == VDEV_CMD_DEV_GET ||
	       variant->command == VDEV_CMD_TYPE_GET ||
	       variant->command == VDEV_CMD_DEV_STATS_GET;
}

/* The error of a request for an endpoint that is not there. */
static inline const char *absent_text(const FIXTURE_VARIANT(wire) *variant)
{
	switch (variant->command) {
	case VDEV_CMD_DEV_GET:
	case VDEV_CMD_DEV_STATS_GET:	return "no such device";
	case VDEV_CMD_TYPE_GET:		return "no such type";
	default:			return "no such target";
	}
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

static void put_name(struct nl_request *request, bool type)
{
	if (!type) {
		nl_string(request, VDEV_A_BUS, "sim");
		nl_string(request, VDEV_A_NAME, DEVICE);
	} else {
		nl_string(request, VDEV_A_PARENT_BUS, "sim");
		nl_string(request, VDEV_A_PARENT, SIM_PARENT);
		nl_string(request, VDEV_A_NAME, SIM_TYPE);
	}
}

static uint32_t find_id(FIXED, uint8_t command)
{
	uint32_t id = 0;

	nl_begin(&self->request, self->family, NLM_F_ACK, command);
	put_name(&self->request, command == VDEV_CMD_TYPE_GET);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, read_id, &id));
	ASSERT_EQ(0, self->reply.error);
	ASSERT_NE(0, id);
	return id;
}

/* What the reply about the device says. */
static void ask_device(FIXED, nl_message_fn *fn, void *arg)
{
	struct nl_request request;
	struct nl_reply reply;

	nl_begin(&request, self->family, NLM_F_ACK, VDEV_CMD_DEV_GET);
	nl_u32(&request, VDEV_A_ID, self->device);
	ASSERT_EQ(0, nl_ask(self->fd, &request, &reply, fn, arg));
	ASSERT_EQ(0, reply.error);
}

static uint64_t generation(FIXED)
{
	uint64_t snapshot = 0;

	ask_device(fixed, read_snapshot, &snapshot);
	return snapshot;
}

static void read_instance(const struct nlmsghdr *message, void *arg)
{
	read_u32(message, VDEV_A_INSTANCE, (uint32_t *)arg);
}

static uint32_t instance(FIXED)
{
	uint32_t number = 0;

	ask_device(fixed, read_instance, &number);
	ASSERT_NE(0, number);
	return number;
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
	self->instance = instance(fixed);
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
	return variant->command == VDEV_CMD_TYPE_GET ? self->type : self->device;
}

/* A request of the variant's kind that says of no endpoint what it wants. */
static void begin_empty(GIVEN)
{
	size_t source;

	(void)_metadata;
	nl_begin(&self->request, self->family, variant->flags, variant->command);
	if (is_get(variant))
		return;
	source = nl_nest_begin(&self->request, VDEV_A_SOURCE);
	nl_u32(&self->request, VDEV_A_SOURCE_ID, self->device);
	nl_nest_end(&self->request, source);
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

static bool kernel_is_from(unsigned int major, unsigned int minor)
{
	unsigned int have_major = 0, have_minor = 0;
	struct utsname name;

	if (!uname(&name))
		sscanf(name.release, "%u.%u", &have_major, &have_minor);
	return have_major > major ||
	       (have_major == major && have_minor >= minor);
}

/*
 * A verdict of the start of a dump. Kernels before 6.12 are not known to pass
 * more than the errno there.
 */
static void expect_from_start(struct verdict *verdict)
{
	if (kernel_is_from(6, 12))
		return;
	verdict->text = "";
	verdict->offset = NOWHERE;
	verdict->missing = 0;
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

/* Send the request; it must be rejected, and nothing must have changed. */
static void rejected(FIXED, const char *what, const char *field,
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
	if (sim_make(SIM_PARENT, SIM_TYPE, DEVICE) ||
	    sim_do("dev set %s %s", DEVICE, WIRE_TARGET)) {
		ksft_print_header();
		ksft_exit_fail_msg("the simulator makes no device: %s\n",
				   strerror(errno));
	}
	return test_harness_run(argc, argv);
}

#endif /* _TESTS_WIRE_FIXTURE_H */
