// SPDX-License-Identifier: GPL-2.0
/* What is asked of the kernel about what it counts, and what it reports. */
#include "model/attr.h"
#include "model/stats.h"
#include "message.h"
#include "test.h"

static struct vdev_sock *sock;
static struct nl_msg *reply;

static int set_up(void **state)
{
	(void)state;
	sock = vdev_sock_new();
	fake_reset(respond_with, &reply);
	return sock ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	fake_reset(NULL, NULL);
	vdev_sock_free(sock);
	return 0;
}

static struct vdev_stats *stats_of(struct nl_msg *msg)
{
	struct vdev_stats *stats;

	reply = msg;
	assert_int_equal(vdev_stats_get(sock, &stats), 0);
	assert_non_null(stats);
	return stats;
}

static void the_request_has_no_attribute(void **state)
{
	const struct nlmsghdr *request;

	(void)state;
	vdev_sock_set_max_age(sock, 0);
	vdev_stats_free(stats_of(message_stats()));
	request = fake_request();
	assert_int_equal(((struct genlmsghdr *)nlmsg_data(request))->cmd, VDEV_CMD_STATS_GET);
	assert_int_equal(request->nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK);
	assert_int_equal(nlmsg_attrlen(request, GENL_HDRLEN), 0);
}

static void counters_of_the_family_are_decoded(void **state)
{
	struct vdev_stats *stats = stats_of(message_stats());

	(void)state;
	assert_int_equal(vdev_stats_instance(stats), MESSAGE_INSTANCE);
	assert_int_equal(vdev_stats_generation(stats), 41);
	assert_int_equal(vdev_stats_verdicts(stats), 17);
	assert_int_equal(vdev_stats_events(stats), 1ULL << 33);
	assert_int_equal(vdev_stats_events_lost(stats), 0);
	assert_int_equal(vdev_stats_num_providers(stats), 1);
	vdev_stats_free(stats);
	vdev_stats_free(NULL);
}

static void counters_of_a_provider_are_decoded(void **state)
{
	struct vdev_stats *stats = stats_of(message_stats());
	const struct vdev_provider_stats *provider = vdev_stats_provider(stats, 0);

	(void)state;
	assert_string_equal(provider->name, "vdpa");
	assert_int_equal(provider->endpoints, 12);
	assert_int_equal(provider->stale, 1);
	assert_int_equal(provider->polls, 1ULL << 40);
	assert_int_equal(provider->polls_busy, 2);
	assert_int_equal(provider->slowest_poll, 1500);
	assert_string_equal(provider->slowest_endpoint, "vdpa/net3");
	assert_int_equal(provider->rejected, 3);
	assert_int_equal(provider->vetoes, 4);
	assert_int_equal(provider->not_followed, 5);
	assert_string_equal(provider->not_followed_reason, "vdpa/net9: no MAC");
	assert_null(vdev_stats_provider(stats, 1));
	vdev_stats_free(stats);
}

static void a_number_may_have_more_bytes_than_it_needs(void **state)
{
	struct vdev_stats *stats;
	struct nl_msg *wide;

	(void)state;
	message_wide = true;
	wide = message_stats();
	message_wide = false;
	stats = stats_of(wide);
	assert_int_equal(vdev_stats_generation(stats), 41);
	assert_int_equal(vdev_stats_verdicts(stats), 17);
	assert_int_equal(vdev_stats_events(stats), 1ULL << 33);
	assert_int_equal(vdev_stats_events_lost(stats), 0);
	assert_int_equal(vdev_stats_provider(stats, 0)->slowest_poll, 1500);
	assert_int_equal(vdev_stats_provider(stats, 0)->not_followed, 5);
	vdev_stats_free(stats);
}

static void put_provider(struct nl_msg *msg, const char *name)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_STATS_PROVIDER | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_PROVIDER_STATS_NAME, name);
	nla_nest_end(msg, nest);
}

static void what_is_not_reported_is_unknown(void **state)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_STATS_GET, 0);
	const struct vdev_provider_stats *provider;
	struct vdev_stats *stats;

	(void)state;
	put_provider(msg, "a");
	nla_put(msg, 77, 0, NULL);
	put_provider(msg, "b");
	stats = stats_of(msg);
	assert_int_equal(vdev_stats_instance(stats), 0);
	assert_int_equal(vdev_stats_generation(stats), VDEV_UNKNOWN64);
	assert_int_equal(vdev_stats_verdicts(stats), VDEV_UNKNOWN64);
	assert_int_equal(vdev_stats_events(stats), VDEV_UNKNOWN64);
	assert_int_equal(vdev_stats_events_lost(stats), VDEV_UNKNOWN64);
	assert_int_equal(vdev_stats_num_providers(stats), 2);
	provider = vdev_stats_provider(stats, 1);
	assert_string_equal(provider->name, "b");
	assert_int_equal(provider->endpoints, VDEV_UNKNOWN32);
	assert_int_equal(provider->stale, VDEV_UNKNOWN32);
	assert_int_equal(provider->polls, VDEV_UNKNOWN64);
	assert_int_equal(provider->polls_busy, VDEV_UNKNOWN64);
	assert_int_equal(provider->slowest_poll, VDEV_UNKNOWN64);
	assert_int_equal(provider->rejected, VDEV_UNKNOWN64);
	assert_int_equal(provider->vetoes, VDEV_UNKNOWN64);
	assert_int_equal(provider->not_followed, VDEV_UNKNOWN64);
	assert_null(provider->slowest_endpoint);
	assert_null(provider->not_followed_reason);
	vdev_stats_free(stats);
}

