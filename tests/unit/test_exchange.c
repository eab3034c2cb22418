// SPDX-License-Identifier: GPL-2.0
/* What goes wrong between a request and its end. */
#include <linux/genetlink.h>

#include "test.h"
#include "message.h"

#define ATTEMPTS 3

static const struct refusal accepted;
static struct vdev_sock *sock;
static unsigned int dumps;
static unsigned int seen;

static int setup(void **state)
{
	(void)state;
	fake_reset(NULL, NULL);
	sock = vdev_sock_new();
	vdev_sock_set_attempts(sock, ATTEMPTS);
	vdev_sock_set_timeout(sock, 50);
	dumps = 0;
	seen = 0;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	vdev_sock_free(sock);
	fake_reset(NULL, NULL);
	return 0;
}

static int count_object(const struct vdev_object *object, void *arg)
{
	(void)object;
	(void)arg;
	seen++;
	return 0;
}

static int dump_with(fake_responder *responder)
{
	fake_reset(responder, NULL);
	return vdev_dev_dump(sock, NULL, count_object, NULL);
}

static int get_with(fake_responder *responder)
{
	struct vdev_handle handle = { .id = 1 };
	struct vdev_object *object;
	int err;

	fake_reset(responder, NULL);
	err = vdev_dev_get(sock, &handle, &object);
	assert_true(err ? !object : !!object);
	vdev_object_free(object);
	return err;
}

static void assert_error(enum vdev_error_kind kind, int code, const char *message)
{
	assert_int_equal(vdev_sock_error(sock)->kind, kind);
	assert_int_equal(vdev_sock_error(sock)->code, code);
	assert_string_equal(vdev_sock_error(sock)->message, message);
}

static void good_dump(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	dumps++;
	message_send(message_dev(1, "sim1", 5));
	message_send(message_dev(2, "sim2", 5));
	send_done(0, 0, NULL);
}

