// SPDX-License-Identifier: GPL-2.0
/*
 * Replies that break the specification: each is rejected with the path of what
 * is wrong, or passed over, and none does harm. The sanitizers watch.
 */
#include <unistd.h>

#include "model/attr.h"
#include "model/object.h"
#include "message.h"
#include "print/json_object.h"
#include "print/out_text.h"
#include "test.h"

static struct nl_msg *reply;
static unsigned int flags;
static size_t cut;

static void answer(const struct nlmsghdr *request, void *arg)
{
	struct nlmsghdr *nlh = nlmsg_hdr(reply);

	(void)request;
	(void)arg;
	fake_datagram(nlh, nlh->nlmsg_len - cut, flags, 1);
	send_ack(&(struct reason){ 0 });
}

/* The error that a get returns for the reply; *path is what it points at. */
static int get(struct nl_msg *msg, char *path, size_t size)
{
	struct vdev_handle handle = { .id = 7 };
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_object *object;
	int err;

	reply = msg;
	fake_reset(answer, NULL);
	err = vdev_dev_get(sock, &handle, &object);
	if (path)
		snprintf(path, size, "%s",
			 vdev_sock_error(sock)->attr);
	vdev_object_free(object);
	vdev_sock_free(sock);
	nlmsg_free(msg);
	fake_reset(NULL, NULL);
	return err;
}

static int setup(void **state)
{
	(void)state;
	flags = 0;
	cut = 0;
	fake_reset(NULL, NULL);
	return 0;
}

/* Put one attribute with this payload as deep as the sets lead to it. */
static void put_deep(struct nl_msg *msg, const int *types, size_t depth, const void *data, int len)
{
	struct nlattr *nests[8];
	size_t i;

	for (i = 0; i + 1 < depth; i++)
		nests[i] = nla_nest_start(msg, types[i]);
	nla_put(msg, types[depth - 1], len, data);
	while (i-- > 0)
		nla_nest_end(msg, nests[i]);
}

static unsigned int bad_payloads;

static void expect_rejected(const int *types, size_t depth, const char *path, const char *data,
			    int len)
{
	struct nl_msg *msg = message_dev(7, "sim3", 1);
	char got[ATTR_PATH_SIZE];

	put_deep(msg, types, depth, data, len);
	assert_int_equal(get(msg, got, sizeof(got)), -EBADMSG);
	assert_string_equal(got, path);
	bad_payloads++;
}

static void try_attribute(const struct attr_def *def, const int *types, size_t depth,
			  const char *path)
{
	static const int bad_u32[] = { 0, 1, 3, 5, 8 };
	static const int bad_uint[] = { 0, 1, 3, 5, 7, 9, 16 };
	static const int bad_string[] = { 0, 1, 2, 64 };
	static const int bad_bitmap[] = { 1, 4, 7, 9 };
	static const char junk[64] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
	static const int bad_nest[] = { 1, 3, 4, 8 };
	const int *lengths = NULL;
	size_t num = 0;
	size_t i;

#define LENGTHS(list) do { lengths = (list); num = TEST_ARRAY_SIZE(list); } while (0)
	switch (def->format) {
	case ATTR_U32:
		LENGTHS(bad_u32);
		break;
	case ATTR_UINT:
		LENGTHS(bad_uint);
		break;
	case ATTR_STRING:
		LENGTHS(bad_string);
		break;
	case ATTR_BITMAP:
		LENGTHS(bad_bitmap);
		break;
	case ATTR_NEST:
		LENGTHS(bad_nest);
		break;
	default:
		break;
	}
	for (i = 0; i < num; i++)
		expect_rejected(types, depth, path, junk, lengths[i]);
}

static void try_set(const struct attr_set *set, int *types, size_t depth, const char *path)
{
	char longer[ATTR_PATH_SIZE];
	unsigned int type;

	for (type = 1; type < set->num_defs; type++) {
		const struct attr_def *def = vdev_attr_def(set, type);

		if (!def)
			continue;
		snprintf(longer, sizeof(longer), "%s%s%s", path, *path ? "." : "", def->name);
		types[depth] = (int)type;
		try_attribute(def, types, depth + 1, longer);
		if (def->nest)
			try_set(def->nest, types, depth + 1, longer);
	}
}

static void every_attribute_of_a_wrong_length_is_rejected_by_name(void **state)
{
	int types[8];

	(void)state;
	bad_payloads = 0;
	try_set(&vdev_attr_set, types, 0, "");
	assert_true(bad_payloads > 400);
}

static void an_endpoint_needs_number_name_and_bus(void **state)
{
	static const char *const expected[] = { "id", "name", "bus" };
	char path[ATTR_PATH_SIZE];
	int missing;

	(void)state;
	for (missing = 0; missing < 3; missing++) {
		struct nl_msg *msg = message_new(FAKE_FAMILY, VDEV_CMD_DEV_GET, 0);

		if (missing != 0)
			nla_put_u32(msg, VDEV_A_ID, 1);
		if (missing != 1)
			nla_put_string(msg, VDEV_A_NAME, "a");
		if (missing != 2)
			nla_put_string(msg, VDEV_A_BUS, "b");
		assert_int_equal(get(msg, path, sizeof(path)), -EBADMSG);
		assert_string_equal(path, expected[missing]);
	}
}

static void a_type_needs_a_parent(void **state)
{
	struct nl_msg *msg = message_new(FAKE_FAMILY, VDEV_CMD_TYPE_GET, 0);
	char path[ATTR_PATH_SIZE];

	(void)state;
	nla_put_u32(msg, VDEV_A_ID, 1);
	nla_put_string(msg, VDEV_A_NAME, "a");
	nla_put_string(msg, VDEV_A_PARENT_BUS, "b");
	assert_int_equal(get(msg, path, sizeof(path)), -EBADMSG);
	assert_string_equal(path, "parent");
}

