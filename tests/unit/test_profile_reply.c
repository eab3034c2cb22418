// SPDX-License-Identifier: GPL-2.0
/* What the kernel reports of profiles: one, one that was changed, all of them. */
#include "test.h"

#include "asked.h"

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

static void what_is_not_reported_is_absent(void **state)
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
	reply = message_as(VDEV_CMD_PROFILE_SET, message_profile("p", true));
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

static void a_number_of_a_wrong_length_is_rejected_by_name(void **state)
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

static void a_list_has_what_a_dump_gives(void **state)
{
	struct vdev_profile **profiles;
	unsigned int interruptions = 0;
	size_t i, num;

	(void)state;
	fake_reset(send_profiles, &interruptions);
	assert_int_equal(vdev_profile_list(sock, &profiles, &num), 0);
	assert_int_equal(num, TEST_ARRAY_SIZE(dumped));
	for (i = 0; i < num; i++)
		assert_string_equal(vdev_profile_name(profiles[i]), dumped[i]);
	vdev_profile_list_free(profiles, num);
	interruptions = 100;
	vdev_sock_set_attempts(sock, 2);
	fake_reset(send_profiles, &interruptions);
	assert_int_equal(vdev_profile_list(sock, &profiles, &num), -EAGAIN);
	assert_null(profiles);
	assert_int_equal(num, 0);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		ASKED_TEST(a_profile_is_decoded),
		ASKED_TEST(a_number_may_have_more_bytes_than_it_needs),
		ASKED_TEST(what_is_not_reported_is_absent),
		ASKED_TEST(an_answer_without_a_profile_is_none),
		ASKED_TEST(a_change_is_answered_with_the_profile),
		ASKED_TEST(a_change_without_an_answer_is_none),
		ASKED_TEST(an_event_is_no_answer),
		ASKED_TEST(a_number_of_a_wrong_length_is_rejected_by_name),
		ASKED_TEST(a_dump_keeps_the_order_of_the_kernel),
		ASKED_TEST(a_list_has_what_a_dump_gives),
		ASKED_TEST(a_dump_that_is_never_whole_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
