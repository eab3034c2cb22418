// SPDX-License-Identifier: GPL-2.0
/* Virtual functions in a folder that stands for sysfs: enabled, bound, and taken away. */
#include "sysfs_root.h"

#define PF "bus/pci/devices/0000:01:00.0"

static int set_up(void **state)
{
	(void)state;
	return sysfs_set_up(NULL);
}

static void make_functions(const char *driver)
{
	run("mkdir -p devices/pf devices/vf && ln -s ../../../devices/pf " PF " && ln -s "
	    "../../../devices/vf bus/pci/devices/0000:01:00.1 && cd bus/pci/drivers/vfio-pci && "
	    ": >bind && : >unbind");
	run("cd devices/pf && printf 2 >sriov_totalvfs && printf 0 >sriov_numvfs && "
	    "printf 1 >sriov_drivers_autoprobe && printf 0x1b36 >vendor && "
	    "printf 10 >sriov_vf_device && ln -s ../0000:01:00.1 virtfn0");
	run("cd devices/vf && : >driver_override && ln -s ../0000:01:00.0 physfn");
	if (driver)
		run("ln -s ../../bus/pci/drivers/%s devices/vf/driver", driver);
}

static void functions_are_enabled_and_bound(void **state)
{
	struct vdev_config config = { .vfs = 1 };
	struct vdev_made *made;

	(void)state;
	make_functions("vfio-pci");
	assert_string_equal(parent("pci/0000:01:00.0")->types[0].name, "vf-1b36:0010");
	assert_int_equal(parent("pci/0000:01:00.0")->types[0].available, 2);
	assert_int_equal(add(parent("pci/0000:01:00.0"), &config, &made), 0);
	assert_string_equal(made->handles[0].name, "0000:01:00.1");
	assert_true(made->enabled);
	assert_file(PF "/sriov_numvfs", "1");
	assert_file(PF "/sriov_drivers_autoprobe", "1");
	assert_file("devices/vf/driver_override", "vfio-pci");
	assert_file("bus/pci/drivers/vfio-pci/bind", "0000:01:00.1");
	/* Its driver stays here, as it would if it were in use: nothing is taken away. */
	assert_int_equal(vdev_provisioner_undo(provisioner, parent("pci/0000:01:00.0"), made),
			 -EBUSY);
	assert_file(PF "/sriov_numvfs", "1");
	vdev_made_free(made);
}

static void a_function_that_no_driver_takes_is_taken_away(void **state)
{
	struct vdev_config config = { .vfs = 1 };
	struct vdev_made *made;

	(void)state;
	make_functions(NULL);
	assert_int_equal(add(parent("pci/0000:01:00.0"), &config, &made), -EIO);
	assert_non_null(strstr(message(), "does not take it"));
	assert_file(PF "/sriov_numvfs", "0");
	assert_file(PF "/sriov_drivers_autoprobe", "1");
}

static void what_another_driver_has_taken_stays(void **state)
{
	struct vdev_config config = { .vfs = 1 };
	struct vdev_made *made;

	(void)state;
	make_functions("other");
	run("mkdir bus/pci/drivers/other && : >bus/pci/drivers/other/unbind");
	assert_int_equal(add(parent("pci/0000:01:00.0"), &config, &made), -EIO);
	assert_non_null(strstr(message(), "could not be removed again"));
	assert_file("bus/pci/drivers/other/unbind", "");
	assert_file(PF "/sriov_numvfs", "1");
	assert_file(PF "/sriov_drivers_autoprobe", "1");
}

static void a_driver_that_does_not_take_it_leaves_the_other(void **state)
{
	const struct vdev_handle handle = { .bus = "pci", .name = "0000:01:00.1" };
	struct vdev_config config = { .vfs = VDEV_UNKNOWN32, .driver = "vfio-pci" };

	(void)state;
	make_functions("other");
	run("mkdir bus/pci/drivers/other && cd bus/pci/drivers/other && : >bind && : >unbind");
	run("printf '(null)\\n' >devices/vf/driver_override");
	assert_int_equal(vdev_provisioner_set(provisioner, &handle, &config, false), -EIO);
	assert_non_null(strstr(message(), "does not take it"));
	assert_file("bus/pci/drivers/other/unbind", "0000:01:00.1");
	assert_file("bus/pci/drivers/other/bind", "0000:01:00.1");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, sysfs_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(functions_are_enabled_and_bound),
		CASE(a_function_that_no_driver_takes_is_taken_away),
		CASE(what_another_driver_has_taken_stays),
		CASE(a_driver_that_does_not_take_it_leaves_the_other),
	};

	return cmocka_run_group_tests_name("sriov", tests, NULL, NULL);
}
