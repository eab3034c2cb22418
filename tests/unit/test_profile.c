// SPDX-License-Identifier: GPL-2.0
/* What is asked of the kernel about profiles, and what it tells. */
#include "test.h"
#include "message.h"

static struct vdev_sock *sock;

static int set_up(void **state)
{
	(void)state;
	sock = vdev_sock_new();
	return sock ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	fake_reset(NULL, NULL);
	vdev_sock_free(sock);
	return 0;
}

static struct nl_msg *reply;

static void expect_request(uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlmsghdr *request = fake_request();

	assert_int_equal(((struct genlmsghdr *)nlmsg_data(request))->cmd, cmd);
	assert_int_equal(nlmsg_attrlen(request, GENL_HDRLEN), len);
	assert_memory_equal(nlmsg_attrdata(request, GENL_HDRLEN), attrs, len);
}

static struct nl_msg *set_reply(void)
{
	return message_as(VDEV_CMD_PROFILE_SET, message_profile("p", true));
}

static void what_is_declared_is_sent_and_no_more(void **state)
{
	static const char *const accept[] = { "mtty-9" };
	static const struct vdev_ident type = { .accept = accept, .num_accept = 1 };
	static const struct vdev_feature feature = { .name = "f" };
	static const struct vdev_param param = {
		.name = "n", .kind = VDEV_VALUE_TYPE_BOOL, .origin = VDEV_ORIGIN_INHERITED,
	};
	const struct vdev_draft declared = {
		.type = &type, .features = &feature, .num_features = 1,
		.params = &param, .num_params = 1, .versions_rule = VDEV_RULE_EQUAL,
	};
	const struct vdev_profile_draft draft = {
		.name = "p", .driver = "mtty", .migration = VDEV_MIGRATION_SUPPORTED,
		.declared = &declared,
	};
	struct nl_msg *msg = message_new(0, VDEV_CMD_PROFILE_SET, 0);
	struct nlattr *record, *nest;

	(void)state;
	nla_put_string(msg, VDEV_A_PROFILE_NAME, "p");
	nla_put_string(msg, VDEV_A_PROFILE_DRIVER, "mtty");
	nla_put_u32(msg, VDEV_A_PROFILE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	record = nla_nest_start(msg, VDEV_A_PROFILE_RECORD | NLA_F_NESTED);
	nest = nla_nest_start(msg, VDEV_A_RECORD_TYPE | NLA_F_NESTED);
	nla_put_string(msg, VDEV_A_IDENT_ACCEPT, "mtty-9");
	nla_nest_end(msg, nest);
	nest = nla_nest_start(msg, VDEV_A_RECORD_VERSIONS | NLA_F_NESTED);
	nla_put_u32(msg, VDEV_A_VERSIONS_RULE, VDEV_RULE_EQUAL);
	nla_nest_end(msg, nest);
	nest = nla_nest_start(msg, VDEV_A_RECORD_FEATURE | NLA_F_NESTED);
	nla_put_string(msg, VDEV_A_FEATURE_NAME, "f");
	nla_nest_end(msg, nest);
	nest = nla_nest_start(msg, VDEV_A_RECORD_PARAM | NLA_F_NESTED);
	nla_put_string(msg, VDEV_A_PARAM_NAME, "n");
	nla_put_u32(msg, VDEV_A_PARAM_VALUE_TYPE, VDEV_VALUE_TYPE_BOOL);
	nla_put_u32(msg, VDEV_A_PARAM_FLAGS, 0);
	nla_nest_end(msg, nest);
	nla_nest_end(msg, record);
	nla_put_flag(msg, VDEV_A_PROFILE_REPLACE);

	reply = set_reply();
	fake_reset(respond_with, &reply);
	assert_int_equal(vdev_profile_set(sock, &draft, sizeof(draft), sizeof(declared), true,
					  NULL), 0);
	expect_request(VDEV_CMD_PROFILE_SET, nlmsg_attrdata(nlmsg_hdr(msg), GENL_HDRLEN),
		       (size_t)nlmsg_attrlen(nlmsg_hdr(msg), GENL_HDRLEN));
	nlmsg_free(msg);
}

static void a_draft_of_another_version_is_read_as_far_as_it_goes(void **state)
{
	struct {
		struct vdev_profile_draft draft;
		uint32_t more;
	} newer = { .draft = { .name = "p" } };
	const uint16_t attrs[] = { 6, VDEV_A_PROFILE_NAME, 'p', 0 };
	struct vdev_profile *profile = (void *)1;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = set_reply();
	assert_int_equal(vdev_profile_set(sock, &newer.draft, sizeof(newer), 0, false, NULL), 0);
	expect_request(VDEV_CMD_PROFILE_SET, attrs, sizeof(attrs));
	reply = set_reply();
	assert_int_equal(vdev_profile_set(sock, &newer.draft, sizeof(newer.draft.name), 0, false,
					  NULL), 0);
	expect_request(VDEV_CMD_PROFILE_SET, attrs, sizeof(attrs));
	newer.more = 1;
	assert_int_equal(vdev_profile_set(sock, &newer.draft, sizeof(newer), 0, false, &profile),
			 -EINVAL);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "the draft is newer than this library");
}

