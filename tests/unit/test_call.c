// SPDX-License-Identifier: GPL-2.0
/* Requests that are not waited for: each step, what is polled, and how they end. */
#include <poll.h>

#include "test.h"

#include "exchanged.h"

static const struct vdev_handle one = { .id = 1 };
/* For respond_with(). */
static struct nl_msg *reply;

/* Whether there is something to do within that time. */
static bool is_due(int milliseconds)
{
	struct pollfd poll_fd = { .fd = vdev_sock_fd(sock), .events = POLLIN };

	assert_true(poll_fd.fd >= 0);
	return poll(&poll_fd, 1, milliseconds) == 1;
}

/* The request is on its way, and the kernel has not answered. */
static void begin_dump(void)
{
	fake_reset(NULL, NULL);
	assert_int_equal(vdev_dev_dump_begin(sock, NULL, count_object, NULL), 0);
	assert_true(is_due(1000));
	assert_int_equal(vdev_sock_step(sock), -EINPROGRESS);
	assert_in_range(fake.sends, 1, 2);
}

static void a_dump_is_reported_when_it_is_whole(void **state)
{
	(void)state;
	vdev_sock_set_timeout(sock, 60000);
	begin_dump();
	assert_false(is_due(0));
	message_send(message_dev(1, "sim1", 5));
	assert_int_equal(vdev_sock_step(sock), -EINPROGRESS);
	assert_int_equal(seen, 0);
	message_send(message_dev(2, "sim2", 5));
	send_done(0, 0, NULL);
	assert_int_equal(vdev_sock_step(sock), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_NONE);
	/* Nothing is left to do. */
	assert_false(is_due(0));
	assert_int_equal(vdev_sock_step(sock), -EINVAL);
	assert_error(VDEV_ERROR_LOCAL, EINVAL, "no request was begun");
}

static void an_answer_that_does_not_come_is_not_waited_for(void **state)
{
	(void)state;
	vdev_sock_set_timeout(sock, 50);
	begin_dump();
	assert_true(is_due(5000));
	assert_int_equal(vdev_sock_step(sock), -ETIMEDOUT);
	vdev_sock_set_timeout(sock, 60000);
	assert_error(VDEV_ERROR_LOCAL, ETIMEDOUT, "the kernel did not answer in time");
	assert_false(is_due(0));
	/* What comes late is on another socket. */
	assert_int_equal(dump_with(good_dump), 0);
	assert_int_equal(fake.opens, 1);
}

static void interrupted_once(const struct nlmsghdr *request, void *arg)
{
	if (dumps++) {
		good_dump(request, arg);
		return;
	}
	message_send(message_dev(9, "gone", 4));
	send_done(0, NLM_F_DUMP_INTR, NULL);
}

static void a_pause_is_no_wait(void **state)
{
	unsigned int steps = 0;
	int err;

	(void)state;
	fake_reset(interrupted_once, NULL);
	assert_int_equal(vdev_type_dump_begin(sock, NULL, count_object, NULL), 0);
	do {
		assert_true(is_due(5000));
		err = vdev_sock_step(sock);
		steps++;
	} while (err == -EINPROGRESS);
	assert_int_equal(err, 0);
	assert_in_range(steps, 2, 4);
	/* For the family, and for two dumps. */
	assert_int_equal(fake.sends, 3);
	assert_int_equal(seen, 2);
}

static void a_socket_has_one_request_at_a_time(void **state)
{
	static const char busy[] = "another request of this socket is under way";
	struct vdev_profile *profile;
	struct vdev_object *object;
	struct vdev_stats *stats;

	(void)state;
	begin_dump();
	assert_int_equal(vdev_dev_get(sock, &one, &object), -EBUSY);
	assert_error(VDEV_ERROR_LOCAL, EBUSY, busy);
	assert_null(object);
	assert_int_equal(vdev_dev_get_begin(sock, &one, count_object, NULL), -EBUSY);
	assert_int_equal(vdev_profile_get(sock, "p", &profile), -EBUSY);
	assert_int_equal(vdev_profile_dump(sock, NULL, NULL), -EBUSY);
	assert_int_equal(vdev_stats_get(sock, &stats), -EBUSY);
	assert_int_equal(vdev_sock_connect(sock), -EBUSY);
	assert_error(VDEV_ERROR_LOCAL, EBUSY, busy);
	good_dump(NULL, NULL);
	assert_int_equal(vdev_sock_step(sock), 0);
	assert_int_equal(seen, 2);
}

static void what_is_cancelled_reports_nothing(void **state)
{
	(void)state;
	vdev_sock_cancel(sock);
	begin_dump();
	vdev_sock_cancel(sock);
	assert_false(is_due(0));
	assert_int_equal(vdev_sock_step(sock), -EINVAL);
	good_dump(NULL, NULL);
	assert_int_equal(seen, 0);
	/* The answer to it must not be taken for that of another one. */
	assert_int_equal(dump_with(good_dump), 0);
	assert_int_equal(fake.opens, 1);
	assert_int_equal(seen, 2);
	begin_dump();
}

static int take_object(const struct vdev_object *object, void *arg)
{
	assert_int_equal(vdev_object_id(object), 1);
	++*(unsigned int *)arg;
	return 21;
}

