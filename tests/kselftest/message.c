// SPDX-License-Identifier: GPL-2.0
/*
 * What the family says to messages that are wrong as a whole, and what it reports
 * in answers. See wire.c for wrong attributes, request.c for those that do not go
 * together.
 */
#include "wire_fixture.h"

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

TEST_F(wire, rejects_bytes_behind_the_last_attribute)
{
	struct verdict verdict = VERDICT(EINVAL, LEFT_OVER);
	size_t len;

	for (len = 1; len < NLA_HDRLEN; len++) {
		begin(given);
		nl_raw(&self->request, "xyz", len);
		rejected(fixed, "garbage", "end", &verdict);
	}
	begin(given);
	nl_raw(&self->request, NULL, NLA_HDRLEN);
	rejected(fixed, "zeroes", "end", &verdict);
}

TEST_F(wire, rejects_flags_that_mean_nothing)
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
		rejected(fixed, "flags", "header", &verdict);
	}
}

TEST_F(wire, rejects_a_reserved_field_that_is_set)
{
	static const uint16_t values[] = { 1, 0x100, UINT16_MAX };
	struct verdict verdict = VERDICT(EINVAL, "genlmsghdr.reserved field is not 0");
	struct genlmsghdr *genl;
	unsigned int i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		begin(given);
		genl = (struct genlmsghdr *)NLMSG_DATA(&self->request.header);
		genl->reserved = values[i];
		rejected(fixed, "reserved", "header", &verdict);
	}
}

TEST_F(wire, answers_any_version_in_the_same_way)
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

TEST_F(wire, rejects_commands_that_are_not_known)
{
	static const uint8_t commands[] = { 0, VDEV_CMD_MAX + 1, 255 };
	struct verdict verdict = VERDICT(EOPNOTSUPP, ANYTHING);
	struct genlmsghdr *genl;
	unsigned int i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		begin(given);
		genl = (struct genlmsghdr *)NLMSG_DATA(&self->request.header);
		genl->cmd = commands[i];
		rejected(fixed, "command", "header", &verdict);
	}
}

TEST_F(wire, rejects_a_message_without_its_header)
{
	struct verdict verdict = VERDICT(EINVAL, ANYTHING);
	size_t len;

	for (len = NLMSG_HDRLEN; len < NLMSG_HDRLEN + GENL_HDRLEN; len++) {
		begin_empty(given);
		self->request.len = len;
		rejected(fixed, "cut", "header", &verdict);
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

TEST_F(wire, rejects_64_kib_of_letters)
{
	static char letters[60 * 1024];
	struct verdict verdict = VERDICT(EINVAL, variant->command == VDEV_CMD_FIND ?
					 "attribute is not part of this request" :
					 "Attribute failed policy validation");

	memset(letters, 'x', sizeof(letters));
	begin(given);
	verdict.offset = nl_attr(&self->request, VDEV_A_NAME, letters,
				 sizeof(letters));
	nl_raw(&self->request, NULL, 64 * 1024 - self->request.len);
	rejected(fixed, "64 KiB", "NAME", &verdict);
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
	/* A socket has one dump at a time, but a short one ends at once. */
	EXPECT_EQ(0, replies[0].error + replies[1].error);
	EXPECT_LT(0, replies[0].messages);
	EXPECT_EQ(replies[0].messages, replies[1].messages);
}

TEST_F(wire, says_that_there_is_no_such_endpoint)
{
	bool type = variant->command == VDEV_CMD_TYPE_GET;
	uint32_t ids[] = { INT32_MAX, UINT32_MAX, type ? self->device : self->type };
	struct verdict verdict = VERDICT(ENODEV, absent_text(variant));
	unsigned int i;

	if (is_dump(variant)) {
		EXPECT_EQ(0, found(given, VDEV_A_FILTER_BUS, "none-such",
				   sizeof("none-such")));
		return;
	}
	/* The last of them is only of the other kind, which check takes. */
	for (i = 0; i < (is_get(variant) ? 3 : 2); i++) {
		begin_empty(given);
		verdict.offset = nl_u32(&self->request, VDEV_A_ID, ids[i]);
		rejected(fixed, "absent", "ID", &verdict);
	}

	begin_empty(given);
	if (type) {
		nl_string(&self->request, VDEV_A_PARENT_BUS, "sim");
		nl_string(&self->request, VDEV_A_PARENT, SIM_PARENT);
	} else {
		nl_string(&self->request, VDEV_A_BUS, "sim");
	}
	verdict.offset = nl_string(&self->request, VDEV_A_NAME, "none-such");
	rejected(fixed, "absent", "NAME", &verdict);
}

TEST_F(wire, answers_by_number_and_by_name)
{
	unsigned int dumped = variant->command == VDEV_CMD_FIND ? 2 : 1;
	uint32_t id = 0;

	if (is_dump(variant)) {
		EXPECT_EQ(dumped, found(given, VDEV_A_FILTER_PARENT, SIM_PARENT,
					sizeof(SIM_PARENT)));
		return;
	}
	begin(given);
	answered(fixed, "by number", 1);
	begin_empty(given);
	put_name(&self->request, variant->command == VDEV_CMD_TYPE_GET);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, read_id, &id));
	EXPECT_EQ(own_id(given), id);
}

