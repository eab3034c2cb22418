// SPDX-License-Identifier: GPL-2.0
/* A dump: its end, interruptions, what is lost of it, and what is no dump. */
#include "test.h"

#include "exchanged.h"

static void a_dump_gives_its_objects(void **state)
{
	(void)state;
	assert_int_equal(dump_with(good_dump), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_NONE);
	assert_int_equal(fake_request()->nlmsg_flags & NLM_F_DUMP, NLM_F_DUMP);
	assert_int_equal(fake_request()->nlmsg_type, FAKE_FAMILY);
}

static void types_are_dumped_in_the_same_way(void **state)
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

static void a_list_has_what_a_dump_gives(void **state)
{
	struct vdev_object **objects;
	size_t num;

	(void)state;
	fake_reset(good_dump, NULL);
	assert_int_equal(vdev_dev_list(sock, NULL, &objects, &num), 0);
	assert_int_equal(num, 2);
	assert_int_equal(vdev_object_id(objects[0]), 1);
	assert_int_equal(vdev_object_id(objects[1]), 2);
	vdev_object_list_free(objects, num);
	fake_reset(empty_dump, NULL);
	assert_int_equal(vdev_type_list(sock, NULL, &objects, &num), 0);
	assert_int_equal(num, 0);
	vdev_object_list_free(objects, num);
	fake_reset(respond_rejection, &(struct reason){ .error = EPERM });
	assert_int_equal(vdev_dev_list(sock, NULL, &objects, &num), -EPERM);
	assert_null(objects);
	assert_int_equal(num, 0);
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
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_NONE);
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

static void a_dump_that_is_only_acknowledged_has_no_end(void **state)
{
	(void)state;
	assert_int_equal(dump_with(acknowledgement_alone), -EBADMSG);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_REPLY);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXCHANGED_TEST(a_dump_gives_its_objects),
		EXCHANGED_TEST(types_are_dumped_in_the_same_way),
		EXCHANGED_TEST(an_empty_dump_is_no_error),
		EXCHANGED_TEST(a_list_has_what_a_dump_gives),
		EXCHANGED_TEST(a_callback_ends_the_dump),
		EXCHANGED_TEST(an_error_at_the_end_of_a_dump_is_seen),
		EXCHANGED_TEST(an_error_without_words_gets_some),
		EXCHANGED_TEST(a_dump_that_is_always_interrupted_fails),
		EXCHANGED_TEST(an_interrupted_dump_is_asked_for_again),
		EXCHANGED_TEST(objects_of_two_moments_are_asked_for_again),
		EXCHANGED_TEST(after_a_loss_the_dump_begins_on_a_new_socket),
		EXCHANGED_TEST(a_dump_that_is_always_lost_fails),
		EXCHANGED_TEST(a_dump_that_is_only_acknowledged_has_no_end),
		EXCHANGED_TEST(a_dump_that_goes_in_circles_is_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
