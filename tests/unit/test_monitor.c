// SPDX-License-Identifier: GPL-2.0
/*
 * A monitor that follows: what is there at first, what happens, what passes its
 * filter, and where it stops.
 */
#include "test.h"
#include "followed.h"

static void what_is_there_comes_first(void **state)
{
	(void)state;
	monitor_start_with_three();
	assert_int_equal(fake.joins, 2);
	assert_int_equal(fake.group, FAKE_GROUP);
}

static void it_is_started_once(void **state)
{
	int fd;

	(void)state;
	monitor_start_with_three();
	fd = vdev_monitor_fd(monitor);
	assert_int_equal(vdev_monitor_start(monitor), -EALREADY);
	assert_int_equal(vdev_monitor_fd(monitor), fd);
	kernel_del("b");
	assert_reported("del b 5; ");
}

static void events_are_reported_as_they_come(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_set("a", "n", false);
	kernel_del("b");
	kernel_add(VDEV_OBJECT_DEV, "c");
	kernel_set("t", "n", false);
	assert_reported("change a 5; del b 6; new c 7; change t 8; ");
	assert_mirrored();
}

static void change_around(void)
{
	kernel_set("a", "n", false);
	kernel_add(VDEV_OBJECT_DEV, "c");
	kernel_del("b");
}

static void what_the_snapshot_has_is_not_reported_again(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel_add(VDEV_OBJECT_TYPE, "t");
	/* Between the dump of devices and that of types. */
	kernel.after_dump = change_around;
	monitor_start();
	assert_string_equal(reported, "*new a 2; *new b 3; *new t 4; synced 4; "
			    "change a 5; new c 6; del b 7; ");
}

static void change_type(void)
{
	kernel_set("t", "n", false);
}

static void an_event_between_two_dumps_is_in_the_second(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_TYPE, "t");
	kernel.after_dump = change_type;
	monitor_start();
	assert_string_equal(reported, "*new a 2; *new t 4; synced 3; ");
	kernel_set("a", "n", false);
	assert_reported("change a 5; ");
}

static void what_others_send_is_passed_over(void **state)
{
	struct nl_msg *msg;

	(void)state;
	monitor_start_with_three();
	msg = kernel_compose(kernel_find("a"), VDEV_CMD_DEV_CHANGE_NTF, 9, 9);
	fake_event(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, FAKE_FOREIGN);
	nlmsg_free(msg);
	msg = kernel_compose(kernel_find("a"), VDEV_CMD_DEV_CHANGE_NTF, 9, 9);
	nlmsg_hdr(msg)->nlmsg_type++;
	kernel_event(msg);
	kernel_set("a", "n", false);
	assert_reported("change a 5; ");
}

static void events_of_a_newer_kernel_count(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel.generation++;
	kernel_event(kernel_compose(kernel_find("a"), 200, kernel.generation, kernel.generation));
	kernel_set("a", "n", false);
	assert_reported("change a 6; ");
}

static void profiles_are_reported_in_their_turn(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
	kernel_set("a", "n", true);
	kernel_profile(VDEV_CMD_PROFILE_CHANGE_NTF, "p");
	kernel_profile(VDEV_CMD_PROFILE_DELETE_NTF, "p");
	kernel_set("a", "m", false);
	assert_reported("profile-new p 5; change a 6; profile-change p 7; profile-del p 8; "
			"change a 9; ");
	assert_mirrored();
}

static void profiles_do_not_pass_a_filter_and_count(void **state)
{
	(void)state;
	filter = vdev_filter_new();
	vdev_filter_set_bus(filter, "sim");
	vdev_monitor_set_filter(monitor, filter);
	monitor_start_with_three();
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
	kernel_set("a", "n", false);
	assert_reported("change a 6; ");
	vdev_filter_set_bus(filter, NULL);
	kernel_profile(VDEV_CMD_PROFILE_DELETE_NTF, "p");
	assert_reported("profile-del p 7; ");
	vdev_filter_set_kind(filter, VDEV_OBJECT_TYPE);
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
	kernel_set("t", "n", false);
	assert_reported("change t 9; ");
}

static void add_profile(void)
{
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
}

/* Dumps have no profiles: what comes behind the first of them is reported. */
static void a_profile_between_two_dumps_is_reported(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_TYPE, "t");
	kernel.after_dump = add_profile;
	monitor_start();
	assert_string_equal(reported, "*new a 2; *new t 3; synced 3; profile-new p 4; ");
}

