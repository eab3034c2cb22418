// SPDX-License-Identifier: GPL-2.0
/* A search of targets for a source: what is asked, and in which order they come. */
#include "test.h"

#include "asked.h"

/* In the order in which they must come out, and the numbers they are sent with. */
static const struct {
	uint32_t id;
	const char *name;
	uint32_t verdict;
	struct vdev_rank rank;
} targets[] = {
	{ 9, "z", VDEV_VERDICT_IDENTICAL, { 2, false, 0, 9 } },
	{ 1, "b", VDEV_VERDICT_COMPATIBLE, { 0, true, 4, 5 } },
	{ 8, "a", VDEV_VERDICT_COMPATIBLE, { 0, true, 3, 1 } },
	{ 3, "c", VDEV_VERDICT_COMPATIBLE, { 0, true, 3, 2 } },
	{ 2, "d", VDEV_VERDICT_COMPATIBLE, { 0, true, 3, 2 } },
	{ 4, "0", VDEV_VERDICT_COMPATIBLE, { 0, false, 9, 0 } },
	{ 5, "1", VDEV_VERDICT_COMPATIBLE, { 1, true, 9, 0 } },
	{ 6, "x", VDEV_VERDICT_UNDECLARED, { 0, true, 9, 0 } },
	{ 7, "y", VDEV_VERDICT_NOT_MIGRATABLE, { 0, true, 9, 0 } },
};

static void send_targets(const struct nlmsghdr *request, void *arg)
{
	uint32_t id;
	size_t i;

	(void)arg;
	assert_int_equal(((struct genlmsghdr *)nlmsg_data(request))->cmd, VDEV_CMD_FIND);
	assert_true(request->nlmsg_flags & NLM_F_DUMP);
	for (id = 1; id <= TEST_ARRAY_SIZE(targets); id++)
		for (i = 0; i < TEST_ARRAY_SIZE(targets); i++)
			if (targets[i].id == id)
				message_send(message_judgement(VDEV_CMD_FIND, id, targets[i].name,
							       targets[i].verdict,
							       &targets[i].rank));
	send_done(0, 0, NULL);
}

static int expect_next(const struct vdev_judgement *judgement, void *arg)
{
	size_t *next = arg;

	assert_int_equal(vdev_judgement_id(judgement), targets[*next].id);
	assert_int_equal(vdev_judgement_verdict(judgement), targets[*next].verdict);
	++*next;
	return 0;
}

static int stop_at_second(const struct vdev_judgement *judgement, void *arg)
{
	size_t *count = arg;

	(void)judgement;
	return ++*count == 2 ? 77 : 0;
}

static void targets_come_in_order_of_their_rank(void **state)
{
	size_t next = 0;

	(void)state;
	fake_reset(send_targets, NULL);
	assert_int_equal(vdev_find(sock, source, NULL, expect_next, &next), 0);
	assert_int_equal(next, TEST_ARRAY_SIZE(targets));
	assert_non_null(in_source(VDEV_A_SOURCE_RECORD));
	assert_null(sent(VDEV_A_FILTER));
}

static void a_list_has_what_a_search_finds(void **state)
{
	struct vdev_judgement **judgements;
	size_t i, num;

	(void)state;
	fake_reset(send_targets, NULL);
	assert_int_equal(vdev_find_list(sock, source, NULL, &judgements, &num), 0);
	assert_int_equal(num, TEST_ARRAY_SIZE(targets));
	for (i = 0; i < num; ) {
		size_t next = i;

		expect_next(judgements[i], &next);
		assert_int_equal(next, ++i);
	}
	vdev_judgement_list_free(judgements, num);
	fake_reset(respond_rejection, &(struct reason){ .error = EPERM });
	assert_int_equal(vdev_find_list(sock, source, NULL, &judgements, &num), -EPERM);
	assert_null(judgements);
	assert_int_equal(num, 0);
}

static void a_search_ends_when_asked_to(void **state)
{
	size_t count = 0;

	(void)state;
	fake_reset(send_targets, NULL);
	assert_int_equal(vdev_find(sock, source, NULL, stop_at_second, &count), 77);
	assert_int_equal(count, 2);
}

static void a_search_can_be_for_a_verdict(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();
	const struct nlattr *nest;
	size_t next = 0;

	(void)state;
	vdev_filter_set_at_least(filter, VDEV_VERDICT_COMPATIBLE);
	fake_reset(send_targets, NULL);
	assert_int_equal(vdev_find(sock, source, filter, expect_next, &next), 0);
	nest = sent(VDEV_A_FILTER);
	assert_int_equal(nla_get_u32(nla_find(nla_data(nest), nla_len(nest),
					      VDEV_A_FILTER_AT_LEAST)),
			 VDEV_VERDICT_COMPATIBLE);
	vdev_filter_free(filter);
}

static void a_search_can_be_of_one_kind(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();
	const struct nlattr *nest;
	size_t next = 0;

	(void)state;
	vdev_filter_set_kind(filter, VDEV_OBJECT_TYPE);
	fake_reset(send_targets, NULL);
	assert_int_equal(vdev_find(sock, source, filter, expect_next, &next), 0);
	nest = sent(VDEV_A_FILTER);
	assert_int_equal(nla_get_u32(nla_find(nla_data(nest), nla_len(nest),
					      VDEV_A_FILTER_ENDPOINT)),
			 VDEV_ENDPOINT_KIND_TYPE);
	vdev_filter_free(filter);
}

static void send_nothing(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	send_done(0, 0, NULL);
}

static void a_search_may_find_nothing(void **state)
{
	size_t count = 0;

	(void)state;
	fake_reset(send_nothing, NULL);
	assert_int_equal(vdev_find(sock, source, NULL, stop_at_second, &count), 0);
	assert_int_equal(count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ASKED_SOURCE_TEST(targets_come_in_order_of_their_rank),
		ASKED_SOURCE_TEST(a_list_has_what_a_search_finds),
		ASKED_SOURCE_TEST(a_search_ends_when_asked_to),
		ASKED_SOURCE_TEST(a_search_can_be_for_a_verdict),
		ASKED_SOURCE_TEST(a_search_can_be_of_one_kind),
		ASKED_SOURCE_TEST(a_search_may_find_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