static void put_source(struct nl_request *request, bool type, uint32_t id)
{
	if (id) {
		nl_u32(request, VDEV_A_SOURCE_ID, id);
	} else if (type) {
		nl_string(request, VDEV_A_SOURCE_PARENT_BUS, "sim");
		nl_string(request, VDEV_A_SOURCE_PARENT, SIM_PARENT);
		nl_string(request, VDEV_A_SOURCE_NAME, SIM_TYPE);
	} else {
		nl_string(request, VDEV_A_SOURCE_BUS, "sim");
		nl_string(request, VDEV_A_SOURCE_NAME, DEVICE);
	}
}

/* Both kinds, by number and by name, as target and as source. */
TEST_F(wire, judges_whatever_is_named)
{
	const uint32_t ids[] = { 0, 0, self->device, self->type };
	struct nl_request *request = &self->request;
	unsigned int target, source;
	size_t nest;

	if (variant->command != VDEV_CMD_CHECK)
		return;
	for (target = 0; target < 2; target++) {
		for (source = 0; source < 4; source++) {
			nl_begin(request, self->family, NLM_F_ACK, VDEV_CMD_CHECK);
			put_name(request, target);
			nest = nl_nest_begin(request, VDEV_A_SOURCE);
			put_source(request, source & 1, ids[source]);
			nl_nest_end(request, nest);
			answered(fixed, "target and source", 1);
		}
	}
}

/* What changed after a generation of an instance; of either only if it is not 0. */
static size_t begin_since(GIVEN, uint64_t since, uint32_t instance)
{
	size_t nest;

	begin_empty(given);
	nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
	if (since)
		nl_u64(&self->request, VDEV_A_FILTER_SINCE, since);
	if (instance)
		nl_u32(&self->request, VDEV_A_FILTER_INSTANCE, instance);
	nl_nest_end(&self->request, nest);
	return nest;
}

static void rejected_since(GIVEN, uint64_t since)
{
	struct verdict verdict = VERDICT(ESTALE, "that generation has not been reached");

	verdict.offset = begin_since(given, since, self->instance) + NLA_HDRLEN;
	expect_from_start(&verdict);
	rejected(fixed, "to come", "since", &verdict);
}

/* Of an earlier load of the module, whatever its number is. */
static void rejected_instance(GIVEN, uint64_t since)
{
	struct verdict verdict = VERDICT(ESTALE, "that generation is of another instance");

	verdict.offset = begin_since(given, since, self->instance ^ 1 ?: 2) +
			 NLA_HDRLEN + NLA_HDRLEN + sizeof(since);
	expect_from_start(&verdict);
	rejected(fixed, "of another instance", "since", &verdict);
}