static void a_refusal_names_the_attribute(void **state)
{
	struct refusal refusal = { .error = EEXIST, .words = "a profile of that name exists",
				   .offset = NLMSG_HDRLEN + GENL_HDRLEN };
	struct vdev_profile_draft draft = { .name = "p" };
	struct vdev_profile *profile = (void *)1;

	(void)state;
	fake_reset(respond_refusal, &refusal);
	assert_int_equal(vdev_profile_set(sock, &draft, sizeof(draft), 0, false, &profile),
			 -EEXIST);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->attr, "name");
	refusal = (struct refusal){ .error = ENOENT, .words = "no such profile",
				    .offset = NLMSG_HDRLEN + GENL_HDRLEN };
	profile = (void *)1;
	assert_int_equal(vdev_profile_del(sock, "p", &profile), -ENOENT);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->message, "no such profile");
}

static void a_kernel_without_profiles_is_said_to_be_old(void **state)
{
	struct refusal refusal = { .error = EOPNOTSUPP };
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_refusal, &refusal);
	assert_int_equal(vdev_profile_get(sock, "p", &profile), -EOPNOTSUPP);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "the kernel's vdev module is too old for profiles");
}

static void assert_full(const struct vdev_profile *profile)
{
	const struct vdev_ident *type;

	assert_string_equal(vdev_profile_name(profile), "p");
	assert_int_equal(vdev_profile_instance(profile), MESSAGE_INSTANCE);
	assert_int_equal(vdev_profile_generation(profile), 38);
	assert_int_equal(vdev_profile_snapshot(profile), 41);
	assert_int_equal(vdev_profile_changed(profile), 3);
	assert_int_equal(vdev_profile_capabilities(profile), VDEV_CAPABILITY_STOP_COPY);
	assert_int_equal(vdev_profile_cost(profile)->state_size, 1ULL << 33);
	assert_int_equal(vdev_profile_cost(profile)->precopy_size, VDEV_UNKNOWN64);
	assert_int_equal(vdev_profile_cost(profile)->downtime, 1500);
	assert_string_equal(vdev_profile_bus(profile), "mdev");
	assert_string_equal(vdev_profile_driver(profile), "mtty");
	assert_string_equal(vdev_profile_type(profile), "mtty-?");
	assert_int_equal(vdev_profile_migration(profile), VDEV_MIGRATION_SUPPORTED);
	type = vdev_record_type(vdev_profile_record(profile));
	assert_null(type->value);
	assert_int_equal(type->num_accept, 1);
	assert_string_equal(type->accept[0], "mtty-9");
}

static void a_profile_is_decoded(void **state)
{
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = message_profile("p", true);
	assert_int_equal(vdev_profile_get(sock, "p", &profile), 0);
	assert_full(profile);
	vdev_profile_free(profile);
	vdev_profile_free(NULL);
}

static void a_number_may_have_more_bytes_than_it_needs(void **state)
{
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_with, &reply);
	message_wide = true;
	reply = message_profile("p", true);
	message_wide = false;
	assert_int_equal(vdev_profile_get(sock, "p", &profile), 0);
	assert_full(profile);
	vdev_profile_free(profile);
}

static void what_is_not_told_is_absent(void **state)
{
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = message_profile("p", false);
	assert_int_equal(vdev_profile_get(sock, "p", &profile), 0);
	assert_int_equal(vdev_profile_instance(profile), 0);
	assert_int_equal(vdev_profile_generation(profile), 0);
	assert_int_equal(vdev_profile_snapshot(profile), 0);
	assert_int_equal(vdev_profile_changed(profile), VDEV_UNKNOWN32);
	assert_int_equal(vdev_profile_capabilities(profile), 0);
	assert_null(vdev_profile_cost(profile));
	assert_null(vdev_profile_record(profile));
	vdev_profile_free(profile);
}

static void an_answer_without_a_profile_is_none(void **state)
{
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = NULL;
	assert_int_equal(vdev_profile_get(sock, "p", &profile), -EBADMSG);
	fake_reset(respond_with, &reply);
	reply = message_new(fake.family, VDEV_CMD_PROFILE_GET, 0);
	assert_int_equal(vdev_profile_get(sock, "p", &profile), -EBADMSG);
	assert_string_equal(vdev_sock_error(sock)->attr, "name");
	fake_reset(respond_with, &reply);
	reply = message_dev(1, "a", 5);
	assert_int_equal(vdev_profile_get(sock, "p", &profile), -EBADMSG);
	assert_null(profile);
}

