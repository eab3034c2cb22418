// SPDX-License-Identifier: GPL-2.0
/* A monitor whose events and mirror are returned as lists. */
#include "test.h"
#include "followed.h"

static struct vdev_event **events;
static size_t num;

static int read_list(void)
{
	vdev_event_list_free(events, num);
	return vdev_event_list(monitor, &events, &num);
}

static int teardown(void **state)
{
	vdev_event_list_free(events, num);
	events = NULL;
	num = 0;
	return monitor_teardown(state);
}

static void events_are_listed_as_they_come(void **state)
{
	(void)state;
	monitor_start_with_three();
	assert_int_equal(read_list(), 0);
	assert_int_equal(num, 0);
	kernel_set("a", "n", false);
	kernel_del("b");
	kernel_add(VDEV_OBJECT_DEV, "c");
	kernel_profile(VDEV_CMD_PROFILE_CREATE_NTF, "p");
	assert_int_equal(read_list(), 0);
	assert_int_equal(num, 4);
	/* What is listed lives on. */
	vdev_monitor_free(monitor);
	monitor = NULL;
	assert_int_equal(events[0]->type, VDEV_EVENT_CHANGE);
	assert_string_equal(vdev_record_model(vdev_object_record(events[0]->before))->value, "m");
	assert_string_equal(vdev_record_model(vdev_object_record(events[0]->after))->value, "n");
	assert_int_equal(events[1]->type, VDEV_EVENT_DEL);
	assert_string_equal(vdev_object_name(events[1]->before), "b");
	assert_null(events[1]->after);
	assert_int_equal(events[2]->type, VDEV_EVENT_NEW);
	assert_string_equal(vdev_object_name(events[2]->after), "c");
	assert_int_equal(events[2]->generation, 7);
	assert_int_equal(events[3]->type, VDEV_EVENT_PROFILE_NEW);
	assert_string_equal(vdev_profile_name(events[3]->profile), "p");
}

static void what_comes_before_a_failure_is_listed(void **state)
{
	(void)state;
	vdev_monitor_set_memory(monitor, 300);
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	monitor_start();
	kernel_set("a", "n", false);
	kernel_add(VDEV_OBJECT_DEV, "c");
	kernel_add(VDEV_OBJECT_DEV, "d");
	assert_int_equal(read_list(), -ENOSPC);
	assert_int_equal(vdev_monitor_error(monitor)->code, ENOSPC);
	assert_true(num > 0);
	assert_int_equal(events[0]->type, VDEV_EVENT_CHANGE);
}

static void the_mirror_is_a_list(void **state)
{
	struct vdev_object **objects;
	size_t i, count;

	(void)state;
	monitor_start_with_three();
	assert_int_equal(vdev_monitor_list(monitor, &objects, &count), 0);
	assert_int_equal(count, kernel.num);
	for (i = 0; i < count; i++)
		assert_non_null(kernel_find(vdev_object_name(objects[i])));
	vdev_object_list_free(objects, count);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, monitor_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(events_are_listed_as_they_come),
		CASE(what_comes_before_a_failure_is_listed),
		CASE(the_mirror_is_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
