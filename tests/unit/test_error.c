// SPDX-License-Identifier: GPL-2.0
/* Errors that the kernel sends, and the attribute that they point at. */
#include "model/attr.h"
#include "message.h"
#include "test.h"

static struct reason reason;
static struct vdev_sock *sock;
/* Path of the attribute whose offset the rejection has. */
static const int *target;

static int setup(void **state)
{
	(void)state;
	reason = (struct reason){ .error = EINVAL, .words = "no good" };
	target = NULL;
	sock = vdev_sock_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	vdev_sock_free(sock);
	fake_reset(NULL, NULL);
	return 0;
}

static uint32_t find_offset(const struct nlmsghdr *request)
{
	const struct nlattr *attr = NULL;
	const struct nlattr *head = nlmsg_attrdata(request, GENL_HDRLEN);
	int len = nlmsg_attrlen(request, GENL_HDRLEN);
	const int *type;

	for (type = target; *type; type++) {
		attr = nla_find(head, len, *type);
		assert_non_null(attr);
		head = nla_data(attr);
		len = nla_len(attr);
	}
	return (uint32_t)((const char *)attr - (const char *)request);
}

static void reject(const struct nlmsghdr *request, void *arg)
{
	(void)arg;
	if (target && reason.missing_type)
		reason.missing_nest = find_offset(request);
	else if (target)
		reason.offset = find_offset(request);
	send_ack(&reason);
}

static const struct vdev_error *dump(void)
{
	struct vdev_filter *filter = vdev_filter_new();

	vdev_filter_set_bus(filter, "pci");
	vdev_filter_set_parent(filter, "a");
	vdev_filter_set_since(filter, 5, 7);
	fake_reset(reject, NULL);
	assert_int_equal(vdev_dev_dump(sock, filter, NULL, NULL), -reason.error);
	vdev_filter_free(filter);
	return vdev_sock_error(sock);
}

static const struct vdev_error *get(void)
{
	struct vdev_handle handle = { .bus = "sim", .name = "sim1" };
	struct vdev_object *object;

	fake_reset(reject, NULL);
	assert_int_equal(vdev_dev_get(sock, &handle, &object), -reason.error);
	return vdev_sock_error(sock);
}

static void a_rejection_has_errno_words_and_path(void **state)
{
	static const int since[] = { VDEV_A_FILTER, VDEV_A_FILTER_SINCE, 0 };
	const struct vdev_error *error;

	(void)state;
	target = since;
	error = dump();
	assert_int_equal(error->type, VDEV_ERROR_KERNEL);
	assert_int_equal(error->code, EINVAL);
	assert_string_equal(error->message, "no good");
	assert_true(error->from_kernel);
	assert_string_equal(error->attr, "filter.since");
}

static void an_attribute_at_the_top_has_a_short_path(void **state)
{
	static const int name[] = { VDEV_A_NAME, 0 };
	static const int filter[] = { VDEV_A_FILTER, 0 };

	(void)state;
	target = name;
	assert_string_equal(get()->attr, "name");
	target = filter;
	assert_string_equal(dump()->attr, "filter");
}

static void a_whole_request_may_come_back(void **state)
{
	static const int parent[] = { VDEV_A_FILTER, VDEV_A_FILTER_PARENT, 0 };

	(void)state;
	target = parent;
	reason.uncapped = 1;
	assert_string_equal(dump()->attr, "filter.parent");
	assert_string_equal(dump()->message, "no good");
}

static void a_missing_attribute_is_named(void **state)
{
	(void)state;
	reason.missing_type = VDEV_A_BUS;
	reason.words = NULL;
	assert_string_equal(get()->attr, "bus");
	assert_string_equal(vdev_sock_error(sock)->message, "an attribute is missing");
	assert_false(vdev_sock_error(sock)->from_kernel);
}

static void a_missing_attribute_of_a_nest_is_named(void **state)
{
	static const int filter[] = { VDEV_A_FILTER, 0 };

	(void)state;
	reason.missing_type = VDEV_A_FILTER_MODEL;
	target = filter;
	assert_string_equal(dump()->attr, "filter.model");
}

static void a_missing_attribute_without_a_name_has_its_number(void **state)
{
	(void)state;
	reason.missing_type = 77;
	assert_string_equal(get()->attr, "attribute-77");
}

static void an_offset_to_nowhere_is_no_path(void **state)
{
	(void)state;
	reason.offset = 3;
	assert_string_equal(get()->attr, "");
	reason.offset = 100000;
	assert_string_equal(get()->attr, "");
	reason.offset = NLMSG_HDRLEN + GENL_HDRLEN + 1;
	assert_string_equal(get()->attr, "");
}

static void a_rejection_without_words_has_the_errnos(void **state)
{
	(void)state;
	reason = (struct reason){ .error = ENODEV };
	assert_string_equal(get()->message, "no such device");
	reason.error = EIO;
	assert_string_equal(get()->message, "input/output error");
	reason.error = 4000;
#ifdef VDEV_ANY_LIBC
	assert_non_null(strstr(get()->message, "error 4000"));
#else
	assert_string_equal(get()->message, "error 4000");
#endif
}