/* A generation says nothing without its instance, and the reverse. */
static void rejected_half(GIVEN, uint64_t since, uint32_t instance)
{
	struct verdict verdict = VERDICT(EINVAL, "");

	begin_since(given, since, instance);
	verdict.missing = since ? VDEV_A_FILTER_INSTANCE : VDEV_A_FILTER_SINCE;
	expect_from_start(&verdict);
	rejected(fixed, "one without the other", "since", &verdict);
}

static unsigned int found_since(GIVEN, uint64_t since)
{
	begin_since(given, since, self->instance);
	if (nl_ask(self->fd, &self->request, &self->reply, NULL, NULL))
		return UINT32_MAX;
	EXPECT_EQ(0, self->reply.error);
	return self->reply.messages;
}

TEST_F(wire, filters_by_generation)
{
	struct verdict verdict = VERDICT(EINVAL, is_get(variant) ?
					 "a filter is for a dump" :
					 "NLA_F_NESTED not expected");
	unsigned int all;
	size_t nest;

	if (!is_dump(variant)) {
		begin(given);
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		nl_u64(&self->request, VDEV_A_FILTER_SINCE, 1);
		nl_nest_end(&self->request, nest);
		verdict.offset = nest;
		rejected(fixed, "since", "filter", &verdict);
		return;
	}
	all = found(given, VDEV_A_FILTER_BUS, "sim", sizeof("sim"));
	EXPECT_LT(0, all);
	EXPECT_LE(all, found_since(given, 1));
	EXPECT_EQ(0, found_since(given, self->generation));
	rejected_since(given, self->generation + 1);
	rejected_since(given, UINT64_MAX);
	rejected_instance(given, 1);
	rejected_instance(given, self->generation);
	rejected_half(given, self->generation, 0);
	rejected_half(given, 0, self->instance);
}

/* What an endpoint is, what is counted for it, or how it was judged. */
static bool says_something(const struct nlmsghdr *message)
{
	const struct nlattr *record = nl_find(message, VDEV_A_RECORD);
	const struct nlattr *counter = nl_find(message, VDEV_A_COUNTER);
	const struct nlattr *rank = nl_find(message, VDEV_A_RANK);

	if (record)
		return nl_find(message, VDEV_A_PROVIDER) &&
		       (record->nla_type & NLA_F_NESTED);
	if (counter)
		return counter->nla_type & NLA_F_NESTED;
	return nl_find(message, VDEV_A_VERDICT) && rank &&
	       (rank->nla_type & NLA_F_NESTED);
}

static bool is_number(const struct nlattr *attr)
{
	return attr && nl_len(attr) == sizeof(uint32_t) && nl_get_u32(attr);
}

static bool is_uint(const struct nlattr *attr)
{
	uint64_t number = attr ? nl_get_uint(attr) : 0;

	return attr && nl_len(attr) == (number > UINT32_MAX ? 8 : 4);
}

/* Every message of an endpoint begins with the same numbers. */
static void check_head(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *generation = nl_find(message, VDEV_A_GENERATION);
	const struct nlattr *snapshot = nl_find(message, VDEV_A_SNAPSHOT);
	const struct nlattr *id = nl_find(message, VDEV_A_ID);
	unsigned int *good = (unsigned int *)arg;

	if (is_number(id) &&
	    is_number(nl_find(message, VDEV_A_INSTANCE)) &&
	    is_number(nl_find(message, VDEV_A_ENDPOINT)) &&
	    is_uint(generation) && is_uint(snapshot) &&
	    nl_get_uint(generation) <= nl_get_uint(snapshot) &&
	    nl_find(message, VDEV_A_BUS) && nl_find(message, VDEV_A_NAME) &&
	    says_something(message))
		++*good;
}

TEST_F(wire, reports_who_and_when_in_every_message)
{
	unsigned int good = 0;

	begin(given);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, check_head,
			    &good));
	EXPECT_LT(0, good);
	EXPECT_EQ(self->reply.messages, good);
}
