// SPDX-License-Identifier: GPL-2.0
/*
 * What goes wrong between a request and its end: silence, signals, messages of
 * others, a family that is absent or comes again, the socket itself.
 */
#include <linux/genetlink.h>

#include "test.h"

#include "exchanged.h"

static void silent(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
}

static void a_silent_kernel_is_not_waited_for_without_end(void **state)
{
	(void)state;
	assert_int_equal(get_with(silent), -ETIMEDOUT);
	assert_error(VDEV_ERROR_LOCAL, ETIMEDOUT, "the kernel did not answer in time");
	assert_int_equal(dump_with(silent), -ETIMEDOUT);
}

static void after_a_failure_the_next_request_has_a_new_socket(void **state)
{
	(void)state;
	assert_int_equal(get_with(silent), -ETIMEDOUT);
	assert_int_equal(dump_with(good_dump), 0);
	assert_int_equal(fake.opens, 1);
	assert_int_equal(seen, 2);
}

static void interrupted_call(const struct nlmsghdr *request, void *arg)
{
	fake_fail(EINTR);
	fake_fail(EAGAIN);
	good_dump(request, arg);
}

static void a_signal_does_not_end_a_dump(void **state)
{
	(void)state;
	assert_int_equal(dump_with(interrupted_call), 0);
	assert_int_equal(seen, 2);
}

static void strangers(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_dev(9, "forged", 5);
	struct nlmsghdr *nlh = nlmsg_hdr(msg);

	fake_datagram(nlh, nlh->nlmsg_len, FAKE_FOREIGN, 1);
	nlh->nlmsg_seq = request->nlmsg_seq - 1;
	nlh->nlmsg_pid = FAKE_PORT;
	fake_datagram(nlh, nlh->nlmsg_len, FAKE_VERBATIM, 1);
	nlh->nlmsg_seq = request->nlmsg_seq;
	nlh->nlmsg_pid = FAKE_PORT + 1;
	fake_datagram(nlh, nlh->nlmsg_len, FAKE_VERBATIM, 1);
	nlh->nlmsg_type = 0x33;
	fake_datagram(nlh, nlh->nlmsg_len, 0, 1);
	nlmsg_free(msg);
	good_dump(request, arg);
}

static void messages_of_others_are_passed_over(void **state)
{
	(void)state;
	assert_int_equal(dump_with(strangers), 0);
	assert_int_equal(seen, 2);
}

static void only_strangers(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_dev(9, "forged", 5);

	(void)request;
	(void)arg;
	fake_datagram(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, FAKE_FOREIGN, UINT32_MAX);
	nlmsg_free(msg);
}

static void a_flood_of_others_does_not_stop_the_clock(void **state)
{
	(void)state;
	vdev_sock_set_timeout(sock, 50);
	assert_int_equal(dump_with(only_strangers), -ETIMEDOUT);
	assert_int_equal(get_with(only_strangers), -ETIMEDOUT);
}

static void a_reply_without_an_endpoint_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(get_with(acknowledgement_alone), -EBADMSG);
	assert_error(VDEV_ERROR_REPLY, EBADMSG, "the reply has no endpoint");
}

static void absent_family(const struct nlmsghdr *request, void *arg)
{
	struct reason reason = { .error = ENOENT };

	(void)request;
	(void)arg;
	send_ack(&reason);
}

static void an_absent_family_has_an_error_of_its_own(void **state)
{
	(void)state;
	fake_reset(absent_family, NULL);
	fake.all_requests = 1;
	assert_int_equal(vdev_sock_connect(sock), -ENOENT);
	assert_error(VDEV_ERROR_ABSENT, ENOENT,
		     "family vdev not found; load the module: modprobe vdev");
}

static void loaded_again(const struct nlmsghdr *request, void *arg)
{
	struct reason reason = { .error = ENOENT };

	if (request->nlmsg_type == GENL_ID_CTRL)
		fake_family();
	else if (request->nlmsg_type != fake.family)
		send_ack(&reason);
	else
		good_dump(request, arg);
}

static void a_module_loaded_again_is_found(void **state)
{
	(void)state;
	fake_reset(loaded_again, NULL);
	fake.all_requests = 1;
	assert_int_equal(vdev_dev_dump(sock, NULL, count_object, NULL), 0);
	fake.family = FAKE_FAMILY + 3;
	assert_int_equal(vdev_dev_dump(sock, NULL, count_object, NULL), 0);
	assert_int_equal(seen, 4);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_NONE);
}

static void unloaded(const struct nlmsghdr *request, void *arg)
{
	struct reason reason = { .error = ENOENT };

	(void)arg;
	if (request->nlmsg_type == GENL_ID_CTRL && fake.sends == 1)
		fake_family();
	else
		send_ack(&reason);
}

static void a_module_unloaded_meanwhile_is_absent(void **state)
{
	(void)state;
	fake_reset(unloaded, NULL);
	fake.all_requests = 1;
	assert_int_equal(vdev_sock_connect(sock), 0);
	assert_int_equal(vdev_dev_dump(sock, NULL, count_object, NULL), -ENOENT);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_ABSENT);
}

static void errors_of_the_socket_keep_their_errno(void **state)
{
	(void)state;
	fake.open_error = EPROTONOSUPPORT;
	assert_int_equal(vdev_sock_connect(sock), -EPROTONOSUPPORT);
	assert_error(VDEV_ERROR_LOCAL, EPROTONOSUPPORT, "protocol not supported");
	fake.open_error = 0;
	fake.send_error = EPERM;
	assert_int_equal(vdev_sock_connect(sock), -EPERM);
	assert_error(VDEV_ERROR_LOCAL, EPERM, "operation not permitted");
	fake.send_error = 0;
	assert_int_equal(vdev_sock_connect(sock), 0);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXCHANGED_TEST(a_silent_kernel_is_not_waited_for_without_end),
		EXCHANGED_TEST(after_a_failure_the_next_request_has_a_new_socket),
		EXCHANGED_TEST(a_signal_does_not_end_a_dump),
		EXCHANGED_TEST(messages_of_others_are_passed_over),
		EXCHANGED_TEST(a_flood_of_others_does_not_stop_the_clock),
		EXCHANGED_TEST(a_reply_without_an_endpoint_is_an_error),
		EXCHANGED_TEST(an_absent_family_has_an_error_of_its_own),
		EXCHANGED_TEST(a_module_loaded_again_is_found),
		EXCHANGED_TEST(a_module_unloaded_meanwhile_is_absent),
		EXCHANGED_TEST(errors_of_the_socket_keep_their_errno),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