static void long_words_are_cut(void **state)
{
	char words[2000];

	(void)state;
	memset(words, 'x', sizeof(words) - 1);
	words[sizeof(words) - 1] = '\0';
	reason.words = words;
	assert_int_equal(strlen(get()->message), 511);
}

static void numbers_that_are_no_errno(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	send_ack(&reason);
}

static void a_number_that_is_no_errno_is_a_broken_reply(void **state)
{
	static const int numbers[] = { -5, 4096, INT32_MAX };
	struct vdev_handle handle = { .id = 1 };
	struct vdev_object *object;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(numbers); i++) {
		reason.error = numbers[i];
		fake_reset(numbers_that_are_no_errno, NULL);
		assert_int_equal(vdev_dev_get(sock, &handle, &object), -EBADMSG);
		assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_REPLY);
	}
}

/* Odd words, too short numbers: what of them is unfit is passed over. */
static void odd_words(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = nlmsg_alloc_size(1024);
	struct nlmsgerr *err;

	(void)request;
	(void)arg;
	nlmsg_put(msg, 0, 0, NLMSG_ERROR, sizeof(*err), NLM_F_ACK_TLVS | NLM_F_CAPPED);
	err = nlmsg_data(nlmsg_hdr(msg));
	err->error = -EINVAL;
	err->msg.nlmsg_len = UINT32_MAX;
	nla_put(msg, NLMSGERR_ATTR_MSG, 4, "abcd");
	nla_put(msg, NLMSGERR_ATTR_MSG, 0, NULL);
	nla_put(msg, NLMSGERR_ATTR_OFFS, 2, "ab");
	nla_put(msg, NLMSGERR_ATTR_MISS_TYPE, 8, "abcdefgh");
	nla_put(msg, NLMSGERR_ATTR_MISS_NEST, 0, NULL);
	nla_put(msg, 99, 0, NULL);
	message_send(msg);
}

static void an_odd_acknowledgement_does_no_harm(void **state)
{
	struct vdev_handle handle = { .id = 1 };
	struct vdev_object *object;

	(void)state;
	fake_reset(odd_words, NULL);
	assert_int_equal(vdev_dev_get(sock, &handle, &object), -EINVAL);
	assert_string_equal(vdev_sock_error(sock)->message, "invalid argument");
	assert_string_equal(vdev_sock_error(sock)->attr, "");
}

static void lying_length(const struct nlmsghdr *request, void *arg)
{
	struct {
		struct nlmsghdr nlh;
		struct nlmsgerr err;
		char tail[8];
	} reply = {
		.nlh = {
			.nlmsg_len = sizeof(reply),
			.nlmsg_type = NLMSG_ERROR,
			.nlmsg_flags = NLM_F_ACK_TLVS,
		},
		.err = { .error = -EINVAL, .msg = { .nlmsg_len = *(uint32_t *)arg } },
	};

	(void)request;
	fake_datagram(&reply, sizeof(reply), 0, 1);
}

static void a_lie_about_the_length_of_the_request_does_no_harm(void **state)
{
	static const uint32_t lengths[] = { 0, 1, 15, 16, 17, 24, 4096, INT32_MAX, UINT32_MAX };
	struct vdev_handle handle = { .id = 1 };
	struct vdev_object *object;
	uint32_t length;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(lengths); i++) {
		length = lengths[i];
		fake_reset(lying_length, &length);
		assert_int_equal(vdev_dev_get(sock, &handle, &object), -EINVAL);
	}
}

static void a_path_that_is_too_long_is_cut(void **state)
{
	struct attr_def defs[2] = { { 0 } };
	struct attr_set deep = { .name = "deep", .defs = defs, .num_defs = 2 };
	char name[150];
	char path[ATTR_PATH_SIZE];
	struct nl_msg *msg = nlmsg_alloc_size(1024);
	struct nlattr *outer, *inner;
	struct nlmsghdr *nlh;

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	defs[1] = (struct attr_def){ name, ATTR_NEST, &deep };
	nlmsg_put(msg, 0, 0, 0, 0, 0);
	outer = nla_nest_start(msg, 1);
	inner = nla_nest_start(msg, 1);
	nla_nest_end(msg, inner);
	nla_put_u32(msg, 1, 0xffffffff);
	nla_nest_end(msg, outer);
	nlh = nlmsg_hdr(msg);
	assert_int_equal(vdev_attrs_check(&deep, nlmsg_attrdata(nlh, 0), nlmsg_attrlen(nlh, 0),
					  path), -EBADMSG);
	assert_int_equal(strlen(path), ATTR_PATH_SIZE - 1);
	nlmsg_free(msg);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_rejection_has_errno_words_and_path),
		TEST(an_attribute_at_the_top_has_a_short_path),
		TEST(a_whole_request_may_come_back),
		TEST(a_missing_attribute_is_named),
		TEST(a_missing_attribute_of_a_nest_is_named),
		TEST(a_missing_attribute_without_a_name_has_its_number),
		TEST(an_offset_to_nowhere_is_no_path),
		TEST(a_rejection_without_words_has_the_errnos),
		TEST(long_words_are_cut),
		TEST(a_number_that_is_no_errno_is_a_broken_reply),
		TEST(an_odd_acknowledgement_does_no_harm),
		TEST(a_lie_about_the_length_of_the_request_does_no_harm),
		TEST(a_path_that_is_too_long_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