static void a_number_may_have_more_bytes_than_it_needs(void **state)
{
	(void)state;
	message_wide = true;
	monitor_start_with_three();
	kernel_set("a", "n", false);
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
	message_wide = false;
	kernel_set("a", "m", false);
	assert_reported("change a 5; profile-new p 6; change a 7; ");
}

static void nothing_is_there_at_first(void **state)
{
	(void)state;
	monitor_start();
	assert_string_equal(reported, "synced 0; ");
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_TYPE, "t");
	kernel_del("a");
	assert_reported("new a 2; new t 3; del a 4; ");
	lost = true;
	kernel_del("t");
	lost = false;
	kernel_add(VDEV_OBJECT_TYPE, "u");
	assert_reported("overrun-jump 4; *new u 6; *del t 0; synced 0; ");
}

static void come_and_go(void)
{
	kernel_del("a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel_add(VDEV_OBJECT_TYPE, "t");
}

static void an_empty_dump_bounds_itself_by_the_other(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_TYPE, "s");
	monitor_start();
	assert_string_equal(reported, "*new s 2; synced 0; ");
	kernel_add(VDEV_OBJECT_DEV, "a");
	come_and_go();
	assert_reported("new a 3; del a 4; new b 5; new t 6; ");
	assert_mirrored();
}

static void what_enters_the_filter_is_new_and_what_leaves_it_gone(void **state)
{
	(void)state;
	filter = vdev_filter_new();
	vdev_filter_set_migratable(filter, true);
	vdev_monitor_set_filter(monitor, filter);
	kernel.filtered = true;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel_set("b", "m", true);
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_reported("*new b 4; synced 4; ");
	kernel_set("a", "m", true);
	kernel_set("a", "n", true);
	kernel_set("b", "m", false);
	kernel_set("b", "n", false);
	kernel_del("b");
	kernel_del("a");
	assert_reported("new a 5; change a 6; del b 7; del a 10; ");
	kernel_add(VDEV_OBJECT_DEV, "c");
	assert_reported("");
}

static void one_kind_can_be_followed_alone(void **state)
{
	(void)state;
	filter = vdev_filter_new();
	vdev_filter_set_kind(filter, VDEV_OBJECT_TYPE);
	vdev_monitor_set_filter(monitor, filter);
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_TYPE, "t");
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_reported("*new t 3; synced 3; ");
	kernel_set("a", "n", false);
	kernel_set("t", "n", false);
	assert_reported("change t 5; ");
}

static void an_absent_module_is_an_error_or_waited_for(void **state)
{
	(void)state;
	kernel.absent = true;
	assert_int_equal(vdev_monitor_start(monitor), -ENOENT);
	assert_int_equal(vdev_monitor_error(monitor)->type, VDEV_ERROR_ABSENT);
	vdev_monitor_set_wait(monitor, true);
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_reported("gone 0; ");
	kernel_load();
	kernel_add(VDEV_OBJECT_DEV, "a");
	assert_reported("back 0; *new a 2; synced 2; ");
}

static void a_stop_in_the_middle_leaves_nothing_out(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_set("a", "n", false);
	kernel_set("b", "n", false);
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_int_equal(read_once(), 0);
	stop_after = 1;
	poll(&(struct pollfd){ .fd = vdev_monitor_fd(monitor), .events = POLLIN }, 1, 1000);
	assert_int_equal(read_once(), 42);
	assert_string_equal(reported, "*change a 5; ");
	assert_reported("*change b 6; synced 6; ");
	assert_mirrored();
}

/* With that a step says that there are more; it would never be known that it was a stop. */
static void a_stop_is_not_taken_for_one_more_step(void **state)
{
	(void)state;
	monitor_start();
	read_once();
	kernel_add(VDEV_OBJECT_DEV, "a");
	stop_after = 1;
	stop_with = -EINPROGRESS;
	assert_int_equal(read_once(), -EIO);
}

static void a_stop_at_an_event_leaves_nothing_out(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_set("a", "n", false);
	kernel_set("b", "n", false);
	stop_after = 1;
	assert_int_equal(read_once(), 42);
	assert_string_equal(reported, "change a 5; ");
	assert_reported("change b 6; ");
}

static void a_stop_as_the_module_goes_leaves_nothing_out(void **state)
{
	(void)state;
	monitor_start_with_three();
	kernel_unload();
	stop_after = 2;
	assert_int_equal(read_once(), 42);
	assert_string_equal(reported, "gone 0; *del b 0; ");
	assert_reported("*del t 0; *del a 0; ");
}

