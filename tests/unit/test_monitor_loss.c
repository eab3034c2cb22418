// SPDX-License-Identifier: GPL-2.0
/*
 * A monitor that has lost events, dumps that do not succeed, and a module that goes
 * and comes back: what was missed is reported as a difference.
 */
#include "test.h"
#include "followed.h"

static void a_jump_is_a_loss_and_the_difference_is_reported(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_set("a", "n", false);
	kernel_del("b");
	lost = false;
	kernel_add(VDEV_OBJECT_DEV, "c");
	assert_reported("overrun-jump 4; *change a 5; *new c 7; *del b 0; synced 7; ");
	assert_mirrored();
	kernel_set("c", "n", false);
	assert_reported("change c 8; ");
}

static void a_full_buffer_is_a_loss(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_del("t");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_reported("overrun-enobufs 4; *del t 0; synced 5; ");
	assert_mirrored();
}

static void a_loss_of_what_was_undone_is_no_difference(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_add(VDEV_OBJECT_DEV, "c");
	kernel_del("c");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_reported("overrun-enobufs 4; synced 6; ");
}

static void another_endpoint_of_the_same_name_is_two_steps(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_del("a");
	kernel_add(VDEV_OBJECT_DEV, "a");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_reported("overrun-enobufs 4; *del a 0; *new a 6; synced 6; ");
	assert_mirrored();
}

static void a_message_that_is_cut_short_is_a_loss(void **state)
{
	struct nl_msg *msg;

	(void)state;
	monitor_start_with_three();
	kernel.generation++;
	msg = kernel_compose(kernel_find("a"), VDEV_CMD_DEV_CHANGE_NTF, kernel.generation,
			     kernel.generation);
	fake_event(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len - 8, 0);
	nlmsg_free(msg);
	assert_reported("overrun-broken 4; synced 5; ");
}

static void a_message_without_a_name_is_a_loss(void **state)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_DEV_CREATE_NTF, 0);

	(void)state;
	monitor_start_with_three();
	nla_put_u32(msg, VDEV_A_ID, 9);
	message_uint(msg, VDEV_A_GENERATION, 5);
	kernel_event(msg);
	assert_reported("overrun-broken 4; synced 4; ");
}

static void a_profile_without_a_name_is_a_loss(void **state)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_PROFILE_CREATE_NTF, 0);

	(void)state;
	monitor_start_with_three();
	message_uint(msg, VDEV_A_PROFILE_GENERATION, 5);
	kernel_event(msg);
	assert_reported("overrun-broken 4; synced 4; ");
}

static void a_profile_without_a_generation_is_a_loss(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_event(message_as(VDEV_CMD_PROFILE_DELETE_NTF, message_profile("p", false)));
	assert_reported("overrun-broken 4; synced 4; ");
}

static void a_generation_of_three_bytes_is_a_loss(void **state)
{
	struct nl_msg *msg = message_dev(1, "a", 5);

	(void)state;
	monitor_start_with_three();
	nla_put(msg, VDEV_A_GENERATION, 3, "\5\0\0");
	kernel_event(message_as(VDEV_CMD_DEV_CHANGE_NTF, msg));
	assert_reported("overrun-broken 4; synced 4; ");
}

static void an_event_of_another_instance_is_a_loss(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel.instance++;
	kernel_set("a", "n", false);
	assert_reported("overrun-jump 4; *change a 5; *change b 3; *change t 4; synced 5; ");
	assert_int_equal(reported_instance, MESSAGE_INSTANCE + 1);
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
	kernel.instance++;
	kernel_profile(VDEV_CMD_PROFILE_DELETE_NTF, "p");
	assert_reported("profile-new p 6; overrun-jump 6; *change a 5; *change b 3; *change t 4; "
			"synced 7; ");
	assert_mirrored();
}

static void a_lost_profile_is_a_jump(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
	lost = false;
	kernel_set("a", "n", false);
	assert_reported("overrun-jump 4; *change a 6; synced 6; ");
}

static void an_event_without_a_generation_is_a_loss(void **state)
{
	struct nl_msg *msg = message_dev(1, "a", 5);

	(void)state;
	monitor_start_with_three();
	((struct genlmsghdr *)nlmsg_data(nlmsg_hdr(msg)))->cmd = VDEV_CMD_DEV_CHANGE_NTF;
	kernel_event(msg);
	assert_reported("overrun-broken 4; synced 4; ");
}

static void an_event_that_comes_twice_is_a_loss(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_set("a", "n", false);
	kernel_notify(kernel_find("a"), VDEV_CMD_DEV_CHANGE_NTF);
	assert_reported("change a 5; overrun-jump 5; synced 5; ");
}

static void what_contradicts_the_mirror_is_a_loss(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel.generation++;
	kernel_notify(kernel_find("a"), VDEV_CMD_DEV_CREATE_NTF);
	assert_reported("overrun-broken 5; synced 5; ");
	kernel_del("b");
	kernel.generation++;
	kernel_event(kernel_compose(&(struct endpoint){ .kind = VDEV_OBJECT_DEV, .id = 2, .name = "b",
					       .model = "m" },
			   VDEV_CMD_DEV_DELETE_NTF, kernel.generation, kernel.generation));
	assert_reported("del b 6; overrun-broken 7; synced 7; ");
	assert_mirrored();
}