static void a_change_is_answered_with_the_profile(void **state)
{
	struct vdev_profile_draft draft = { .name = "p" };
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = set_reply();
	assert_int_equal(vdev_profile_set(sock, &draft, sizeof(draft), 0, false, &profile), 0);
	assert_full(profile);
	vdev_profile_free(profile);
	reply = message_as(VDEV_CMD_PROFILE_DEL, message_profile("p", true));
	assert_int_equal(vdev_profile_del(sock, "p", &profile), 0);
	assert_full(profile);
	vdev_profile_free(profile);
	reply = message_as(VDEV_CMD_PROFILE_DEL, message_profile("p", true));
	assert_int_equal(vdev_profile_del(sock, "p", NULL), 0);
}

static void a_change_without_an_answer_is_none(void **state)
{
	struct vdev_profile_draft draft = { .name = "p" };
	struct vdev_profile *profile = (void *)1;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = NULL;
	assert_int_equal(vdev_profile_set(sock, &draft, sizeof(draft), 0, false, &profile),
			 -EBADMSG);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->message, "the reply has no profile");
	assert_int_equal(vdev_profile_del(sock, "p", NULL), -EBADMSG);
	assert_string_equal(vdev_sock_error(sock)->message, "the reply has no profile");
}

static void an_event_is_no_answer(void **state)
{
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = message_as(VDEV_CMD_PROFILE_CHANGE_NTF, message_profile("p", true));
	assert_int_equal(vdev_profile_get(sock, "p", &profile), -EBADMSG);
	assert_null(profile);
}

static void a_number_of_a_wrong_length_is_refused_by_name(void **state)
{
	static const struct {
		int type;
		const char *name;
	} numbers[] = {
		{ VDEV_A_PROFILE_INSTANCE, "instance" },
		{ VDEV_A_PROFILE_GENERATION, "generation" },
		{ VDEV_A_PROFILE_SNAPSHOT, "snapshot" },
		{ VDEV_A_PROFILE_CAPABILITIES, "capabilities" },
		{ VDEV_A_PROFILE_CHANGED, "changed" },
	};
	struct vdev_profile *profile;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(numbers); i++) {
		fake_reset(respond_with, &reply);
		reply = message_profile("p", true);
		nla_put(reply, numbers[i].type, 3, "xxx");
		assert_int_equal(vdev_profile_get(sock, "p", &profile), -EBADMSG);
		assert_null(profile);
		assert_string_equal(vdev_sock_error(sock)->attr, numbers[i].name);
	}
}

static void capabilities_and_cost_are_sent(void **state)
{
	const struct vdev_cost cost = { VDEV_UNKNOWN64, 1ULL << 40, 0 };
	const struct vdev_profile_draft draft = {
		.name = "p", .capabilities = VDEV_CAPABILITY_P2P, .cost = &cost,
	};
	struct nl_msg *msg = message_new(0, VDEV_CMD_PROFILE_SET, 0);
	struct nlattr *nest;

	(void)state;
	nla_put_string(msg, VDEV_A_PROFILE_NAME, "p");
	nla_put_u32(msg, VDEV_A_PROFILE_CAPABILITIES, VDEV_CAPABILITY_P2P);
	nest = nla_nest_start(msg, VDEV_A_PROFILE_COST | NLA_F_NESTED);
	nla_put_u64(msg, VDEV_A_COST_PRECOPY_SIZE, 1ULL << 40);
	nla_put_u32(msg, VDEV_A_COST_DOWNTIME, 0);
	nla_nest_end(msg, nest);
	fake_reset(respond_with, &reply);
	reply = set_reply();
	assert_int_equal(vdev_profile_set(sock, &draft, sizeof(draft), 0, false, NULL), 0);
	expect_request(VDEV_CMD_PROFILE_SET, nlmsg_attrdata(nlmsg_hdr(msg), GENL_HDRLEN),
		       (size_t)nlmsg_attrlen(nlmsg_hdr(msg), GENL_HDRLEN));
	nlmsg_free(msg);
}

static const char *const dumped[] = { "z", "a", "m" };

/* The first time it is interrupted. */
static void send_profiles(const struct nlmsghdr *request, void *arg)
{
	unsigned int *interruptions = arg;
	size_t i;

	assert_true(request->nlmsg_flags & NLM_F_DUMP);
	assert_int_equal(nlmsg_attrlen(request, GENL_HDRLEN), 0);
	for (i = 0; i < TEST_ARRAY_SIZE(dumped); i++)
		message_send(message_profile(dumped[i], i == 1));
	send_done(0, *interruptions ? NLM_F_DUMP_INTR : 0, NULL);
	if (*interruptions)
		(*interruptions)--;
}