static void a_family_without_providers_has_none(void **state)
{
	struct vdev_stats *stats = stats_of(message_new(fake.family, VDEV_CMD_STATS_GET, 0));

	(void)state;
	assert_int_equal(vdev_stats_num_providers(stats), 0);
	assert_null(vdev_stats_provider(stats, 0));
	vdev_stats_free(stats);
}

static void an_error_is_that_of_the_kernel(void **state)
{
	struct reason reason = { .error = EPERM, .words = "not you" };
	struct vdev_stats *stats;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_int_equal(vdev_stats_get(sock, &stats), -EPERM);
	assert_null(stats);
	assert_string_equal(vdev_sock_error(sock)->message, "not you");
}

static void assert_broken(struct nl_msg *msg, const char *attr)
{
	struct vdev_stats *stats;

	reply = msg;
	assert_int_equal(vdev_stats_get(sock, &stats), -EBADMSG);
	assert_null(stats);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_REPLY);
	if (attr)
		assert_string_equal(vdev_sock_error(sock)->attr, attr);
	else
		assert_string_equal(vdev_sock_error(sock)->attr, "");
}

static void an_answer_without_counters_is_none(void **state)
{
	(void)state;
	assert_broken(NULL, NULL);
	assert_broken(message_dev(1, "a", 5), NULL);
	assert_broken(message_profile("p", false), NULL);
}

static void every_attribute_of_a_wrong_length_is_rejected_by_name(void **state)
{
	char path[ATTR_PATH_SIZE];
	struct nlattr *nest;
	struct nl_msg *msg;
	unsigned int type;

	(void)state;
	for (type = VDEV_A_STATS_INSTANCE; type <= VDEV_A_STATS_EVENTS_LOST; type++) {
		msg = message_stats();
		nla_put(msg, (int)type, 3, "xxx");
		assert_broken(msg, vdev_attr_def(&vdev_stats_attrs, type)->name);
	}
	for (type = VDEV_A_PROVIDER_STATS_NAME; type <= VDEV_A_PROVIDER_STATS_MAX; type++) {
		msg = message_stats();
		nest = nla_nest_start(msg, VDEV_A_STATS_PROVIDER);
		nla_put(msg, (int)type, 3, "xxx");
		nla_nest_end(msg, nest);
		snprintf(path, sizeof(path), "provider.%s",
			 vdev_attr_def(&vdev_provider_stats_attrs, type)->name);
		assert_broken(msg, path);
	}
}

static void a_provider_needs_its_name(void **state)
{
	struct nl_msg *msg = message_stats();

	(void)state;
	nla_put(msg, VDEV_A_STATS_PROVIDER, 0, NULL);
	put_provider(msg, "b");
	assert_broken(msg, "provider.name");
}

static void a_message_cut_anywhere_is_rejected_or_complete(void **state)
{
	struct nl_msg *msg = message_stats();
	struct nlmsghdr *nlh = nlmsg_hdr(msg), *cut;
	char path[ATTR_PATH_SIZE];
	uint32_t len;

	(void)state;
	for (len = NLMSG_HDRLEN + GENL_HDRLEN; len < nlh->nlmsg_len; len++) {
		struct vdev_stats *stats = NULL;

		/* In memory of its very size, so that what is read behind it is seen. */
		cut = malloc(len);
		memcpy(cut, nlh, len);
		cut->nlmsg_len = len;
		if (!vdev_stats_check(cut, path)) {
			stats = vdev_stats_copy(cut);
			assert_non_null(stats);
			assert_int_equal(vdev_stats_num_providers(stats), 0);
		}
		vdev_stats_free(stats);
		free(cut);
	}
	nlmsg_free(msg);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_request_has_no_attribute),
		TEST(counters_of_the_family_are_decoded),
		TEST(counters_of_a_provider_are_decoded),
		TEST(a_number_may_have_more_bytes_than_it_needs),
		TEST(what_is_not_reported_is_unknown),
		TEST(a_family_without_providers_has_none),
		TEST(an_error_is_that_of_the_kernel),
		TEST(an_answer_without_counters_is_none),
		TEST(every_attribute_of_a_wrong_length_is_rejected_by_name),
		TEST(a_provider_needs_its_name),
		TEST(a_message_cut_anywhere_is_rejected_or_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