static void the_mirror_has_a_bound(void **state)
{
	(void)state;
	vdev_monitor_set_memory(monitor, 300);
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	monitor_start();
	kernel_add(VDEV_OBJECT_DEV, "c");
	kernel_add(VDEV_OBJECT_DEV, "d");
	assert_int_equal(read_once(), -ENOSPC);
	assert_int_equal(vdev_monitor_error(monitor)->code, ENOSPC);
	lost = true;
	kernel_del("d");
	kernel_del("c");
	assert_reported("synced 7; ");
}

static void one_call_reads_a_bounded_number(void **state)
{
	unsigned int i, count = 0;
	const char *pos;

	(void)state;
	monitor_start_with_three();
	for (i = 0; i < 4097; i++) {
		kernel.generation++;
		kernel_event(kernel_compose(kernel_find("a"), 200, kernel.generation, kernel.generation));
	}
	kernel_set("a", "n", false);
	assert_int_equal(read_once(), 0);
	assert_string_equal(reported, "");
	assert_int_equal(read_once(), 0);
	for (pos = reported; (pos = strstr(pos, "change a ")); pos++)
		count++;
	assert_int_equal(count, 1);
}

static void a_group_that_cannot_be_joined_is_tried_again(void **state)
{
	(void)state;
	fake.join_error = ENOMEM;
	kernel_add(VDEV_OBJECT_DEV, "a");
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_int_equal(read_once(), 0);
	fake.join_error = 0;
	assert_reported("*new a 2; synced 2; ");
}

static void answer_without_group(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_new(GENL_ID_CTRL, CTRL_CMD_NEWFAMILY, 0);

	(void)request;
	(void)arg;
	nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, fake.family);
	message_send(msg);
	send_ack(&(struct reason){ 0 });
}

static void a_module_without_events_is_an_error(void **state)
{
	(void)state;
	fake_reset(answer_without_group, NULL);
	fake.all_requests = 1;
	assert_int_equal(vdev_monitor_start(monitor), -EOPNOTSUPP);
	assert_string_equal(vdev_monitor_error(monitor)->message,
			    "the module does not report changes");
	assert_int_equal(vdev_monitor_fd(monitor), -1);
}

static void numbers_have_words(void **state)
{
	(void)state;
	assert_string_equal(vdev_event_name(VDEV_EVENT_SYNCED), "synced");
	assert_null(vdev_event_name(0));
	assert_string_equal(vdev_event_name(VDEV_EVENT_PROFILE_NEW), "profile-new");
	assert_string_equal(vdev_event_name(VDEV_EVENT_PROFILE_DEL), "profile-del");
	assert_string_equal(vdev_event_name(VDEV_EVENT_PROFILE_CHANGE), "profile-change");
	assert_null(vdev_event_name(VDEV_EVENT_PROFILE_CHANGE + 1));
	assert_string_equal(vdev_loss_name(VDEV_LOSS_BROKEN), "broken");
	assert_null(vdev_loss_name(0));
	assert_null(vdev_loss_name(VDEV_LOSS_BROKEN + 1));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, monitor_setup, monitor_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_is_there_comes_first),
		CASE(it_is_started_once),
		CASE(events_are_reported_as_they_come),
		CASE(what_the_snapshot_has_is_not_reported_again),
		CASE(an_event_between_two_dumps_is_in_the_second),
		CASE(what_others_send_is_passed_over),
		CASE(events_of_a_newer_kernel_count),
		CASE(profiles_are_reported_in_their_turn),
		CASE(profiles_do_not_pass_a_filter_and_count),
		CASE(a_profile_between_two_dumps_is_reported),
		CASE(a_number_may_have_more_bytes_than_it_needs),
		CASE(nothing_is_there_at_first),
		CASE(an_empty_dump_bounds_itself_by_the_other),
		CASE(what_enters_the_filter_is_new_and_what_leaves_it_gone),
		CASE(one_kind_can_be_followed_alone),
		CASE(an_absent_module_is_an_error_or_waited_for),
		CASE(a_stop_in_the_middle_leaves_nothing_out),
		CASE(a_stop_is_not_taken_for_one_more_step),
		CASE(a_stop_at_an_event_leaves_nothing_out),
		CASE(a_stop_as_the_module_goes_leaves_nothing_out),
		CASE(the_mirror_has_a_bound),
		CASE(one_call_reads_a_bounded_number),
		CASE(a_group_that_cannot_be_joined_is_tried_again),
		CASE(a_module_without_events_is_an_error),
		CASE(numbers_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