static void one_endpoint_is_lent(void **state)
{
	unsigned int calls = 0;

	(void)state;
	reply = message_dev(1, "sim1", 5);
	fake_reset(respond_with, &reply);
	assert_int_equal(vdev_dev_get_begin(sock, &one, take_object, &calls), 0);
	assert_int_equal(vdev_sock_step(sock), 21);
	assert_int_equal(calls, 1);
	reply = message_type(1, "t", 5);
	fake_reset(respond_with, &reply);
	assert_int_equal(vdev_type_get_begin(sock, &one, take_object, &calls), 0);
	assert_int_equal(vdev_sock_step(sock), 21);
	assert_int_equal(calls, 2);
	reply = NULL;
	fake_reset(respond_with, &reply);
	assert_int_equal(vdev_dev_get_begin(sock, &one, take_object, &calls), 0);
	assert_int_equal(vdev_sock_step(sock), -EBADMSG);
	assert_error(VDEV_ERROR_REPLY, EBADMSG, "the reply has no endpoint");
	assert_int_equal(calls, 2);
}

static int take_judgement(const struct vdev_judgement *judgement, void *arg)
{
	assert_int_equal(vdev_judgement_verdict(judgement), VDEV_VERDICT_COMPATIBLE);
	++*(unsigned int *)arg;
	return 0;
}

static void send_found(const struct nlmsghdr *request, void *arg)
{
	const struct vdev_rank rank = { 0 };

	(void)request;
	(void)arg;
	message_send(message_judgement(VDEV_CMD_FIND, 1, "a", VDEV_VERDICT_COMPATIBLE, &rank));
	message_send(message_judgement(VDEV_CMD_FIND, 2, "b", VDEV_VERDICT_COMPATIBLE, &rank));
	send_done(0, 0, NULL);
}

static void judgements_are_lent(void **state)
{
	const struct vdev_rank rank = { 0 };
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED,
	};
	struct vdev_declaration *source;
	unsigned int calls = 0;

	(void)state;
	assert_int_equal(vdev_declaration_new(&draft, sizeof(draft), &source, NULL), 0);
	reply = message_judgement(VDEV_CMD_CHECK, 1, "a", VDEV_VERDICT_COMPATIBLE, &rank);
	fake_reset(respond_with, &reply);
	assert_int_equal(vdev_check_begin(sock, source, VDEV_OBJECT_DEV, &one, 7, 9,
					  take_judgement, &calls), 0);
	assert_int_equal(vdev_sock_step(sock), 0);
	assert_int_equal(calls, 1);
	fake_reset(send_found, NULL);
	assert_int_equal(vdev_find_begin(sock, source, NULL, take_judgement, &calls), 0);
	vdev_declaration_free(source);
	assert_int_equal(vdev_sock_step(sock), 0);
	assert_int_equal(calls, 3);
}

static int disturb(const struct vdev_object *object, void *arg)
{
	struct vdev_object *other;

	vdev_sock_cancel(sock);
	assert_int_equal(vdev_sock_step(sock), -EBUSY);
	assert_int_equal(vdev_dev_get(sock, &one, &other), -EBUSY);
	assert_int_equal(vdev_dev_get_begin(sock, &one, disturb, NULL), -EBUSY);
	return count_object(object, arg);
}

static void what_is_reported_is_not_disturbed(void **state)
{
	(void)state;
	fake_reset(good_dump, NULL);
	assert_int_equal(vdev_dev_dump_begin(sock, NULL, disturb, NULL), 0);
	assert_int_equal(vdev_sock_step(sock), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(vdev_dev_dump(sock, NULL, disturb, NULL), 0);
	assert_int_equal(seen, 4);
	reply = message_dev(1, "sim1", 5);
	fake_reset(respond_with, &reply);
	assert_int_equal(vdev_dev_get_begin(sock, &one, disturb, NULL), 0);
	assert_int_equal(vdev_sock_step(sock), 0);
	assert_int_equal(seen, 5);
}

/* Step until it is over; what it ended with. */
static int step_all(void)
{
	int err;

	do {
		assert_true(is_due(1000));
		err = vdev_sock_step(sock);
	} while (err == -EINPROGRESS);
	return err;
}

static int in_progress(const struct vdev_object *object, void *arg)
{
	(void)object;
	(void)arg;
	return -EINPROGRESS;
}

static void nothing_ends_a_request_with_what_means_that_it_goes_on(void **state)
{
	struct reason reason = { .error = EINPROGRESS, .words = "later" };
	struct vdev_object *object;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_int_equal(vdev_dev_get_begin(sock, &one, count_object, NULL), 0);
	assert_int_equal(step_all(), -EIO);
	assert_error(VDEV_ERROR_KERNEL, EIO, "later");
	/* The search for the family, too. */
	fake.all_requests = 1;
	vdev_sock_free(sock);
	sock = vdev_sock_new();
	assert_int_equal(vdev_dev_get(sock, &one, &object), -EIO);
	fake_reset(good_dump, NULL);
	assert_int_equal(vdev_dev_dump_begin(sock, NULL, in_progress, NULL), 0);
	assert_int_equal(step_all(), -EIO);
	fake_reset(good_dump, NULL);
	fake.send_error = EINPROGRESS;
	assert_int_equal(vdev_dev_get(sock, &one, &object), -EIO);
}

static void a_socket_is_freed_in_the_middle(void **state)
{
	(void)state;
	begin_dump();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXCHANGED_TEST(a_dump_is_reported_when_it_is_whole),
		EXCHANGED_TEST(an_answer_that_does_not_come_is_not_waited_for),
		EXCHANGED_TEST(a_pause_is_no_wait),
		EXCHANGED_TEST(a_socket_has_one_request_at_a_time),
		EXCHANGED_TEST(what_is_cancelled_reports_nothing),
		EXCHANGED_TEST(one_endpoint_is_lent),
		EXCHANGED_TEST(judgements_are_lent),
		EXCHANGED_TEST(what_is_reported_is_not_disturbed),
		EXCHANGED_TEST(nothing_ends_a_request_with_what_means_that_it_goes_on),
		EXCHANGED_TEST(a_socket_is_freed_in_the_middle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