static int expect_next(const struct vdev_profile *profile, void *arg)
{
	size_t *next = arg;

	assert_string_equal(vdev_profile_name(profile), dumped[*next]);
	assert_int_equal(vdev_profile_bus(profile) != NULL, *next == 1);
	assert_int_equal(vdev_profile_record(profile) != NULL, *next == 1);
	return ++*next == TEST_ARRAY_SIZE(dumped) ? 7 : 0;
}

static void a_dump_keeps_the_order_of_the_kernel(void **state)
{
	unsigned int interruptions = 1;
	size_t next = 0;

	(void)state;
	fake_reset(send_profiles, &interruptions);
	assert_int_equal(vdev_profile_dump(sock, expect_next, &next), 7);
	assert_int_equal(next, TEST_ARRAY_SIZE(dumped));
	assert_int_equal(fake.sends, 3);
}

static void a_dump_that_is_never_whole_is_given_up(void **state)
{
	unsigned int interruptions = 100;
	size_t next = 0;

	(void)state;
	vdev_sock_set_attempts(sock, 2);
	fake_reset(send_profiles, &interruptions);
	assert_int_equal(vdev_profile_dump(sock, expect_next, &next), -EAGAIN);
	assert_int_equal(next, 0);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "profiles changed during every attempt to read them");
}

static void assert_refused(const struct vdev_profile_draft *draft, int err, const char *expected)
{
	char why[VDEV_WHY_SIZE] = "";

	assert_int_equal(vdev_profile_check(draft, sizeof(*draft), sizeof(*draft->declared), why),
			 err);
	assert_string_equal(why, expected);
	assert_int_equal(vdev_profile_check(draft, sizeof(*draft), sizeof(*draft->declared), NULL),
			 err);
}

static void bounds_are_checked_without_a_kernel(void **state)
{
	static const char *const accept[] = { "mtty-9", "mtty-9" };
	static const uint64_t word = 1;
	static const struct vdev_feature feature = { .name = "f", .required = { &word, 1 } };
	struct vdev_software_version version = { .rule = VDEV_RULE_EQUAL };
	struct vdev_cost cost = { VDEV_UNKNOWN64, VDEV_UNKNOWN64, 1500 };
	struct vdev_ident type = { .accept = accept, .num_accept = 1 };
	struct vdev_draft declared = {
		.type = &type, .features = &feature, .num_features = 1,
	};
	struct vdev_profile_draft draft = {
		.name = "p", .driver = "mtty", .migration = VDEV_MIGRATION_SUPPORTED,
		.declared = &declared,
	};

	(void)state;
	fake_reset(NULL, NULL);
	assert_refused(&draft, 0, "");
	type.num_accept = 2;
	assert_refused(&draft, -EINVAL, "type mtty-9: duplicate");
	declared.type = NULL;
	declared.software_version = &version;
	assert_refused(&draft, -EINVAL, "software-version: value is missing");
	version.has_value = true;
	assert_refused(&draft, 0, "");
	draft.cost = &cost;
	assert_refused(&draft, 0, "");
	cost.downtime = 1ULL << 63;
	assert_refused(&draft, -ERANGE, "downtime: number is above 2^63 - 1");
	draft.capabilities = 16;
	assert_refused(&draft, -EINVAL, "capabilities: flags 0x10 are not known");
	draft.capabilities = 15;
	draft.cost = NULL;
	assert_refused(&draft, 0, "");
	draft.migration = VDEV_MIGRATION_UNDECLARED;
	assert_refused(&draft, -EINVAL, "migration: is neither unsupported nor supported");
	draft.driver = NULL;
	assert_refused(&draft, -EINVAL, "a profile is for a bus, a driver or a type");
	draft.name = NULL;
	assert_refused(&draft, -EINVAL, "profile: name is empty");
	assert_int_equal(fake.sends, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_declared_is_sent_and_no_more),
		TEST(bounds_are_checked_without_a_kernel),
		TEST(a_draft_of_another_version_is_read_as_far_as_it_goes),
		TEST(a_refusal_names_the_attribute),
		TEST(a_kernel_without_profiles_is_said_to_be_old),
		TEST(a_profile_is_decoded),
		TEST(a_number_may_have_more_bytes_than_it_needs),
		TEST(what_is_not_told_is_absent),
		TEST(an_answer_without_a_profile_is_none),
		TEST(a_change_is_answered_with_the_profile),
		TEST(a_change_without_an_answer_is_none),
		TEST(an_event_is_no_answer),
		TEST(a_number_of_a_wrong_length_is_refused_by_name),
		TEST(capabilities_and_cost_are_sent),
		TEST(a_dump_keeps_the_order_of_the_kernel),
		TEST(a_dump_that_is_never_whole_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
