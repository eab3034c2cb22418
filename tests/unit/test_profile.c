// SPDX-License-Identifier: GPL-2.0
/* What is asked of the kernel about profiles, and what is rejected, by it or unasked. */
#include "test.h"

#include "asked.h"

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
		.name = "n", .type = VDEV_VALUE_TYPE_BOOL, .origin = VDEV_ORIGIN_INHERITED,
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
	const struct {
		struct nlattr attr;
		char name[4];
	} attrs = { { 6, VDEV_A_PROFILE_NAME }, "p" };
	struct vdev_profile *profile = (void *)1;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = set_reply();
	assert_int_equal(vdev_profile_set(sock, &newer.draft, sizeof(newer), 0, false, NULL), 0);
	expect_request(VDEV_CMD_PROFILE_SET, &attrs, sizeof(attrs));
	reply = set_reply();
	assert_int_equal(vdev_profile_set(sock, &newer.draft, sizeof(newer.draft.name), 0, false,
					  NULL), 0);
	expect_request(VDEV_CMD_PROFILE_SET, &attrs, sizeof(attrs));
	newer.more = 1;
	assert_int_equal(vdev_profile_set(sock, &newer.draft, sizeof(newer), 0, false, &profile),
			 -EINVAL);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "the draft is newer than this library");
}

static void a_rejection_names_the_attribute(void **state)
{
	struct reason reason = { .error = EEXIST, .words = "a profile of that name exists",
				 .offset = NLMSG_HDRLEN + GENL_HDRLEN };
	struct vdev_profile_draft draft = { .name = "p" };
	struct vdev_profile *profile = (void *)1;
	unsigned int sends;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_int_equal(vdev_profile_set(sock, &draft, sizeof(draft), 0, false, &profile),
			 -EEXIST);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->attr, "name");
	reason = (struct reason){ .error = ENOENT, .words = "no such profile",
				  .offset = NLMSG_HDRLEN + GENL_HDRLEN };
	profile = (void *)1;
	sends = fake.sends;
	assert_int_equal(vdev_profile_del(sock, "p", &profile), -ENOENT);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->message, "no such profile");
	/* The family is there: it is not searched, and not asked again. */
	assert_int_equal(fake.sends, sends + 1);
}

static void a_kernel_without_profiles_is_said_to_be_old(void **state)
{
	struct reason reason = { .error = EOPNOTSUPP };
	struct vdev_profile *profile;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_int_equal(vdev_profile_get(sock, "p", &profile), -EOPNOTSUPP);
	assert_null(profile);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "the kernel's vdev module is too old for profiles");
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

static void assert_rejected(const struct vdev_profile_draft *draft, int err, const char *expected)
{
	struct vdev_error error = { 0 };

	assert_int_equal(vdev_profile_check(draft, sizeof(*draft), sizeof(*draft->declared), &error),
			 err);
	assert_string_equal(error.message, expected);
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
	assert_rejected(&draft, 0, "");
	type.num_accept = 2;
	assert_rejected(&draft, -EINVAL, "type mtty-9: duplicate");
	declared.type = NULL;
	declared.software_version = &version;
	assert_rejected(&draft, -EINVAL, "software-version: value is missing");
	version.has_value = true;
	assert_rejected(&draft, 0, "");
	draft.cost = &cost;
	assert_rejected(&draft, 0, "");
	cost.downtime = 1ULL << 63;
	assert_rejected(&draft, -ERANGE, "downtime: number is above 2^63 - 1");
	draft.capabilities = 32;
	assert_rejected(&draft, -EINVAL, "capabilities: flags 0x20 are not known");
	draft.capabilities = 31;
	draft.cost = NULL;
	assert_rejected(&draft, 0, "");
	draft.migration = VDEV_MIGRATION_UNDECLARED;
	assert_rejected(&draft, 0, "");
	draft.migration = VDEV_MIGRATION_SUPPORTED + 1;
	assert_rejected(&draft, -EINVAL,
			"migration: is neither undeclared, unsupported nor supported");
	draft.driver = NULL;
	assert_rejected(&draft, -EINVAL, "a profile is for a bus, a driver or a type");
	draft.name = NULL;
	assert_rejected(&draft, -EINVAL, "profile: name is empty");
	assert_int_equal(fake.sends, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ASKED_TEST(what_is_declared_is_sent_and_no_more),
		ASKED_TEST(bounds_are_checked_without_a_kernel),
		ASKED_TEST(a_draft_of_another_version_is_read_as_far_as_it_goes),
		ASKED_TEST(a_rejection_names_the_attribute),
		ASKED_TEST(a_kernel_without_profiles_is_said_to_be_old),
		ASKED_TEST(capabilities_and_cost_are_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