static void another_number_for_the_same_endpoint_is_a_loss(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_find("a")->id = 99;
	kernel_set("a", "m", false);
	kernel_del("b");
	assert_reported("overrun-broken 5; *del a 0; *new a 5; *del b 0; synced 6; ");
}

/* What is reported here of a generation are its low 32 bits. */
static void no_number_is_skipped(void **state)
{
	(void)state;
	kernel.generation = 0xfffffffe;
	kernel_add(VDEV_OBJECT_DEV, "a");
	monitor_start();
	kernel_set("a", "n", false);
	kernel_set("a", "o", false);
	assert_reported("change a 0; change a 1; ");
	assert_mirrored();
}

static void the_module_can_go_and_come_back(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_unload();
	assert_reported("gone 0; *del b 0; *del t 0; *del a 0; ");
	assert_mirrored();
	kernel_load();
	kernel_add(VDEV_OBJECT_DEV, "a");
	assert_int_equal(reported_instance, MESSAGE_INSTANCE);
	assert_reported("back 0; *new a 2; synced 2; ");
	assert_int_equal(reported_instance, MESSAGE_INSTANCE + 1);
	kernel_set("a", "n", false);
	assert_reported("change a 3; ");
}

static void a_reload_that_nobody_reported_is_found(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_unload();
	kernel_load();
	kernel_add(VDEV_OBJECT_DEV, "a");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_reported("overrun-enobufs 4; gone 0; *del b 0; *del t 0; *del a 0; "
			"back 0; *new a 2; synced 2; ");
	assert_mirrored();
}

static void reload_silently(void)
{
	lost = true;
	kernel_unload();
	kernel_load();
	lost = false;
	kernel_add(VDEV_OBJECT_DEV, "c");
}

static void a_reload_between_two_dumps_is_found(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_TYPE, "t");
	kernel.after_dump = reload_silently;
	monitor_start();
	assert_string_equal(reported, "*new a 2; gone 0; *del a 0; back 0; *new c 2; synced 2; ");
}

static void news_of_another_time_are_passed_over(void **state)
{
	(void)state;
	monitor_start_with_three();
	/* What was reported about the family that was found already. */
	kernel_control(CTRL_CMD_NEWFAMILY);
	fake.family--;
	kernel_control(CTRL_CMD_DELFAMILY);
	fake.family++;
	kernel_set("a", "n", false);
	assert_reported("change a 5; ");
}

static void dumps_that_fail_end_in_an_error_which_can_be_overcome(void **state)
{
	struct pollfd poll_fd = { .events = POLLIN };
	unsigned int calls = 0;
	int err = 0;

	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel.failures = 10;
	kernel.error = ENOMEM;
	assert_int_equal(vdev_monitor_start(monitor), 0);
	poll_fd.fd = vdev_monitor_fd(monitor);
	while (!err && calls++ < 100 && poll(&poll_fd, 1, 5000) > 0)
		err = read_once();
	assert_int_equal(err, -ENOMEM);
	assert_int_equal(calls, 10);
	assert_int_equal(poll(&poll_fd, 1, 5000), 1);
	assert_int_equal(read_once(), 0);
	assert_string_equal(reported, "*new a 2; synced 2; ");
}

static void events_lost_while_it_dumps_are_lost_again(void **state)
{
	(void)state;
	monitor_start_with_three();
	fake_event_fail(ENOBUFS);
	read_once();
	assert_string_equal(reported, "overrun-enobufs 4; ");
	/* The new socket is too small as well. */
	kernel_set("a", "n", false);
	assert_reported("*change a 5; synced 5; ");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, monitor_setup, monitor_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_jump_is_a_loss_and_the_difference_is_reported),
		CASE(a_full_buffer_is_a_loss),
		CASE(a_loss_of_what_was_undone_is_no_difference),
		CASE(another_endpoint_of_the_same_name_is_two_steps),
		CASE(a_message_that_is_cut_short_is_a_loss),
		CASE(a_message_without_a_name_is_a_loss),
		CASE(a_profile_without_a_name_is_a_loss),
		CASE(a_profile_without_a_generation_is_a_loss),
		CASE(a_generation_of_three_bytes_is_a_loss),
		CASE(an_event_of_another_instance_is_a_loss),
		CASE(a_lost_profile_is_a_jump),
		CASE(an_event_without_a_generation_is_a_loss),
		CASE(an_event_that_comes_twice_is_a_loss),
		CASE(what_contradicts_the_mirror_is_a_loss),
		CASE(another_number_for_the_same_endpoint_is_a_loss),
		CASE(no_number_is_skipped),
		CASE(the_module_can_go_and_come_back),
		CASE(a_reload_that_nobody_reported_is_found),
		CASE(a_reload_between_two_dumps_is_found),
		CASE(news_of_another_time_are_passed_over),
		CASE(dumps_that_fail_end_in_an_error_which_can_be_overcome),
		CASE(events_lost_while_it_dumps_are_lost_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
