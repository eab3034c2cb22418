// SPDX-License-Identifier: GPL-2.0
/*
 * A monitor before a kernel in which endpoints change while they are dumped, each time: it
 * follows all the same, and its mirror is what the kernel has.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "test.h"
#include "followed.h"

#define ROUNDS 40

static bool is_there(const char *name)
{
	unsigned int i;

	for (i = 0; i < kernel.num; i++)
		if (strcmp(kernel.endpoints[i].name, name) == 0)
			return true;
	return false;
}

static void change_first(void)
{
	kernel_set("a", "n", false);
}

static void a_dump_that_is_interrupted_is_tried_again(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel.storm = change_first;
	kernel.storms = 2;
	monitor_start();
	/* The third dump of devices is of one moment. */
	assert_string_equal(reported, "*new a 6; synced 6; ");
}

static void what_never_rests_is_followed_all_the_same(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel.storm = change_first;
	kernel.storms = UINT_MAX;
	monitor_start();
	/* Before the last message of the third dump 8 was there; what it had of "a" was 9. */
	assert_string_equal(reported, "*new a 9; *new b 3; change a 10; synced 10; change a 11; "
			    "change a 12; change a 13; change a 14; change a 15; ");
	change_first();
	assert_reported("change a 16; ");
}

static void delete_second(void)
{
	kernel_del("b");
	kernel.storm = change_first;
}

static void what_went_meanwhile_is_no_contradiction(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel_add(VDEV_OBJECT_DEV, "c");
	kernel.storm = delete_second;
	kernel.storms = 3;
	monitor_start();
	assert_null(strstr(reported, "overrun"));
	assert_null(strstr(reported, " b "));
	assert_non_null(strstr(reported, "synced"));
}

static void delete_second_at_last(void)
{
	if (kernel.storms > 1)
		change_first();
	else if (is_there("b"))
		kernel_del("b");
}

/* It went after the newest moment that a message of the dump is of, and before the dump's end. */
static void what_went_behind_the_last_message_is_no_contradiction(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel.storm = delete_second_at_last;
	kernel.storms = 3;
	monitor_start();
	assert_string_equal(reported, "*new a 9; synced 9; ");
	change_first();
	assert_reported("change a 11; ");
	assert_mirrored();
}

static void a_storm_after_a_loss_ends_in_what_is_there(void **state)
{
	(void)state;
	monitor_start_with_three();
	lost = true;
	kernel_del("b");
	kernel_add(VDEV_OBJECT_DEV, "c");
	lost = false;
	kernel.storm = change_first;
	kernel.storms = 6;
	change_first();
	read_once();
	assert_string_equal(reported, "overrun-jump 4; ");
	kernel.storm();
	assert_reported("*change a 14; *new c 6; *del b 0; change a 15; change a 16; "
			"change a 17; change a 18; change a 19; change a 20; change a 21; "
			"synced 21; change a 22; change a 23; ");
	assert_mirrored();
}

static void a_stop_before_it_is_known_leaves_nothing_out(void **state)
{
	struct pollfd poll_fd = { .events = POLLIN };

	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel.storm = change_first;
	kernel.storms = 3;
	assert_int_equal(vdev_monitor_start(monitor), 0);
	poll_fd.fd = vdev_monitor_fd(monitor);
	/* Both endpoints, and the change with which it is known what was there. */
	stop_after = 3;
	while (stop_after && poll(&poll_fd, 1, 5000) > 0)
		read_once();
	assert_string_equal(reported, "*new a 9; *new b 3; change a 10; ");
	assert_reported("synced 10; change a 11; change a 12; ");
	assert_mirrored();
}

/* One of a few endpoints comes, goes, changes, or begins or ceases to match a filter. */
static void do_anything(void)
{
	static const char *const names[] = { "a", "b", "c", "t", "u" };
	unsigned int i = (unsigned int)rand() % 5;

	if (!is_there(names[i]))
		kernel_add(i < 3 ? VDEV_OBJECT_DEV : VDEV_OBJECT_TYPE, names[i]);
	else if (rand() % 3)
		kernel_set(names[i], rand() % 2 ? "n" : "m", rand() % 2);
	else
		kernel_del(names[i]);
}

static void do_some(void)
{
	unsigned int num = (unsigned int)rand() % 3;

	while (num--)
		do_anything();
}

/* What it reported is a state again, whatever came in between. */
static void any_storm_ends_in_what_is_there(void **state)
{
	unsigned int round;

	monitor_teardown(state);
	for (round = 0; round < ROUNDS; round++) {
		srand(round);
		monitor_setup(state);
		do_some();
		kernel.storm = do_some;
		kernel.storms = (unsigned int)rand() % 8;
		monitor_start();
		lost = rand() % 2;
		do_some();
		if (lost)
			fake_event_fail(ENOBUFS);
		lost = false;
		kernel.storms = (unsigned int)rand() % 8;
		do_anything();
		read_all();
		assert_mirrored();
		monitor_teardown(state);
	}
	monitor_setup(state);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, monitor_setup, monitor_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_dump_that_is_interrupted_is_tried_again),
		CASE(what_never_rests_is_followed_all_the_same),
		CASE(what_went_meanwhile_is_no_contradiction),
		CASE(what_went_behind_the_last_message_is_no_contradiction),
		CASE(a_storm_after_a_loss_ends_in_what_is_there),
		CASE(a_stop_before_it_is_known_leaves_nothing_out),
		CASE(any_storm_ends_in_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