static void a_command_that_was_not_asked_for_is_rejected(void **state)
{
	struct nl_msg *msg = message_new(FAKE_FAMILY, 99, 0);

	(void)state;
	nla_put_u32(msg, VDEV_A_ID, 1);
	nla_put_string(msg, VDEV_A_NAME, "a");
	nla_put_string(msg, VDEV_A_BUS, "b");
	assert_int_equal(get(msg, NULL, 0), -EBADMSG);
}

static void a_truncated_datagram_is_rejected(void **state)
{
	(void)state;
	flags = FAKE_TRUNCATED;
	assert_int_equal(get(message_full(), NULL, 0), -EBADMSG);
}

static void a_message_cut_anywhere_is_rejected(void **state)
{
	struct nl_msg *msg = message_full();
	size_t len = nlmsg_hdr(msg)->nlmsg_len;

	(void)state;
	nlmsg_free(msg);
	for (cut = 1; cut < len; cut++)
		assert_int_equal(get(message_full(), NULL, 0), -EBADMSG);
}

static void a_reply_without_its_header_is_rejected(void **state)
{
	struct nl_msg *msg = message_dev(7, "sim3", 1);

	(void)state;
	nlmsg_hdr(msg)->nlmsg_len = NLMSG_HDRLEN + 2;
	assert_int_equal(get(msg, NULL, 0), -EBADMSG);
}

static void a_message_shorter_than_itself_is_rejected(void **state)
{
	struct nl_msg *msg = message_dev(7, "sim3", 1);

	(void)state;
	nlmsg_hdr(msg)->nlmsg_len = 8;
	assert_int_equal(get(msg, NULL, 0), -EBADMSG);
}

static void short_end(const struct nlmsghdr *request, void *arg)
{
	struct nlmsghdr nlh = {
		.nlmsg_len = sizeof(nlh),
		.nlmsg_type = *(uint16_t *)arg,
		.nlmsg_flags = NLM_F_ACK_TLVS,
	};

	(void)request;
	fake_datagram(&nlh, sizeof(nlh), 0, 1);
}

static void an_end_without_its_number_is_rejected(void **state)
{
	uint16_t types[] = { NLMSG_DONE, NLMSG_ERROR };
	struct vdev_sock *sock = vdev_sock_new();
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(types); i++) {
		fake_reset(short_end, &types[i]);
		assert_int_equal(vdev_dev_dump(sock, NULL, NULL, NULL), -EBADMSG);
		assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_REPLY);
	}
	vdev_sock_free(sock);
}

static void broken_family(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_new(GENL_ID_CTRL, CTRL_CMD_NEWFAMILY, 0);
	unsigned int what = *(unsigned int *)arg;

	(void)request;
	if (what == 0)
		nla_put_u8(msg, CTRL_ATTR_FAMILY_ID, 1);
	else if (what == 1)
		nla_put_u32(msg, CTRL_ATTR_FAMILY_ID, 0x1c);
	else if (what == 2)
		nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, NLMSG_DONE);
	if (what == 4)
		nlmsg_free(msg);
	else
		message_send(msg);
	send_ack(&(struct reason){ 0 });
}

static void a_broken_number_of_the_family_is_rejected(void **state)
{
	struct vdev_sock *sock = vdev_sock_new();
	unsigned int what;

	(void)state;
	for (what = 0; what < 5; what++) {
		fake_reset(broken_family, &what);
		fake.all_requests = 1;
		assert_int_equal(vdev_sock_connect(sock), -EBADMSG);
	}
	vdev_sock_free(sock);
}

/* Random but the same on every run. */
static uint32_t random_number(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void render(const struct vdev_object *object, FILE *file)
{
	json_t *json = json_from_object(object);

	assert_non_null(json);
	json_decref(json);
	out_text(file, object, true);
	out_text(file, object, false);
}

static void random_damage_does_no_harm(void **state)
{
	struct nl_msg *msg = message_full();
	size_t len = nlmsg_hdr(msg)->nlmsg_len;
	FILE *file = fopen("/dev/null", "w");
	char *copy = malloc(len);
	struct vdev_object object = { 0 };
	char path[ATTR_PATH_SIZE];
	unsigned int decoded = 0;
	uint32_t seed = 1;
	unsigned int round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		unsigned int changes = 1 + random_number(&seed) % 4;
		struct nlmsghdr *nlh = (struct nlmsghdr *)copy;

		memcpy(copy, nlmsg_hdr(msg), len);
		while (changes--)
			copy[NLMSG_HDRLEN + random_number(&seed) % (len - NLMSG_HDRLEN)] =
				(char)random_number(&seed);
		if (vdev_object_check(nlh, path))
			continue;
		assert_int_equal(vdev_object_decode(&object, nlh), 0);
		if (decoded++ % 8 == 0)
			render(&object, file);
	}
	assert_true(decoded > 1000);
	vdev_arena_free(&object.arena);
	free(copy);
	fclose(file);
	nlmsg_free(msg);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup(function, setup)
	const struct CMUnitTest tests[] = {
		TEST(every_attribute_of_a_wrong_length_is_rejected_by_name),
		TEST(an_endpoint_needs_number_name_and_bus),
		TEST(a_type_needs_a_parent),
		TEST(a_command_that_was_not_asked_for_is_rejected),
		TEST(a_truncated_datagram_is_rejected),
		TEST(a_message_cut_anywhere_is_rejected),
		TEST(a_reply_without_its_header_is_rejected),
		TEST(a_message_shorter_than_itself_is_rejected),
		TEST(an_end_without_its_number_is_rejected),
		TEST(a_broken_number_of_the_family_is_rejected),
		TEST(random_damage_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