static void a_dump_gives_its_objects(void **state)
{
	(void)state;
	assert_int_equal(dump_with(good_dump), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(vdev_sock_error(sock)->kind, VDEV_ERROR_NONE);
	assert_int_equal(fake_request()->nlmsg_flags & NLM_F_DUMP, NLM_F_DUMP);
	assert_int_equal(fake_request()->nlmsg_type, FAKE_FAMILY);
}

static void types_are_dumped_alike(void **state)
{
	(void)state;
	fake_reset(good_dump, NULL);
	assert_int_equal(vdev_type_dump(sock, NULL, count_object, NULL), 0);
	assert_int_equal(seen, 2);
}

static void empty_dump(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	send_done(0, 0, NULL);
}

static void an_empty_dump_is_no_error(void **state)
{
	(void)state;
	assert_int_equal(dump_with(empty_dump), 0);
	assert_int_equal(seen, 0);
}

static int stop(const struct vdev_object *object, void *arg)
{
	(void)object;
	(void)arg;
	return ++seen == 1 ? 17 : 0;
}

static void a_callback_ends_the_dump(void **state)
{
	(void)state;
	fake_reset(good_dump, NULL);
	assert_int_equal(vdev_dev_dump(sock, NULL, stop, NULL), 17);
	assert_int_equal(seen, 1);
	assert_int_equal(vdev_sock_error(sock)->kind, VDEV_ERROR_NONE);
}

static void failed_end(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	message_send(message_dev(1, "sim1", 5));
	send_done(EMSGSIZE, 0, "the endpoint does not fit");
}

static void an_error_at_the_end_of_a_dump_is_seen(void **state)
{
	(void)state;
	assert_int_equal(dump_with(failed_end), -EMSGSIZE);
	assert_error(VDEV_ERROR_KERNEL, EMSGSIZE, "the endpoint does not fit");
	assert_true(vdev_sock_error(sock)->from_kernel);
	assert_int_equal(seen, 0);
}

static void failed_end_without_words(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	send_done(ENOMEM, 0, NULL);
}

static void an_error_without_words_gets_some(void **state)
{
	(void)state;
	assert_int_equal(dump_with(failed_end_without_words), -ENOMEM);
	assert_error(VDEV_ERROR_KERNEL, ENOMEM, "cannot allocate memory");
	assert_false(vdev_sock_error(sock)->from_kernel);
}

static void always_interrupted(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	dumps++;
	message_send(message_dev(1, "sim1", dumps));
	send_done(0, NLM_F_DUMP_INTR, NULL);
}

static void a_dump_that_is_always_interrupted_fails(void **state)
{
	(void)state;
	assert_int_equal(dump_with(always_interrupted), -EAGAIN);
	assert_error(VDEV_ERROR_INCONSISTENT, EAGAIN,
		     "endpoints changed during every attempt to read them");
	assert_int_equal(dumps, ATTEMPTS);
	assert_int_equal(seen, 0);
}

static void interrupted_once(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_dev(9, "gone", 4);

	if (dumps++) {
		nlmsg_free(msg);
		good_dump(request, arg);
		return;
	}
	nlmsg_hdr(msg)->nlmsg_flags |= NLM_F_DUMP_INTR;
	message_send(msg);
	send_done(0, 0, NULL);
}

static void an_interrupted_dump_is_asked_for_again(void **state)
{
	(void)state;
	assert_int_equal(dump_with(interrupted_once), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(fake.opens, 1);
}

static void mixed_once(const struct nlmsghdr *request, void *arg)
{
	if (dumps++) {
		good_dump(request, arg);
		return;
	}
	message_send(message_dev(1, "sim1", 5));
	message_send(message_dev(2, "sim2", 6));
	message_send(message_dev(3, "sim3", 6));
	send_done(0, 0, NULL);
}

static void objects_of_two_moments_are_asked_for_again(void **state)
{
	(void)state;
	assert_int_equal(dump_with(mixed_once), 0);
	assert_int_equal(seen, 2);
}

static void overrun_once(const struct nlmsghdr *request, void *arg)
{
	if (dumps++) {
		good_dump(request, arg);
		return;
	}
	message_send(message_dev(1, "sim1", 5));
	fake_fail(ENOBUFS);
}

static void after_a_loss_the_dump_begins_on_a_new_socket(void **state)
{
	(void)state;
	assert_int_equal(dump_with(overrun_once), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(fake.opens, 2);
}

static void always_overrun(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_new(NLMSG_OVERRUN, 0, 0);

	(void)request;
	(void)arg;
	dumps++;
	message_send(msg);
}

static void a_dump_that_is_always_lost_fails(void **state)
{
	(void)state;
	assert_int_equal(dump_with(always_overrun), -ENOBUFS);
	assert_error(VDEV_ERROR_LOCAL, ENOBUFS, "no buffer space available");
	assert_int_equal(dumps, ATTEMPTS);
}

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
	assert_int_equal(dump_with(only_strangers), -ETIMEDOUT);
	assert_int_equal(get_with(only_strangers), -ETIMEDOUT);
}

static void acknowledgement_alone(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	send_ack(&accepted);
}

static void a_dump_that_is_only_acknowledged_has_no_end(void **state)
{
	(void)state;
	assert_int_equal(dump_with(acknowledgement_alone), -EBADMSG);
	assert_int_equal(vdev_sock_error(sock)->kind, VDEV_ERROR_REPLY);
}

static void without_end(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_dev(3, "again", 5);

	(void)request;
	(void)arg;
	fake_datagram(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, 0, UINT32_MAX);
	nlmsg_free(msg);
}

static void a_dump_that_goes_in_circles_is_ended(void **state)
{
	(void)state;
	assert_int_equal(dump_with(without_end), -EBADMSG);
	assert_string_equal(vdev_sock_error(sock)->attr, "id");
	assert_int_equal(seen, 0);
}

static void a_reply_without_an_endpoint_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(get_with(acknowledgement_alone), -EBADMSG);
	assert_error(VDEV_ERROR_REPLY, EBADMSG, "the reply has no endpoint");
}

static void absent_family(const struct nlmsghdr *request, void *arg)
{
	struct refusal refusal = { .error = ENOENT };

	(void)request;
	(void)arg;
	send_ack(&refusal);
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

static void loaded_anew(const struct nlmsghdr *request, void *arg)
{
	struct refusal refusal = { .error = ENOENT };

	if (request->nlmsg_type == GENL_ID_CTRL)
		fake_family();
	else if (request->nlmsg_type != fake.family)
		send_ack(&refusal);
	else
		good_dump(request, arg);
}

static void a_module_loaded_anew_is_found(void **state)
{
	(void)state;
	fake_reset(loaded_anew, NULL);
	fake.all_requests = 1;
	assert_int_equal(vdev_dev_dump(sock, NULL, count_object, NULL), 0);
	fake.family = FAKE_FAMILY + 3;
	assert_int_equal(vdev_dev_dump(sock, NULL, count_object, NULL), 0);
	assert_int_equal(seen, 4);
	assert_int_equal(vdev_sock_error(sock)->kind, VDEV_ERROR_NONE);
}

static void unloaded(const struct nlmsghdr *request, void *arg)
{
	struct refusal refusal = { .error = ENOENT };

	(void)arg;
	if (request->nlmsg_type == GENL_ID_CTRL && fake.sends == 1)
		fake_family();
	else
		send_ack(&refusal);
}

static void a_module_unloaded_meanwhile_is_absent(void **state)
{
	(void)state;
	fake_reset(unloaded, NULL);
	fake.all_requests = 1;
	assert_int_equal(vdev_sock_connect(sock), 0);
	assert_int_equal(vdev_dev_dump(sock, NULL, count_object, NULL), -ENOENT);
	assert_int_equal(vdev_sock_error(sock)->kind, VDEV_ERROR_ABSENT);
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
	assert_int_equal(vdev_sock_error(sock)->kind, VDEV_ERROR_NONE);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_dump_gives_its_objects),
		TEST(types_are_dumped_alike),
		TEST(an_empty_dump_is_no_error),
		TEST(a_callback_ends_the_dump),
		TEST(an_error_at_the_end_of_a_dump_is_seen),
		TEST(an_error_without_words_gets_some),
		TEST(a_dump_that_is_always_interrupted_fails),
		TEST(an_interrupted_dump_is_asked_for_again),
		TEST(objects_of_two_moments_are_asked_for_again),
		TEST(after_a_loss_the_dump_begins_on_a_new_socket),
		TEST(a_dump_that_is_always_lost_fails),
		TEST(a_silent_kernel_is_not_waited_for_without_end),
		TEST(after_a_failure_the_next_request_has_a_new_socket),
		TEST(a_signal_does_not_end_a_dump),
		TEST(messages_of_others_are_passed_over),
		TEST(a_flood_of_others_does_not_stop_the_clock),
		TEST(a_dump_that_is_only_acknowledged_has_no_end),
		TEST(a_dump_that_goes_in_circles_is_ended),
		TEST(a_reply_without_an_endpoint_is_an_error),
		TEST(an_absent_family_has_an_error_of_its_own),
		TEST(a_module_loaded_anew_is_found),
		TEST(a_module_unloaded_meanwhile_is_absent),
		TEST(errors_of_the_socket_keep_their_errno),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
