// SPDX-License-Identifier: GPL-2.0
/* A monitor before a kernel that is slow: it waits for nothing, and can be left at any step. */
#include "test.h"
#include "followed.h"

/* Whoever waits for other things, too, is not held up by a kernel that is busy. */
static void a_slow_kernel_is_not_waited_for(void **state)
{
	struct pollfd poll_fd = { .events = POLLIN };
	unsigned int answers = 0;

	(void)state;
	monitor_start_with_three();
	poll_fd.fd = vdev_monitor_fd(monitor);
	kernel.slow = true;
	lost = true;
	kernel_del("b");
	lost = false;
	kernel_set("a", "n", false);
	assert_int_equal(read_once(), 0);
	assert_string_equal(reported, "overrun-jump 4; ");
	assert_int_equal(poll(&poll_fd, 1, 5000), 1);
	assert_int_equal(read_once(), 0);
	do {
		assert_string_equal(reported, "");
		/* There is nothing to do before there is an answer. */
		assert_int_equal(poll(&poll_fd, 1, 0), 0);
		assert_true(kernel_answer_late());
		assert_int_equal(read_once(), 0);
	} while (!reported[0] && ++answers < 10);
	/* The numbers of the devices, then of the types. */
	assert_string_equal(reported, "*change a 6; *del b 0; ");
	assert_true(kernel_answer_late());
	assert_int_equal(read_once(), 0);
	assert_string_equal(reported, "synced 6; ");
	assert_int_equal(poll(&poll_fd, 1, 0), 0);
	assert_mirrored();
}

static void it_is_freed_in_the_middle(void **state)
{
	(void)state;
	kernel_add(VDEV_OBJECT_DEV, "a");
	assert_int_equal(vdev_monitor_start(monitor), 0);
	kernel.slow = true;
	assert_int_equal(read_once(), 0);
	assert_true(kernel_answer_late());
	assert_int_equal(read_once(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_slow_kernel_is_not_waited_for, monitor_setup,
						monitor_teardown),
		cmocka_unit_test_setup_teardown(it_is_freed_in_the_middle, monitor_setup,
						monitor_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
