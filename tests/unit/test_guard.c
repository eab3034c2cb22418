// SPDX-License-Identifier: GPL-2.0
/* What is put back if the process that has changed it is killed before it has. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sysfs_root.h"
#include "parent/guard.h"
#include "parent/sysfs.h"

#define FILE_NAME "sriov_drivers_autoprobe"

static char folder[PATH_MAX];
static bool lacks_close_range;

/* In the place of the C library's. */
int close_range(unsigned int first, unsigned int last, int flags)
{
	if (!lacks_close_range)
		return (int)syscall(SYS_close_range, first, last, flags);
	errno = EPERM;
	return -1;
}

static int set_up(void **state)
{
	int err = sysfs_set_up(NULL);

	(void)state;
	lacks_close_range = false;
	if (err)
		return err;
	run("printf 1 >" FILE_NAME);
	return vdev_sysfs_path(provisioner, folder, ".");
}

static int change(struct guard *guard)
{
	int err = vdev_guard_begin(provisioner, guard, folder, FILE_NAME, "1");

	return err ? err : vdev_sysfs_write(provisioner, folder, FILE_NAME, "0");
}

/* A second is enough, and a minute for a machine that does much else. */
static void wait_for(const char *expected)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	char text[64] = "";
	int tries;

	for (tries = 0; tries < 60000; tries++) {
		read_file(FILE_NAME, text);
		if (strcmp(text, expected) == 0)
			return;
		nanosleep(&pause, NULL);
	}
	fail_msg("'%s' in the place of '%s'", text, expected);
}

static void who_is_killed_has_it_put_back(void **state)
{
	struct guard guard;
	int status;
	pid_t pid;

	(void)state;
	pid = fork();
	if (!pid) {
		setpgid(0, 0);
		if (change(&guard))
			_exit(1);
		kill(0, SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	wait_for("1");
}

static void who_ends_keeps_it(void **state)
{
	struct guard guard;

	(void)state;
	assert_int_equal(change(&guard), 0);
	vdev_guard_end(&guard);
	assert_int_equal(waitpid(guard.pid, NULL, WNOHANG), -1);
	assert_file(FILE_NAME, "0");
}

/* Nobody can write any more. */
static void expect_end(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	assert_int_equal(poll(&poll_fd, 1, 0), 1);
	assert_int_equal(poll_fd.revents & (POLLIN | POLLHUP), POLLHUP);
}

/* One before its own descriptor, and one behind it. */
static void expect_nothing_held(void)
{
	struct guard guard;
	int before[2], behind[2];

	assert_int_equal(pipe(before), 0);
	assert_int_equal(pipe(behind), 0);
	assert_int_equal(dup2(behind[1], 200), 200);
	close(behind[1]);
	assert_int_equal(change(&guard), 0);
	close(before[1]);
	close(200);
	expect_end(before[0]);
	expect_end(behind[0]);
	assert_int_equal(waitpid(guard.pid, NULL, WNOHANG), 0);
	vdev_guard_end(&guard);
	close(before[0]);
	close(behind[0]);
}

static void it_holds_no_pipe_open(void **state)
{
	(void)state;
	expect_nothing_held();
}

static void without_close_range_neither(void **state)
{
	(void)state;
	lacks_close_range = true;
	expect_nothing_held();
}

/* Who reads what the caller prints is not kept waiting. */
static void it_does_not_hold_the_output_open(void **state)
{
	struct guard guard;
	int fds[2], kept = dup(STDOUT_FILENO);

	(void)state;
	assert_int_equal(pipe(fds), 0);
	fflush(stdout);
	assert_int_equal(dup2(fds[1], STDOUT_FILENO), STDOUT_FILENO);
	close(fds[1]);
	assert_int_equal(change(&guard), 0);
	assert_int_equal(dup2(kept, STDOUT_FILENO), STDOUT_FILENO);
	close(kept);
	expect_end(fds[0]);
	vdev_guard_end(&guard);
	close(fds[0]);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, sysfs_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(who_is_killed_has_it_put_back),
		CASE(who_ends_keeps_it),
		CASE(it_holds_no_pipe_open),
		CASE(without_close_range_neither),
		CASE(it_does_not_hold_the_output_open),
	};

	return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
