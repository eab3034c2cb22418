// SPDX-License-Identifier: GPL-2.0
/* What is put back if the process that has changed it is killed before it has. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sysfs_root.h"
#include "parent/guard.h"
#include "parent/sysfs.h"

#define FILE_NAME "sriov_drivers_autoprobe"

static char folder[PATH_MAX];

static int set_up(void **state)
{
	int err = sysfs_set_up(NULL);

	(void)state;
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

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, sysfs_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(who_is_killed_has_it_put_back),
		CASE(who_ends_keeps_it),
	};

	return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
